"""Alembic migrations, run by `upgrade`; they travel with the program and need no other file."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from schemas.database import Database, DatabaseProblem
from schemas.migrations.fit import Fit, Tables, newest_revision, read_tables

INIT = "Make it: send-dashboard init"
# Whoever reads for long, such as a backup, holds up a change of tables, and that everybody else.
_PATIENCE = 10.0  # seconds
_IN_USE = "55P03"  # as PostgreSQL calls it when a lock was not had in time


def upgrade(database: Database, patience: float = _PATIENCE) -> None:
    """Brings the database to this program's tables; does nothing when it is there already, or when
    a newer program brought it further and this one may serve it. Of several programs that do this
    at once one does it, and the others wait.

    Args:
        patience: seconds for which those who read in PostgreSQL are waited for.

    Raises:
        DatabaseProblem: a newer program took away what this one needs, or somebody reads for long;
            nothing was changed.
    """
    try:
        with database.writing() as connection:
            tables = read_tables(connection)
            if tables.fit is Fit.beyond:
                raise DatabaseProblem(why_unfit(tables))
            if tables.fit in (Fit.none, Fit.behind):
                _run(connection, patience)
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", "") != _IN_USE:
            raise
        raise DatabaseProblem(
            "Somebody is reading the tables, a backup perhaps, so they cannot be changed now. "
            "Nothing was changed. Try again when it is done."
        ) from error


def prepare(database: Database) -> None:
    """Makes the tables of an empty database. Tables that are there are changed only when somebody
    says so, by `upgrade`: other copies may be serving them.

    Raises:
        DatabaseProblem: they are not fit to be used by this program.
    """
    with database.reading() as connection:
        tables = read_tables(connection)
    if tables.fit is Fit.none:
        upgrade(database)
    elif why := why_unfit(tables):
        raise DatabaseProblem(why)


def why_unfit(tables: Tables) -> str:
    """Why this program may not serve tables like these, and what to do; "" when it may."""
    there, needed = tables.revision, newest_revision()
    said = {
        Fit.none: f"The database has no tables yet. {INIT}",
        Fit.behind: f"The database is of an earlier program ({there}); this one needs {needed}. "
        "Make a backup, then: send-dashboard migrate",
        Fit.beyond: f"The database was changed by a newer program ({there}) and lacks what this "
        f"one needs, which knows {needed}. Install that program, or restore the backup made "
        "before it.",
    }
    return said.get(tables.fit, "")


def _run(connection: Connection, patience: float) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SET LOCAL lock_timeout = {int(patience * 1000)}"))
    command.upgrade(config, "head")
