"""Sums of published cells: numbers are added, a symbol among them stands for the sum."""

from collections.abc import Sequence

import polars as pl

from loaders.benchmarks.cells import number, symbol
from schemas.symbol import Symbol

# As schemas.symbol.add_symbols: a hidden part hides the sum; `z` alone adds nothing.
_STRONG = (Symbol.c, Symbol.x, Symbol.u, Symbol.low)


def add(columns: Sequence[str]) -> tuple[pl.Expr, pl.Expr]:
    """The number and the symbol of the sum of these columns; both null if a part says nothing."""
    if len(columns) == 1:
        return number(columns[0]), symbol(columns[0])
    silent = pl.any_horizontal(pl.col(column).is_null() for column in columns)
    marks = [symbol(column) for column in columns]
    strong = pl.coalesce(
        pl.when(pl.any_horizontal(mark.eq_missing(s.value) for mark in marks)).then(pl.lit(s.value))
        for s in _STRONG
    )
    none_counts = pl.all_horizontal(mark.eq_missing(Symbol.z.value) for mark in marks)
    mark = pl.when(~silent).then(
        pl.coalesce(strong, pl.when(none_counts).then(pl.lit(Symbol.z.value)))
    )
    numbers = pl.sum_horizontal(number(column).fill_null(0.0) for column in columns)
    return pl.when(~silent & mark.is_null()).then(numbers), mark


def add_text(columns: Sequence[str]) -> pl.Expr:
    """The sum of these columns as a cell: a number or a symbol."""
    if len(columns) == 1:
        return pl.col(columns[0])
    total, mark = add(columns)
    return pl.coalesce(mark, total.cast(pl.String))


def add_rows(column: str) -> pl.Expr:
    """The sum of a group's cells as a cell; rows without a word on it make it null."""
    marks = symbol(column)
    strong = pl.coalesce(pl.when((marks == s.value).any()).then(pl.lit(s.value)) for s in _STRONG)
    nothing = pl.when(marks.eq_missing(Symbol.z.value).all()).then(pl.lit(Symbol.z.value))
    total = pl.when(~pl.col(column).is_null().any()).then(number(column).sum())
    return pl.coalesce(strong, nothing, total.cast(pl.String)).alias(column)
