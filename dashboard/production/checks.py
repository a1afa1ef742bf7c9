"""Before a production server starts: whether its database is there, whole, and of this program."""

import os
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import inspect
from sqlalchemy.exc import DBAPIError

import schemas.people_tables
import schemas.plan_tables
import schemas.public_tables
import schemas.round_tables  # noqa: F401 - every table has to be known
from dashboard.access.demo_people import refuse_demo_people
from dashboard.hosting import HostingProblem
from dashboard.production.settings import Production, read_production, use_settings_file
from schemas.database import Database, DatabaseProblem, check_whole, database_url, open_database
from schemas.migrations import INIT, why_unfit
from schemas.migrations.fit import read_tables
from schemas.tables import metadata


def read_checked(file: Path | None) -> Production:
    """The settings, when they and the database they name are fit to be served. The database is
    looked at as well when settings are wrong, and nothing in it is changed.

    The environment is told which database it is, for whatever opens it later.

    Raises:
        HostingProblem: names every fault, and the command that mends it.
    """
    faults: list[str] = []
    settings = None
    use_settings_file(os.environ, file)
    try:
        settings = read_production(file)
    except HostingProblem as problem:
        faults.append(str(problem))
    if "DATABASE_URL" not in "".join(faults):
        faults += _database_faults()
    if faults or settings is None:
        raise HostingProblem("\n".join(faults))
    return settings


def _database_faults() -> Iterator[str]:
    url = database_url()
    if url.get_backend_name() == "sqlite" and not Path(str(url.database)).is_file():
        yield f"There is no database at {url.database} yet. {INIT}"
        return
    database = open_database(url)
    try:
        yield from find_faults(database)
    finally:
        database.close()


def find_faults(database: Database) -> Iterator[str]:
    """What keeps this database from being served, the worst first; it is only read."""
    try:
        check_whole(database)
        fault = _why_other_tables(database)
    except DatabaseProblem as problem:
        yield str(problem)
        return
    except DBAPIError as error:
        where = database.read.url.render_as_string(hide_password=True)
        yield f"The database at {where} cannot be used: {_first_line(error)}"
        return
    if fault:
        yield fault
    try:
        refuse_demo_people(database)
    except HostingProblem as problem:
        yield str(problem)


def get_revision(database: Database) -> str:
    """The state of the tables there are; "" when nobody has made any."""
    with database.reading() as connection:
        return read_tables(connection).revision


def _why_other_tables(database: Database) -> str:
    """Several servers may share a database, so none of them changes its tables unasked; one of an
    earlier program may be started while a newer one has only added to them."""
    with database.reading() as connection:
        if unfit := why_unfit(read_tables(connection)):
            return unfit
        missing = sorted(set(metadata.tables) - set(inspect(connection).get_table_names()))
    names = ", ".join(missing)
    return f"The database is damaged: it has no table {names}. Restore a backup." if names else ""


def _first_line(error: DBAPIError) -> str:
    return str(error.orig).strip().splitlines()[0]
