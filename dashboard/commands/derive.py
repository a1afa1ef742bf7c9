"""`derive`: from the SEN2 person-level return to a workbook of counts, on this machine only."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from dashboard.commands.terminal import json_option, print_json, settings_of, steps

if TYPE_CHECKING:
    from loaders.sen2.derived import Derived, Wanted
    from loaders.sen2.schools import Schools
    from schemas.area_settings import AreaSettings

F = TypeVar("F", bound=Callable[..., Any])
_PATH = click.Path(exists=True, path_type=Path)


def _options(command: F) -> F:
    for option in (
        click.argument("returns", metavar="RETURN…", nargs=-1, required=True, type=_PATH),
        click.option("--area", required=True, help="The area's code, such as E06000005."),
        click.option("--term", required=True, help="The term to count, such as “Autumn 2025/26”."),
        click.option("--monthly", is_flag=True, help="20-week timeliness by month, not by term."),
        click.option(
            "--into",
            required=True,
            type=click.Path(dir_okay=False, path_type=Path),
            help="The workbook of counts to write (.xlsx).",
        ),
        click.option("--as-at", "as_at", help="The date of the data, if not the return's own."),
        click.option("--organisation", help="Whose figures these are, if not the council's."),
        click.option("--prepared-by", default="SEND data team", help="A role or a team."),
        click.option("--status", default="provisional", help="provisional, final or revised."),
        click.option("--census", help="The day the return was taken, if it has no header."),
        click.option(
            "--schools", type=_PATH, help="The register of schools (CSV), for placements."
        ),
        click.option(
            "--leave-out", is_flag=True, help="Count without people whose rows are wrong."
        ),
    ):
        command = option(command)
    return command


@click.command()
@_options
@json_option
def derive(
    returns: tuple[Path, ...], area: str, term: str, into: Path, as_json: bool, **given: Any
) -> int:
    """Count the SEN2 person-level return and write only the counts.

    RETURN is the return's XML file, its CSV modules, or a folder or zip of them. Everything is done
    in memory on this machine. Nothing personal is written, printed or sent.

    Ends with 0 when the workbook was written, 1 when rows must be put right first and 2 when the
    return cannot be read.
    """
    settings = settings_of(area)
    _check_target(into, returns)
    given["as_at"] = _day(given["as_at"], "--as-at")
    wanted = _wanted(settings, term, given)
    result, content = _derive(returns, settings, wanted, given)
    if content is not None:
        into.write_bytes(content)
    if as_json:
        print_json(_as_json(result, into))
    else:
        _tell(result, into)
    return 1 if content is None else 0


class ReturnProblem(click.ClickException):
    """A return that cannot be counted, in one sentence."""

    exit_code = 2


def _check_target(into: Path, returns: tuple[Path, ...]) -> None:
    if into.suffix.lower() != ".xlsx":
        raise click.ClickException("--into must name a file that ends in .xlsx.")
    if into.resolve() in {path.resolve() for path in returns}:
        raise click.ClickException("--into names the return itself. Name another file.")
    if not into.parent.is_dir():
        raise click.ClickException("The folder of --into is not there.")


def _wanted(settings: "AreaSettings", term: str, given: dict[str, Any]) -> "Wanted":
    from loaders.sen2.derived import Wanted
    from schemas.area import load_areas
    from schemas.term import parse_term

    found = parse_term(term)
    area = load_areas().get(settings.code)
    if found is None:
        raise click.ClickException(f"“{term}” is not a term. Write it like “Autumn 2025/26”.")
    assert area is not None, "an area that is set up is an English area"
    return Wanted(
        area,
        found,
        monthly=given["monthly"],
        census_on=_day(given["census"], "--census"),
        leave_out=given["leave_out"],
        schools=_schools(given["schools"]),
    )


def _schools(path: Path | None) -> "Schools | None":
    from loaders.sen2.rows import ReturnRefused
    from loaders.sen2.schools import read_schools

    try:
        return read_schools(path) if path else None
    except ReturnRefused as refused:
        raise ReturnProblem(str(refused)) from None


def _day(text: str | None, option: str) -> dt.date | None:
    from loaders.cover import parse_day

    day = parse_day(text)
    if text and day is None:
        raise click.ClickException(f"{option} must be a date, such as 2026-01-15.")
    return day


def _derive(
    returns: tuple[Path, ...], settings: "AreaSettings", wanted: "Wanted", given: dict[str, Any]
) -> "tuple[Derived, bytes | None]":
    """The counts and their workbook; no workbook when rows must be put right first."""
    from loaders.sen2.derived import derive as count
    from loaders.sen2.nothing_personal import NothingPersonal
    from loaders.sen2.rows import ReturnRefused

    try:
        with NothingPersonal(), steps("Counting the return"):
            result = count(returns, wanted)
            if result.rows is None:
                return result, None
            return result, _workbook(settings, wanted, result, given)
    except ReturnRefused as refused:
        raise ReturnProblem(str(refused)) from None


def _workbook(
    settings: "AreaSettings", wanted: "Wanted", result: "Derived", given: dict[str, Any]
) -> bytes:
    from loaders.template import build_template
    from schemas.extracts import load_extracts

    as_at = given["as_at"] or result.written_on
    cover = {
        "Organisation": given["organisation"] or settings.full_name,
        "Prepared by": given["prepared_by"],
        "Data as at": as_at.isoformat(),
        "Status": given["status"],
        "Coverage note": result.coverage,
    }
    rows = result.rows or {}
    return build_template(settings, wanted.term, load_extracts(), values=rows, cover=cover)


def _as_json(result: "Derived", into: Path) -> dict[str, Any]:
    return {
        "written": str(into) if result.rows is not None else None,
        "persons": result.persons,
        "left_out": result.left_out,
        "rules": [
            {
                "sentence": one.sentence,
                "stops": one.stops,
                "module": one.module,
                "column": one.column,
                "rows": list(one.rows),
            }
            for one in result.told
        ],
        "not_available": [str(one) for one in result.not_said],
    }


def _tell(result: "Derived", into: Path) -> None:
    stopping = [one for one in result.told if one.stops]
    looking = [one for one in result.told if not one.stops]
    _list("Put right first:" if result.rows is None else "Left out of the counts:", stopping)
    _list("Look at:", looking)
    _list("Not available, so x stands in the workbook:", result.not_said)
    if result.rows is None:
        click.secho("Nothing was written.", bold=True)
        click.echo(
            "Correct these rows where they come from, or use --leave-out to count without the "
            f"people they are about ({result.left_out:,})."
        )
        return
    click.secho(f"Written: {into}", bold=True)
    click.echo(
        f"Counted {result.persons:,} people; the file holds counts only. Some are small: treat it "
        "as confidential. They are protected before anything is published."
    )
    click.echo(f"Next: send-dashboard check {into}")


def _list(title: str, lines: Any) -> None:
    if lines:
        click.echo(title)
    for line in lines:
        click.echo(f"  {line}")
