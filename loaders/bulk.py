"""Many rows into a table at once, as fast as each database can take them."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any

from sqlalchemy import Connection, Table

# 100 rows a statement took a quarter of the time of one row a statement; more did not help.
_ROWS = 100

Row = Sequence[Any]


def insert_rows(
    connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[Row]
) -> None:
    """Inserts the rows in the connection's transaction: COPY on PostgreSQL, many rows a statement
    on SQLite; each row has a value for each column."""
    cursor: Any = connection.connection.cursor()
    names = ", ".join(columns)
    if connection.dialect.name == "postgresql":
        with cursor.copy(f"COPY {table.name} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    one = f"({', '.join('?' * len(columns))})"
    for batch in _batches(rows):
        values = ", ".join([one] * len(batch))
        cursor.execute(
            f"INSERT INTO {table.name} ({names}) VALUES {values}", [*chain.from_iterable(batch)]
        )


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    waiting = iter(rows)
    while batch := list(islice(waiting, _ROWS)):
        yield batch
