"""What the commands share: progress for people, JSON for scripts, and the area they are about."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    from schemas.area_settings import AreaSettings
    from schemas.database import Database

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for a script.")
area_option = click.option("--area", help="The area's code, such as E06000005.")


class Steps:
    """Says what is being done now; silent where nobody is watching."""

    def __init__(self, progress: Progress | None, about: str) -> None:
        self._progress = progress
        self._about = about
        self._task = progress.add_task(about, total=None) if progress else None

    def __call__(self, step: str) -> None:
        if self._progress and self._task is not None:
            self._progress.update(self._task, description=f"{self._about}: {step.lower()}")


@contextmanager
def steps(about: str) -> Iterator[Steps]:
    """A line that moves while something takes its time, on a terminal only."""
    if not sys.stderr.isatty():
        yield Steps(None, about)
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield Steps(progress, about)


def print_json(value: Any) -> None:
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))


@contextmanager
def opened(*, upgrading: bool = False) -> Iterator["Database"]:
    """The database with its tables; an empty one gets them. Those that are there are brought
    forward by the few commands that are for that, and by no other.

    Raises:
        DatabaseProblem: it cannot be used as it is; the message says what to do.
    """
    from schemas.database import open_database
    from schemas.migrations import prepare, upgrade

    database = open_database()
    try:
        with _reached(database):
            (upgrade if upgrading else prepare)(database)
        yield database
    finally:
        database.close()


@contextmanager
def _reached(database: "Database") -> Iterator[None]:
    """Says in a sentence why the database cannot be used; its address without the password."""
    from sqlalchemy.exc import ArgumentError, DBAPIError

    from schemas.database import DatabaseProblem

    try:
        yield
    except (DBAPIError, ArgumentError) as error:
        where = database.write.url.render_as_string(hide_password=True)
        why = str(error.orig if isinstance(error, DBAPIError) else error).strip().splitlines()[0]
        raise DatabaseProblem(f"The database at {where} cannot be used: {why}") from error


def settings_of(code: str | None) -> "AreaSettings":
    """The settings of the area asked for; without a code, of the first that is set up."""
    from schemas.area_settings import load_area_settings

    every = load_area_settings()
    if code is None:
        return next(iter(every.values()))
    if code.upper() not in every:
        known = ", ".join(f"{one.code} ({one.name})" for one in every.values())
        raise click.ClickException(f"No area {code} is set up here. There is {known}.")
    return every[code.upper()]
