"""A SQLite database as one file: copied while others write to it, and read without changing it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, create_engine


def copy_online(source: Path, target: Path) -> None:
    """Copies in one step, from one moment; writers go on meanwhile. `target` is one closed file."""
    target.touch(mode=0o600, exist_ok=False)
    # mode=rw: to read a database that others have open SQLite writes to the file beside it.
    address = f"{source.resolve().as_uri()}?mode=rw"
    with (
        closing(sqlite3.connect(address, uri=True, timeout=30)) as here,
        closing(sqlite3.connect(target)) as there,
    ):
        there.execute("PRAGMA synchronous=FULL")
        here.backup(there)
        there.execute("PRAGMA journal_mode=DELETE")


@contextmanager
def reading_file(path: Path) -> Iterator[Connection]:
    """A copy that nobody else has open; nothing is written to it or beside it."""
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(address, uri=True))
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()
