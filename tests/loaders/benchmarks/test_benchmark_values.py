"""Values for whole columns are those of `Measure.value` and `add_symbols`, one by one."""

import math

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from loaders.benchmarks.cells import number, symbol
from loaders.benchmarks.sums import add, add_rows
from loaders.benchmarks.worth import Amount, value_of
from schemas.measure import load_measures
from schemas.symbol import Symbol, add_symbols

numbers = st.integers(0, 5_000).map(float)
cells = st.one_of(numbers, st.sampled_from(list(Symbol)))
MEASURES = load_measures()
RATE = next(measure for measure in MEASURES.values() if measure.is_rate)
COUNT = next(measure for measure in MEASURES.values() if not measure.is_rate)


def as_text(cell: float | Symbol) -> str:
    return cell.value if isinstance(cell, Symbol) else repr(cell)


def as_cell(value: float | None, mark: str | None) -> float | Symbol:
    assert (value is None) != (mark is None)
    return Symbol(mark) if mark is not None else float(value or 0)


def same(one: float | Symbol, other: float | Symbol) -> bool:
    if isinstance(one, Symbol) or isinstance(other, Symbol):
        return one is other
    return math.isclose(one, other)


@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=30))
def test_a_column_of_values_is_what_the_measure_says_of_each(
    pairs: list[tuple[float | Symbol, float | Symbol]],
) -> None:
    texts = [(as_text(n), as_text(d)) for n, d in pairs]
    table = pl.DataFrame(texts, schema={"n": pl.String, "d": pl.String}, orient="row")
    for measure in (RATE, COUNT):
        parts = [Amount(number(name), symbol(name)) for name in ("n", "d")]
        value = value_of(measure, *parts)
        worked = table.select(value.number.alias("value"), value.symbol.alias("symbol"))
        for (n, d), row in zip(pairs, worked.rows(), strict=True):
            assert same(as_cell(*row), measure.value(n, d if measure.is_rate else None))


def by_hand(parts: list[float | Symbol]) -> float | Symbol:
    marks = [part for part in parts if isinstance(part, Symbol)]
    if marks and (len(marks) == len(parts) or add_symbols(marks) is not Symbol.z):
        return add_symbols(marks)
    return sum(part for part in parts if not isinstance(part, Symbol))


@given(st.lists(cells, min_size=2, max_size=5))
def test_a_sum_of_cells_is_the_sum_by_hand_across_and_down(parts: list[float | Symbol]) -> None:
    texts = [as_text(part) for part in parts]
    across = pl.DataFrame({f"c{at}": [text] for at, text in enumerate(texts)})
    total, mark = add(across.columns)
    row = across.select(total.alias("total"), mark.alias("mark")).row(0)
    assert same(as_cell(*row), by_hand(parts))
    down = pl.DataFrame({"c": texts}).group_by(pl.lit(1)).agg(add_rows("c"))["c"][0]
    assert same(Symbol(down) if down in set(Symbol) else float(down), by_hand(parts))


def test_a_part_that_the_file_does_not_have_makes_no_sum() -> None:
    table = pl.DataFrame({"a": ["1"], "b": [None]}, schema={"a": pl.String, "b": pl.String})
    total, mark = add(["a", "b"])
    assert table.select(total.alias("total"), mark.alias("mark")).row(0) == (None, None)
