"""The database: SQLite by default, PostgreSQL by address; two engines, one that can only read."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError

BUSY_MS = 5_000
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    f"busy_timeout={BUSY_MS}",
    "foreign_keys=ON",
    "recursive_triggers=ON",
    "trusted_schema=OFF",
    "cache_size=-32768",  # KiB: a big load otherwise spills its index to disk again and again
)
# A PostgreSQL that vanished from the network is noticed in seconds, not in a quarter of an hour.
_PATIENCE = {"connect_timeout": "5", "keepalives_idle": "30", "tcp_user_timeout": "20000"}
# A copy of the program whose machine vanished keeps no lock: PostgreSQL asks after 20 seconds of
# silence and ends its transaction 15 seconds later. What is on the same machine ends at once.
NOTICED = (
    "SET LOCAL tcp_keepalives_idle = 20; SET LOCAL tcp_keepalives_interval = 5; "
    "SET LOCAL tcp_keepalives_count = 3; "
)
# Any number: it only has to be the same for everyone who changes tables or a release.
_WRITER_LOCK = 5_141_978


class DatabaseProblem(Exception):
    """The database cannot be used; the message says what a person can do about it."""


@dataclass(frozen=True)
class Database:
    """Where everything is kept. `writing()` is one transaction; `reading()` can change nothing."""

    write: Engine
    read: Engine

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction, whole or not at all; writers take turns."""
        with self.write.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_WRITER_LOCK}); {NOTICED}"))
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view of the database."""
        with self.read.connect() as connection:
            yield connection

    def close(self) -> None:
        self.write.dispose()
        self.read.dispose()


def database_url(path: Path | None = None) -> URL:
    """`DATABASE_URL`, else the SQLite file given, else `var/send-dashboard.sqlite3`."""
    if path is None and (address := os.environ.get("DATABASE_URL")):
        url = make_url(address.replace("postgres://", "postgresql://", 1))
        return url.set(drivername="postgresql+psycopg") if url.drivername == "postgresql" else url
    file = path or Path(os.environ.get("SEND_VAR") or "var") / "send-dashboard.sqlite3"
    return URL.create("sqlite", database=str(file))


def open_database(url: URL | None = None) -> Database:
    """Engines for the database at `url` (default: `database_url()`), made if it is a SQLite file.

    Raises:
        DatabaseProblem: it cannot be reached or is damaged.
    """
    url = url or database_url()
    if url.get_backend_name() == "sqlite":
        return _open_sqlite(url)
    patience = {name: value for name, value in _PATIENCE.items() if name not in url.query}
    write = create_engine(url, pool_pre_ping=True, connect_args=patience)
    read = create_engine(
        url,
        pool_pre_ping=True,
        isolation_level="REPEATABLE READ",
        execution_options={"postgresql_readonly": True},  # said with its begin, not after it
        connect_args=patience,
    )
    return Database(write, read)


def check_whole(database: Database) -> None:
    """Looks a SQLite file through for damage, as at every start of the server.

    Raises:
        DatabaseProblem: it is damaged.
    """
    if database.read.dialect.name != "sqlite":
        return  # PostgreSQL keeps watch over its own pages
    try:
        with database.reading() as connection:
            found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
    except SQLAlchemyError as error:
        found = str(error.__cause__ or error)
    if found != "ok":
        raise DatabaseProblem(
            f"The database file is damaged ({found}). Stop here and put a backup in its place: "
            f"{database.read.url.database}"
        )


def _open_sqlite(url: URL) -> Database:
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    write = create_engine(url, connect_args={"isolation_level": None})
    read = create_engine(url, connect_args={"isolation_level": None})
    event.listen(write, "connect", _set_pragmas)
    event.listen(write, "begin", _begin_immediate)
    event.listen(read, "connect", _set_read_pragmas)
    event.listen(read, "begin", _begin)
    return Database(write, read)


def _set_pragmas(connection: Any, _record: object) -> None:
    try:
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    except sqlite3.DatabaseError as error:
        raise DatabaseProblem(f"The database file cannot be used: {error}.") from error


def _set_read_pragmas(connection: Any, record: object) -> None:
    _set_pragmas(connection, record)
    connection.execute("PRAGMA query_only=ON")


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
