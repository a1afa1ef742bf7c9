"""Frames and measures → observations: which rows, which columns, and the value as published."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import polars as pl

from loaders.benchmarks.cells import number, symbol
from loaders.benchmarks.frames import TIME, Frame
from loaders.benchmarks.problems import Findings
from loaders.benchmarks.sums import add, add_rows
from loaders.benchmarks.worth import NOTHING, Amount, disagree, published_or, value_of
from schemas.extract import ALL
from schemas.measure import Benchmark, Measure
from schemas.observation import JOIN

TEXTS = ["area_code", "period", "period_start", "period_end", "category", "symbol", "status"]
NUMBERS = ["numerator", "denominator", "value"]

Pairs = Sequence[tuple[Measure, Benchmark]]


def pairs_of(kind: str, measures: Iterable[Measure]) -> Pairs:
    """Every benchmark that is read from files of this kind, with its measure."""
    return [(m, b) for m in measures for b in m.benchmarks if b.file == kind]


def columns_of(frame: Frame, pairs: Pairs) -> list[str]:
    """The columns of a frame that these benchmarks read, and those that say what a row is about."""
    used = {"area_code", *TIME, *frame.dims, frame.split}
    for _, benchmark in pairs:
        used |= {benchmark.value, *benchmark.numerator, *benchmark.denominator, *benchmark.where}
        used |= {column for columns in benchmark.columns.values() for column in columns}
    return [column for column in frame.table.columns if column in used]


class Group(NamedTuple):
    """What the observations that are stored together have in common."""

    measure_id: str
    breakdown: str
    basis: str
    definition_version: int


def select(frame: Frame, pairs: Pairs, findings: Findings) -> Iterator[tuple[Group, pl.DataFrame]]:
    """The observations of these benchmarks by group, with TEXTS (as categories) and NUMBERS."""
    parts = frame.table.partition_by(frame.split, as_dict=True) if frame.split else {}
    for measure, benchmark in pairs:
        for table in _candidates(frame, parts, benchmark):
            rows = _rows(table, frame, benchmark, findings)
            if rows.height:
                for breakdown, shaped in _observations(rows, measure, benchmark, findings):
                    group = Group(measure.id, breakdown, benchmark.basis, measure.version)
                    yield group, shaped


def _candidates(
    frame: Frame, parts: dict[tuple[object, ...], pl.DataFrame], benchmark: Benchmark
) -> Iterator[pl.DataFrame]:
    """The whole table, or the parts of it that `where` picks."""
    if frame.split in benchmark.where:
        wanted = benchmark.where[str(frame.split)]
        yield from (parts[name,] for name in wanted if (name,) in parts)
    else:
        yield frame.table


def _rows(
    table: pl.DataFrame, frame: Frame, benchmark: Benchmark, findings: Findings
) -> pl.DataFrame:
    where = {c: v for c, v in benchmark.where.items() if c != frame.split}
    missing = [c for c in (*where, *benchmark.by) if c not in table.columns]
    if missing:
        findings.skip(f"{benchmark.file} has no column {missing[0]!r}", table.height)
        return table.clear()
    wholes = [dim for dim in frame.dims if dim not in benchmark.by and dim not in where]
    rows = table.filter(
        pl.col("basis") == benchmark.basis,
        *(pl.col(dim) == ALL for dim in wholes),
        *(pl.col(dim) != ALL for dim in benchmark.by if dim not in where),
        *(pl.col(column).is_in(values) for column, values in where.items()),
    )
    together = [c for c, values in where.items() if len(values) > 1 and c not in benchmark.by]
    return _add_up(rows, benchmark) if together else rows


def _add_up(rows: pl.DataFrame, benchmark: Benchmark) -> pl.DataFrame:
    """Rows of several categories that `where` takes together: only their counts can be added."""
    lists = (benchmark.numerator, benchmark.denominator, *benchmark.columns.values())
    counts = list(dict.fromkeys(c for columns in lists for c in columns if c in rows.columns))
    key = ["area_code", *TIME, *benchmark.by]
    return rows.group_by(key, maintain_order=True).agg(add_rows(column) for column in counts)


def _observations(
    rows: pl.DataFrame, measure: Measure, benchmark: Benchmark, findings: Findings
) -> Iterator[tuple[str, pl.DataFrame]]:
    by = [pl.col(dim) for dim in benchmark.by]
    base = _amount(benchmark.denominator, rows)
    if benchmark.value or benchmark.numerator:
        breakdown = JOIN.join(benchmark.by) or ALL
        category = pl.concat_str(by, separator=JOIN) if by else pl.lit(ALL)
        column = benchmark.value if benchmark.value in rows.columns else None
        published = Amount(number(column), symbol(column)) if column else NOTHING
        parts = _Parts(published, _amount(benchmark.numerator, rows), base)
        yield breakdown, _shape(rows, measure, category, parts, findings)
    breakdown = JOIN.join([*benchmark.by, str(benchmark.columns_by)])
    for name, columns in benchmark.columns.items():
        if set(columns) <= set(rows.columns):
            category = pl.concat_str([*by, pl.lit(name)], separator=JOIN)
            parts = _Parts(NOTHING, _amount(columns, rows), base)
            yield breakdown, _shape(rows, measure, category, parts, findings)


class _Parts(NamedTuple):
    """A value as it was published, and what it was made from."""

    published: Amount
    numerator: Amount
    denominator: Amount


def _amount(columns: Sequence[str], rows: pl.DataFrame) -> Amount:
    """The sum of these columns; nothing if the file lacks one of them."""
    return Amount(*add(columns)) if columns and set(columns) <= set(rows.columns) else NOTHING


def _shape(
    rows: pl.DataFrame, measure: Measure, category: pl.Expr, parts: _Parts, findings: Findings
) -> pl.DataFrame:
    """One observation a row. The texts are read once, into the columns that `named` speaks of."""
    named = _Parts(*(Amount(pl.col(f"{n}_number"), pl.col(f"{n}_symbol")) for n in _Parts._fields))
    read = [
        expression.alias(f"{name}_{side}")
        for name, amount in parts._asdict().items()
        for side, expression in amount._asdict().items()
    ]
    table = rows.select("area_code", *TIME, category.alias("category"), *read)
    derived = value_of(measure, named.numerator, named.denominator)
    value = published_or(named.published, derived, named.denominator, measure)
    whole = pl.coalesce(named.numerator.number, value.number)
    shaped = table.select(
        "area_code",
        *TIME,
        "category",
        (named.numerator.number if measure.is_rate else whole).alias("numerator"),
        named.denominator.number.alias("denominator"),
        value.number.alias("value"),
        value.symbol.alias("symbol"),
        disagree(named.published, derived).alias("disagrees"),
    )
    said = shaped.filter(pl.col("value").is_not_null() | pl.col("symbol").is_not_null())
    findings.skip(f"{measure.id}: the file has no number for it", shaped.height - said.height)
    findings.disagreements[measure.id] += int(said["disagrees"].sum())
    return said.select(pl.col(TEXTS).cast(pl.Categorical), pl.col(NUMBERS).cast(pl.Float64))
