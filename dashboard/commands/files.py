"""`template`, `check` and `load`: the analyst's round."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from dashboard.commands.terminal import (
    Steps,
    area_option,
    json_option,
    opened,
    print_json,
    settings_of,
    steps,
)
from loaders.problems import ExtractRejected
from loaders.workbook import PendingRead, start_reading

if TYPE_CHECKING:
    from loaders.report import Report, Sender

F = TypeVar("F", bound=Callable[..., Any])
_files = click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)


def _cover_options(command: F) -> F:
    """What a CSV cannot say of itself."""
    for option in (
        click.option("--status", help="For a CSV: provisional, final or revised."),
        click.option("--as-at", "as_at", help="For a CSV: the date of the data, 2026-01-12."),
        click.option("--organisation", help="For a CSV: whose figures these are."),
        click.option("--term", help="The term the file is for, such as “Autumn 2025/26”."),
        area_option,
    ):
        command = option(command)
    return command


@click.command()
@_files
@_cover_options
@json_option
def check(files: Sequence[Path], as_json: bool, **cover: str | None) -> int:
    """Check files and store nothing.

    Ends with 0 when all can be stored, 1 when cells are wrong, 2 when a file cannot be read and
    3 when it looks as if it holds personal data.
    """
    arrived = _arrive(files)
    from loaders.load import check_file

    sender = _sender(cover)

    def work(file: Arrived, progress: Steps) -> "Report":
        reading = file.reading
        return check_file(file.content, file.name, sender, progress=progress, reading=reading)

    return _run(arrived, as_json, work)


@click.command()
@_files
@_cover_options
@json_option
def load(files: Sequence[Path], as_json: bool, **cover: str | None) -> int:
    """Check files and store each one that is right, whole, as a draft.

    Ends as `check` does. A file with anything wrong leaves everything as it was.
    """
    arrived = _arrive(files)
    from loaders.load import load_file

    sender = _sender(cover)
    with opened() as database:

        def work(file: Arrived, progress: Steps) -> "Report":
            content, name, reading = file
            return load_file(database, content, name, sender, progress=progress, reading=reading)

        return _run(arrived, as_json, work)


@click.command()
@area_option
@click.option("--term", required=True, help="The term to fill in, such as “Autumn 2026/27”.")
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="The file to write."
)
def template(area: str | None, term: str, output: Path | None) -> int:
    """Write the workbook an analyst fills in, for one area and term."""
    from dashboard.last_values import last_values
    from loaders.template import build_template
    from schemas.extracts import load_extracts
    from schemas.term import parse_term

    settings = settings_of(area)
    wanted = parse_term(term)
    if wanted is None:
        raise click.ClickException(f"“{term}” is not a term. Write it like “Autumn 2026/27”.")
    with opened() as database, steps("Writing the template"):
        values = last_values(database, settings, wanted)
        content = build_template(settings, wanted, load_extracts(), last_values=values)
    path = output or Path(
        f"{settings.name.lower().replace(' ', '-')}-{wanted.label}.xlsx".replace(" ", "-")
    )
    path.write_bytes(content)
    click.echo(f"Written: {path}")
    return 0


def _sender(cover: dict[str, str | None]) -> "Sender":
    from loaders.report import Sender

    names = {"area": "area_code", "as_at": "as_at_on"}
    given = {names.get(name, name): value for name, value in cover.items() if value is not None}
    return Sender(given=given)


class Arrived(NamedTuple):
    """A file and, unless the gate stops it, its reading, which goes on while others work."""

    content: bytes
    name: str
    reading: PendingRead | None


def _arrive(files: Sequence[Path]) -> Iterator[Arrived]:
    """The files in turn, each being read before it is asked for: the first one from now on."""
    waiting = deque(_begin(path) for path in files[:1])
    return _one_ahead(waiting, files[1:])


def _one_ahead(waiting: deque[Arrived], files: Sequence[Path]) -> Iterator[Arrived]:
    for path in files:
        waiting.append(_begin(path))
        yield waiting.popleft()
    yield from waiting


def _begin(path: Path) -> Arrived:
    content = path.read_bytes()
    try:
        return Arrived(content, path.name, start_reading(content, path.name))
    except ExtractRejected:
        return Arrived(content, path.name, None)  # checked again, and told, when its turn comes


def _run(
    files: Iterable[Arrived], as_json: bool, work: "Callable[[Arrived, Steps], Report]"
) -> int:
    reports = []
    for file in files:
        with steps(file.name) as progress:
            reports.append(work(file, progress))
    worst = max((report.outcome for report in reports), key=lambda outcome: outcome.severity)
    if as_json:
        print_json(_as_json(reports, worst.value))
    else:
        for report in reports:
            _tell(report)
    return worst.exit_code


def _as_json(reports: "Sequence[Report]", worst: str) -> dict[str, Any]:
    """One object whatever the number of files: the sums on top, each file below."""
    each = [report.as_dict() for report in reports]
    if len(each) == 1:
        return each[0]
    return {
        "outcome": worst,
        "problems": _gathered(each, "problems"),
        "warnings": _gathered(each, "warnings"),
        "observations": sum(one["observations"] for one in each),
        "files": each,
    }


def _gathered(each: Iterable[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    return [{"file": one["file"]} | item for one in each for item in one[key]]


def _tell(report: "Report") -> None:
    click.secho(f"{report.name}: {report.message}", bold=True)
    sheet = None
    for problem in report.problems:
        if problem.sheet != sheet:
            sheet = problem.sheet
            click.echo(f"  {sheet}")
        click.echo(f"    {problem.cell or '(sheet)':>8}  {problem.message}")
    for caution in report.cautions:
        place = "!".join(part for part in (caution.sheet, caution.cell) if part)
        click.echo(
            f"  Look at {place}: {caution.message}" if place else f"  Note: {caution.message}"
        )
    if report.loaded:
        click.echo(f"  Stored: {report.new:,} new figures, {report.changed:,} changed.")
