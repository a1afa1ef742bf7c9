"""Turns: of all copies of the program on one database, one does a piece of work; the others pass.

A turn only saves work. Whatever must not happen twice is looked at again in the transaction that
does it, so that nothing depends on a turn: it may be lost with a connection while its holder works.
"""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from schemas.database import NOTICED, Database

# A holder that hangs loses its turn after a quarter of an hour.
_LIMITS = f"{NOTICED}SET LOCAL idle_in_transaction_session_timeout = '15min'"


@contextmanager
def try_turn(database: Database, name: str) -> Iterator[bool]:
    """Yields whether the turn is ours, without waiting. It ends with the block, and at once when
    the process that holds it is killed.

    On PostgreSQL it is a lock of a transaction that does nothing else, on a connection of its own,
    so that a pooler which shares connections between transactions does not mix it up. On SQLite it
    is a lock on a file beside the database.

    Args:
        name: of the work, such as `publish 12`; letters, digits and spaces.
    """
    postgresql = database.write.dialect.name == "postgresql"
    with (_in_postgresql if postgresql else _beside_sqlite)(database, name) as ours:
        yield ours


@contextmanager
def _in_postgresql(database: Database, name: str) -> Iterator[bool]:
    with database.write.connect() as connection:
        connection.execute(text(_LIMITS))
        ours = connection.scalar(
            text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": key_of(name)}
        )
        try:
            yield bool(ours)
        finally:
            _give_back(connection)


def _give_back(connection: Connection) -> None:
    """A turn that was lost with its connection spoils nothing that was done meanwhile."""
    try:
        connection.rollback()
    except DBAPIError:
        connection.invalidate()


@contextmanager
def _beside_sqlite(database: Database, name: str) -> Iterator[bool]:
    """One file for the first word of the name, so that files do not pile up: with SQLite all
    copies are on one machine, and do such work one after the other."""
    file = database.write.url.database
    if not file or file == ":memory:":
        yield True
        return
    beside = f"{file}.{name.partition(' ')[0]}.turn"
    with closing(sqlite3.connect(beside, timeout=0, isolation_level=None)) as held:
        yield _is_ours(held)


def _is_ours(held: sqlite3.Connection) -> bool:
    """SQLite's own lock of a file, which every system has."""
    try:
        held.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            return False
        raise
    return True


def key_of(name: str) -> int:
    """The number of a turn's lock in PostgreSQL: 64 bits of the name's hash."""
    digest = hashlib.sha256(name.encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)
