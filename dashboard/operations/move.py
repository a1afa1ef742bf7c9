"""Moving everything from one database to another kind, with nothing lost and nothing changed."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    column,
    func,
    insert,
    inspect,
    select,
    table,
    text,
)
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from dashboard.operations.damage import find_damage
from dashboard.operations.fingerprint import (
    Contents,
    find_differences,
    find_tables,
    read_revision,
    take_fingerprint,
)
from dashboard.operations.kept_backups import BackupProblem
from dashboard.operations.places import name_source, refuse_data, refuse_missing, show_place
from schemas.database import Database, open_database
from schemas.migrations import upgrade
from schemas.migrations.fit import newest_revision

_MANY = 500


class Moved(NamedTuple):
    """What both databases hold now; the two are equal, or nothing was moved."""

    source: Contents
    target: Contents


def move(source_url: URL, target_url: URL) -> Moved:
    """Copies every table, in one transaction, into a database that holds nothing.

    Nobody can write to the source meanwhile. The guards of the target are off inside that
    transaction only: when anything fails, it ends with the guards on and the tables empty.

    Raises:
        BackupProblem: nothing was moved; it says why.
        DatabaseProblem: there is no database to move.
    """
    if name_source(source_url) == name_source(target_url):
        raise BackupProblem("The database to move to is the one to move from.")
    refuse_missing(source_url)
    source, target = open_database(source_url), open_database(target_url)
    try:
        with source.writing(), source.reading() as reading:
            _refuse_source(reading, source_url)
            _make_tables(target, target_url)
            wanted = take_fingerprint(reading)
            with target.writing() as writing, _unguarded(writing):
                _copy_all(reading, writing)
                found = _compared(writing, wanted)
                _count_rows(writing)
        return Moved(wanted, found)
    finally:
        source.close()
        target.close()


def _refuse_source(connection: Connection, url: URL) -> None:
    if read_revision(connection, inspect(connection)) != newest_revision():
        raise BackupProblem(
            f"{show_place(url)} does not have this program's tables. Bring it forward first: "
            "send-dashboard migrate"
        )
    damage = find_damage(connection)
    if damage:
        raise BackupProblem("\n".join(("The database is damaged, so it was not moved.", *damage)))


def _make_tables(target: Database, url: URL) -> None:
    """A place that holds no row, or that has no tables yet."""
    with target.reading() as connection:
        refuse_data(connection, url)
    upgrade(target)


@contextmanager
def _unguarded(connection: Connection) -> Iterator[None]:
    """Takes the guards off in the caller's transaction, and puts the same ones on again in it."""
    if connection.dialect.name == "postgresql":
        names = find_tables(inspect(connection))
        for name in names:
            connection.execute(text(f'ALTER TABLE "{name}" DISABLE TRIGGER USER'))
        yield
        for name in names:
            connection.execute(text(f'ALTER TABLE "{name}" ENABLE TRIGGER USER'))
        return
    query = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    triggers = connection.execute(query).all()
    for name, _ in triggers:
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    yield
    for _, made in triggers:
        connection.exec_driver_sql(made)


def _copy_all(reading: Connection, writing: Connection) -> None:
    if writing.dialect.name == "sqlite":
        # Rows may refer to later rows of their own table; at the end all have to be there.
        writing.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    looked = inspect(writing)
    for name in find_tables(looked):
        columns = [one["name"] for one in looked.get_columns(name)]
        query = _all_of(name, columns)
        rows = reading.execute(query.execution_options(yield_per=_MANY))
        try:
            if writing.dialect.name == "postgresql":
                _into_postgresql(writing, name, columns, rows)
            else:
                _into_sqlite(writing, name, columns, rows)
        except (DBAPIError, writing.dialect.loaded_dbapi.Error) as error:  # COPY's come bare
            why = str(error.orig if isinstance(error, DBAPIError) else error).splitlines()[0]
            raise BackupProblem(
                f"The table {name} cannot be moved, so nothing was: {why}"
            ) from error


def _all_of(name: str, columns: Sequence[str]) -> Select[*tuple[Any, ...]]:
    listed: list[ColumnElement[Any]] = [column(one) for one in columns]
    return select(*listed).select_from(table(name))


def _into_sqlite(connection: Connection, name: str, columns: Sequence[str], rows: Any) -> None:
    statement = insert(table(name, *(column(one) for one in columns)))
    for some in rows.mappings().partitions(_MANY):
        connection.execute(statement, [dict(row) for row in some])


def _into_postgresql(connection: Connection, name: str, columns: Sequence[str], rows: Any) -> None:
    """One COPY a table: what refers to later rows of it is looked at when all are there."""
    listed = ", ".join(f'"{one}"' for one in columns)
    driver: Any = connection.connection.cursor()
    with driver as cursor, cursor.copy(f'COPY "{name}" ({listed}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row(row)
    if "id" in columns:
        _go_on_counting(connection, name)


def _go_on_counting(connection: Connection, name: str) -> None:
    """The next row gets the number after the last one, as it would have where it came from."""
    last = connection.scalar(select(func.max(column("id"))).select_from(table(name)))
    sequence = connection.scalar(select(func.pg_get_serial_sequence(f'"{name}"', "id")))
    if last is not None and sequence is not None:
        connection.execute(select(func.setval(sequence, last)))


def _count_rows(connection: Connection) -> None:
    """So that PostgreSQL knows at once which way to a figure is short."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("ANALYZE"))


def _compared(connection: Connection, wanted: Contents) -> Contents:
    found = take_fingerprint(connection)
    faults = find_differences(wanted, found)
    if faults:
        raise BackupProblem(
            "\n".join(("The copy would not be equal, so nothing was moved.", *faults))
        )
    return found
