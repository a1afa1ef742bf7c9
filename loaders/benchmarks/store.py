"""A file's observations into the database, in one transaction, as a vintage beside the others."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any

import polars as pl
from sqlalchemy import Connection, insert, select

from loaders.benchmarks.observations import KEY, NUMBERS, TEXTS
from schemas.tables import observation, vintage

LICENCE = "Open Government Licence v3.0"

# 100 rows a statement took a quarter of the time of one row a statement; more did not help.
_ROWS = 100
_COLUMNS = [*TEXTS, *NUMBERS, "definition_version"]
_CACHE_KIB = 65_536


def find_vintages(connection: Connection, sha256: str) -> list[tuple[int, str]]:
    """Ids and file kinds of the vintages that this very file already is."""
    query = select(vintage.c.id, vintage.c.file_kind).where(vintage.c.sha256 == sha256)
    return [(row.id, row.file_kind) for row in connection.execute(query.order_by(vintage.c.id))]


def add_vintage(connection: Connection, values: Mapping[str, str | None]) -> int:
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    added = connection.execute(insert(vintage).values(**values, licence=LICENCE, loaded_at=now))
    return int(added.inserted_primary_key[0])


def sort_by_key(parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """All observations in the order of the index they go into, each key once (the first)."""
    table = pl.concat(parts, rechunk=False)
    hashes = table.select(KEY).hash_rows()
    if hashes.n_unique() < len(hashes):
        table = table.filter(hashes.is_first_distinct())
    return table.sort("measure_id", "area_code", "breakdown", "category", "period")


def write(connection: Connection, vintage_id: int, table: pl.DataFrame) -> None:
    if connection.dialect.name == "postgresql":
        _copy(connection, vintage_id, table)
    else:
        _insert(connection, vintage_id, table)


def _copy(connection: Connection, vintage_id: int, table: pl.DataFrame) -> None:
    columns = ", ".join(["vintage_id", *_COLUMNS])
    rows = table.select(pl.lit(vintage_id).alias("vintage_id"), *_COLUMNS)
    cursor: Any = connection.connection.cursor()
    statement = f"COPY {observation.name} ({columns}) FROM STDIN WITH (FORMAT csv)"
    with cursor.copy(statement) as copy:
        for part in rows.iter_slices(50_000):
            copy.write(part.write_csv(include_header=False))


def _insert(connection: Connection, vintage_id: int, table: pl.DataFrame) -> None:
    """On the driver's own cursor: what is the same in all rows of a measure is bound once."""
    cursor = connection.connection.cursor()
    cursor.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    for part in table.partition_by("measure_id", "basis", "breakdown", maintain_order=True):
        same = [column for column in _COLUMNS if _is_constant(part[column])]
        vary = [column for column in _COLUMNS if column not in same]
        fixed = [vintage_id, *(part[column][0] for column in same)]
        for width, values in _batches(part, vary, fixed):
            cursor.executemany(_statement(same, vary, width), values)
    cursor.execute("PRAGMA cache_size = -2000")


def _is_constant(column: pl.Series) -> bool:
    return bool(column.n_unique() == 1)


def _statement(same: list[str], vary: list[str], rows: int) -> str:
    fixed = [f"?{at}" for at in range(1, len(same) + 2)]
    changing = [f"column{at}" for at in range(1, len(vary) + 1)]
    one = f"({', '.join('?' * len(vary))})" if vary else "(NULL)"
    return (
        f"INSERT INTO {observation.name} ({', '.join(['vintage_id', *same, *vary])}) "
        f"SELECT {', '.join([*fixed, *changing])} FROM (VALUES {', '.join([one] * rows)})"
    )


def _batches(
    part: pl.DataFrame, vary: list[str], fixed: list[Any]
) -> Iterator[tuple[int, Iterator[list[Any]]]]:
    """Values for full statements, then those of one shorter statement for the rest."""
    full, rest = divmod(part.height, _ROWS)
    cells = chain.from_iterable(zip(*(_values(part[c]) for c in vary), strict=True))
    yield _ROWS, ([*fixed, *islice(cells, _ROWS * len(vary))] for _ in range(full))
    if rest:
        yield rest, iter([[*fixed, *cells]])


def _values(column: pl.Series) -> Iterator[Any]:
    """The column's Python values; each different text is made once, not once a row."""
    if column.dtype != pl.Categorical:
        return iter(column.to_list())
    texts = column.unique()
    names = dict(zip(texts.to_physical().to_list(), texts.to_list(), strict=True))
    return map(names.__getitem__, column.to_physical().to_list())
