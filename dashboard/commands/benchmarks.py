"""`benchmarks load`, `refresh` and `list`: the published figures."""

import datetime as dt
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.progress import Progress

from dashboard.commands.terminal import json_option, opened, print_json, settings_of, steps
from schemas.area_settings import load_area_settings

if TYPE_CHECKING:
    from loaders.benchmarks import BenchmarkLoad
    from schemas.database import Database

Advance = Callable[[int, int], None]
_date = click.DateTime(["%Y-%m-%d"])


@click.group()
def benchmarks() -> None:
    """Published figures to set an area beside."""


@benchmarks.command("load")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--release", help="The release, when the file does not say: “reporting year 2026”.")
@click.option("--released-on", type=_date, help="The day it was published: 2026-06-25.")
@click.option("--as-at", "as_at_on", type=_date, help="The day the copy was taken, if another.")
@json_option
def load(
    files: Sequence[Path],
    release: str | None,
    released_on: dt.datetime | None,
    as_at_on: dt.datetime | None,
    as_json: bool,
) -> int:
    """Load publishers' FILES, told by their headings. A re-issued file is a new vintage."""
    from loaders.benchmarks import BenchmarkRefused, load_benchmark_file
    from schemas.measure import load_measures

    done: list[dict[str, Any]] = []
    with opened() as database:
        for path in files:
            try:
                with _bar(path.name) as progress:
                    report = load_benchmark_file(
                        database,
                        path,
                        load_measures(),
                        release=release,
                        released_on=released_on.date() if released_on else None,
                        as_at_on=as_at_on.date() if as_at_on else None,
                        progress=progress,
                    )
            except BenchmarkRefused as refusal:
                done.append({"file": path.name, "outcome": "refused", "message": str(refusal)})
            else:
                outcome = {"file": path.name, "outcome": "accepted", "message": _told(report)}
                done.append(outcome | asdict(report))
    _print(done, as_json)
    return 2 if any(one["outcome"] == "refused" for one in done) else 0


@benchmarks.command("refresh")
@click.option("--area", "areas", multiple=True, help="An area's code; without one, those set up.")
@click.option("--data-set", "data_sets", multiple=True, help="Only this data set, by its API id.")
@json_option
def refresh(areas: Sequence[str], data_sets: Sequence[str], as_json: bool) -> int:
    """Fetch the newest figures from the DfE's public API (Explore Education Statistics).

    England, the areas asked for, their regions and their statistical neighbours. Behind a proxy,
    set HTTPS_PROXY.
    """
    from loaders.benchmarks.ees_http import CannotReach
    from loaders.benchmarks.ees_refresh import refresh as fetch
    from schemas.measure import load_measures

    done: list[dict[str, Any]] = []
    with opened() as database, steps("Asking the public API") as progress:
        try:
            for one in fetch(
                database, load_measures(), _with_neighbours(database, areas), data_sets
            ):
                progress(one.title or one.data_set_id)
                about = {"file": one.title or one.data_set_id, "outcome": "accepted"}
                if one.load is None:
                    done.append(about | {"outcome": "not used", "message": one.reason})
                else:
                    done.append(about | {"message": _told(one.load)} | asdict(one.load))
        except CannotReach as error:
            raise click.ClickException(str(error)) from error
    _print(done, as_json)
    return 0


@benchmarks.command("list")
@json_option
def list_vintages(as_json: bool) -> int:
    """List every published file that was loaded: publisher, release, as-at date, hash."""
    from dashboard.queries.records import get_vintages

    with opened() as database, database.reading() as connection:
        found = get_vintages(connection)
    if as_json:
        print_json(found)
        return 0
    for one in found:
        click.echo(
            f"{one['file_kind']:24} {one['publisher']}, {one['publication']}, {one['release']}, "
            f"as at {one['as_at_on']}: {one['observations']:,} observations ({one['file_name']})"
        )
    if not found:
        click.echo("No published figures are loaded yet. Try: send-dashboard init")
    return 0


def _with_neighbours(database: "Database", areas: Sequence[str]) -> list[str]:
    """The areas asked for, or all that are set up, and those each is compared with."""
    from dashboard.queries.records import get_neighbours

    settings = [settings_of(code) for code in areas] or list(load_area_settings().values())
    with database.reading() as connection:
        found = {
            code: None
            for one in settings
            for code in (one.code, *get_neighbours(connection, one.neighbour_model, one.code))
        }
    return list(found)


@contextmanager
def _bar(name: str) -> Iterator[Advance | None]:
    """How much of a long file has been read, on a terminal only."""
    if not sys.stderr.isatty():
        yield None
        return
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(name, total=None)
        yield lambda read, of: progress.update(task, completed=read, total=of)


def _told(report: "BenchmarkLoad") -> str:
    if report.already_loaded:
        return "This very file was loaded before. Nothing has changed."
    return f"{report.rows_read:,} rows read, {report.observations:,} observations stored."


def _print(done: Sequence[dict[str, Any]], as_json: bool) -> None:
    if as_json:
        print_json(list(done))
        return
    for one in done:
        click.secho(f"{one['file']}: {one['message']}", bold=True)
        for reason, rows in one.get("skipped", {}).items():
            click.echo(f"  Left out: {rows:,} rows: {reason}")
        if unmatched := one.get("unmatched_areas"):
            click.echo(f"  No area is known for: {', '.join(unmatched)}")
        for note in one.get("notes", ()):
            click.echo(f"  Note: {note}")
