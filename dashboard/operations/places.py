"""Where a database is, as a person writes it, and whether anything is there already."""

import hashlib
from pathlib import Path

from sqlalchemy import Connection, func, inspect, make_url, select, table
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError

from dashboard.operations.fingerprint import find_tables
from dashboard.operations.kept_backups import BackupProblem
from schemas.database import DatabaseProblem

_FILE = "send-dashboard.sqlite3"


def read_place(written: str) -> URL:
    """A PostgreSQL or SQLite address, or a folder as SEND_VAR names one."""
    if "://" not in written:
        return URL.create("sqlite", database=str(Path(written) / _FILE))
    try:
        url = make_url(written.replace("postgres://", "postgresql://", 1))
    except ArgumentError as error:
        raise BackupProblem("The address of the database cannot be read.") from error
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise BackupProblem("A database is SQLite or PostgreSQL.")
    return url.set(drivername="postgresql+psycopg") if url.drivername == "postgresql" else url


def file_of(url: URL) -> Path:
    """The file of a SQLite database."""
    if not url.database or url.database == ":memory:":
        raise BackupProblem("The database is not in a file.")
    return Path(url.database)


def refuse_missing(url: URL) -> None:
    """Raises DatabaseProblem where opening would make a new, empty file."""
    if url.get_backend_name() == "sqlite" and not file_of(url).is_file():
        raise DatabaseProblem(f"There is no database at {file_of(url)}.")


def show_place(url: URL) -> str:
    return url.render_as_string(hide_password=True)


def name_source(url: URL) -> str:
    """Tells one database from another without saying where it is or who reads it."""
    if url.get_backend_name() == "sqlite":
        where = str(file_of(url).resolve())
    else:
        where = f"{url.host} {url.port} {url.database} {sorted(url.query.items())}"
    return hashlib.sha256(where.encode()).hexdigest()[:16]


def refuse_data(connection: Connection, url: URL, *, tables: bool = False) -> None:
    """Raises BackupProblem when any table there holds a row, or (`tables`) when there is one."""
    for name in find_tables(inspect(connection)):
        rows = connection.scalar(select(func.count()).select_from(table(name)))
        if rows or tables:
            raise BackupProblem(
                f"{show_place(url)} is not empty: it has a table {name} of {rows} rows. Name a "
                "new, empty place."
            )
