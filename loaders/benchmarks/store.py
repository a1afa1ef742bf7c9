"""A file's observations into the database, in one transaction, as a vintage beside the others."""

import datetime as dt
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain, islice
from typing import Any

import polars as pl
from sqlalchemy import Connection, insert, select

from loaders.benchmarks.observations import NUMBERS, TEXTS, Group
from schemas.tables import observation, vintage

LICENCE = "Open Government Licence v3.0"

# 100 rows a statement took a quarter of the time of one row a statement; more did not help.
_ROWS = 100
_AHEAD = 2

Groups = Mapping[Group, Sequence[pl.DataFrame]]
Tables = Iterable[tuple[Group, pl.DataFrame]]


def find_vintages(connection: Connection, sha256: str) -> list[tuple[int, str]]:
    """Ids and file kinds of the vintages that this very file already is."""
    query = select(vintage.c.id, vintage.c.file_kind).where(vintage.c.sha256 == sha256)
    return [(row.id, row.file_kind) for row in connection.execute(query.order_by(vintage.c.id))]


def find_measures(connection: Connection, vintage_ids: Sequence[int]) -> set[str]:
    """The measures that have observations of these vintages."""
    query = select(observation.c.measure_id).where(observation.c.vintage_id.in_(vintage_ids))
    return set(connection.scalars(query.distinct()))


def add_vintage(connection: Connection, values: Mapping[str, str | None]) -> int:
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    statement = insert(vintage).values(**values, licence=LICENCE, loaded_at=now)
    return int(connection.execute(statement.returning(vintage.c.id)).scalar_one())


def write(connection: Connection, vintage_id: int, groups: Groups) -> int:
    """Every group of observations, in the order of the index they go into; how many there were."""
    tables = _in_order_ahead(groups)
    if connection.dialect.name == "postgresql":
        return _copy(connection, vintage_id, tables)
    return _insert(connection, vintage_id, tables)


def _in_order_ahead(groups: Groups) -> Tables:
    """The groups, the next ones put in order while the database writes this one."""
    waiting: deque[tuple[Group, Future[pl.DataFrame]]] = deque()
    with ThreadPoolExecutor(1) as pool:
        for group, parts in sorted(groups.items()):
            waiting.append((group, pool.submit(_in_order, parts)))
            if len(waiting) > _AHEAD:
                first, table = waiting.popleft()
                yield first, table.result()
        yield from ((group, table.result()) for group, table in waiting)


def _in_order(parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """A group's rows by area; a key that comes twice is kept once, the first."""
    table = pl.concat(parts)
    once = table.select("area_code", "period", "category").hash_rows().is_first_distinct()
    kept = table if once.all() else table.filter(once)
    return kept.sort("area_code", maintain_order=True)


def _copy(connection: Connection, vintage_id: int, tables: Tables) -> int:
    written = 0
    names = ", ".join(["vintage_id", *Group._fields, *TEXTS, *NUMBERS])
    statement = f"COPY {observation.name} ({names}) FROM STDIN WITH (FORMAT csv)"
    cursor: Any = connection.connection.cursor()
    with cursor.copy(statement) as copy:
        for group, table in tables:
            fixed = [pl.lit(vintage_id).alias("vintage_id")]
            fixed += [pl.lit(value).alias(name) for name, value in group._asdict().items()]
            copy.write(table.select(*fixed, *TEXTS, *NUMBERS).write_csv(include_header=False))
            written += table.height
    return written


def _insert(connection: Connection, vintage_id: int, tables: Tables) -> int:
    """On the driver's own cursor: what is the same in all rows of a group is bound once."""
    cursor: Any = connection.connection.cursor()
    written = 0
    for group, table in tables:
        written += table.height
        same = [column for column in (*TEXTS, *NUMBERS) if _is_constant(table[column])]
        vary = [column for column in (*TEXTS, *NUMBERS) if column not in same]
        fixed = [vintage_id, *group, *(table[column][0] for column in same)]
        for width, values in _batches(table, vary, fixed):
            cursor.executemany(_statement([*Group._fields, *same], vary, width), values)
    return written


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
