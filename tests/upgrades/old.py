"""The databases that earlier releases left, as they were left, on SQLite and on PostgreSQL."""

import hashlib
import lzma
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, column, func, insert, inspect, select, table, text
from sqlalchemy.engine import URL

import schemas.migrations
from schemas.database import Database, open_database

FOLDER = Path(__file__).resolve().parent / "releases"
RELEASES = tuple(sorted(one.name.removesuffix(".sqlite3.xz") for one in FOLDER.glob("*.xz")))
AREA = "E06000005"
_MIGRATIONS = Path(schemas.migrations.__file__).parent

# Of each table its columns, and each row as a tuple of them; bytes as their hash.
Rows = Mapping[str, tuple[tuple[str, ...], list[tuple[Any, ...]]]]


class Old(NamedTuple):
    """A release's database before anything was done to it."""

    number: str
    file: Path  # the SQLite file as that release's program left it
    rows: Rows
    revision: str


def unpack(number: str, folder: Path) -> Old:
    file = folder / f"{number}.sqlite3"
    file.write_bytes(lzma.decompress((FOLDER / f"{number}.sqlite3.xz").read_bytes()))
    with closing(sqlite3.connect(file)) as connection:
        names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        rows = {name: _old_rows(connection, name) for (name,) in connection.execute(names)}
    _, [(revision,)] = rows.pop("alembic_version")
    return Old(number, file, rows, revision)


def put_into_postgresql(old: Old, url: URL) -> None:
    """The tables as this program's migrations made them up to that release, with its rows."""
    database = open_database(url)
    upgrade_to(database, old.revision)
    with closing(sqlite3.connect(old.file)) as source, database.writing() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))  # no guards
        for name, (columns, _) in old.rows.items():
            found = source.execute(f"SELECT {', '.join(columns)} FROM {name}").fetchall()
            if found:
                made = insert(table(name, *map(column, columns)))
                connection.execute(made, [dict(zip(columns, row, strict=True)) for row in found])
                _count_on(connection, name, columns)
    database.close()


def newest() -> str:
    """The last revision this program knows, whatever it is called."""
    head = ScriptDirectory(str(_MIGRATIONS)).get_current_head()
    assert head is not None
    return head


def upgrade_to(database: Database, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.set_main_option("path_separator", "os")
    with database.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def read_rows(database: Database, rows: Rows) -> Rows:
    """What stands now in the tables and columns of `rows`."""
    with database.reading() as connection:
        there = set(inspect(connection).get_table_names())
        assert rows.keys() <= there, rows.keys() - there
        return {
            name: (columns, _now(connection, name, columns)) for name, (columns, _) in rows.items()
        }


def revision_of(database: Database) -> str:
    """Fails when the tables say more than one revision, or none."""
    with database.reading() as connection:
        [revision] = connection.scalars(text("SELECT version_num FROM alembic_version"))
    return str(revision)


def print_of(rows: Rows) -> dict[str, str]:
    """The SHA-256 of each table's rows, to tell with one look where two databases differ."""
    return {name: hashlib.sha256(repr(every).encode()).hexdigest() for name, every in rows.items()}


def _old_rows(
    connection: sqlite3.Connection, name: str
) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    cursor = connection.execute(f'SELECT * FROM "{name}"')
    columns = tuple(one[0] for one in cursor.description)
    return columns, _sorted(cursor.fetchall())


def _now(connection: Connection, name: str, columns: tuple[str, ...]) -> list[tuple[Any, ...]]:
    listed: list[Any] = [column(one) for one in columns]
    query = select(*listed).select_from(table(name))
    return _sorted([tuple(row) for row in connection.execute(query)])


def _sorted(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    plain = [tuple(_plain(value) for value in row) for row in rows]
    return sorted(plain, key=repr)


def _plain(value: Any) -> Any:
    return hashlib.sha256(value).hexdigest() if isinstance(value, bytes) else value


def _count_on(connection: Connection, name: str, columns: tuple[str, ...]) -> None:
    if "id" in columns:
        last = select(func.max(column("id"))).select_from(table(name)).scalar_subquery()
        sequence = func.pg_get_serial_sequence(name, "id")
        connection.execute(select(func.setval(sequence, last)))
