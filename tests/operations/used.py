"""Databases for tests of keeping them safe, and what is asked of them."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.engine import URL

from dashboard.operations.fingerprint import Contents, take_fingerprint
from schemas.database import Database, open_database
from schemas.migrations import upgrade
from schemas.public_tables import public_file
from tests.staff.people import demo_people
from tests.staff.signed import to_published
from tests.staff.small import load_small, small_settings


class Place(NamedTuple):
    """A folder as SEND_VAR names one."""

    folder: Path

    @property
    def file(self) -> Path:
        return self.folder / "send-dashboard.sqlite3"

    @property
    def url(self) -> URL:
        return URL.create("sqlite", database=str(self.file))


def publish_small(url: URL) -> None:
    """A few figures in a new database, through sign-off by four people, to everyone."""
    database = open_database(url)
    upgrade(database)
    people = demo_people(database)
    version = load_small(database, 0, people["council-analyst"])
    to_published(database, people, version, small_settings(for_everyone=True))
    with database.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(public_file))
    database.close()


def contents_of(database: Database) -> Contents:
    with database.reading() as connection:
        return take_fingerprint(connection)


def flip(file: Path, place: int) -> None:
    """Changes one bit of one byte, as a failing disk does."""
    with file.open("r+b") as stream:
        stream.seek(place)
        byte = stream.read(1)[0]
        stream.seek(place)
        stream.write(bytes([byte ^ 1]))


def settle(file: Path) -> None:
    """Everything of a SQLite database in its one file."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir() if not one.name.endswith(".lock"))
