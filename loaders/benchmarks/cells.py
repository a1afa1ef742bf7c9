"""Cells as the publishers write them: numbers in several dresses, symbols old and new."""

from collections.abc import Mapping

import polars as pl

from loaders.benchmarks.known import known
from loaders.benchmarks.problems import MOST_PLACES, Findings

# Published floats carry noise such as 64.900000000000006; no figure has nine true decimals.
NOISE_DECIMALS = 9


def number(column: str) -> pl.Expr:
    """A checked column's numbers; null where it holds a symbol or nothing."""
    return pl.col(column).cast(pl.Float64, strict=False).round(NOISE_DECIMALS)


def symbol(column: str) -> pl.Expr:
    """A checked column's symbols; null where it holds a number or nothing."""
    found = pl.col(column)
    return pl.when(found.cast(pl.Float64, strict=False).is_null()).then(found)


def all_symbols(more: Mapping[str, str]) -> dict[str, str]:
    """Every mark we know for what is not a number, with those of one publisher."""
    return {**known("labels")["symbols"], **more}


def read_cell(text: str, symbols: Mapping[str, str]) -> str | None:
    """One cell as a plain number or one of our symbols; None if it is neither.

    `1,071` and `46.1%` are numbers; everything else must be a symbol we know.
    """
    if (found := symbols.get(text.casefold())) is not None:
        return found
    bare = text.removesuffix("%").strip().replace(",", "")
    try:
        value = float(bare)
    except ValueError:
        return None
    return bare if bare.isascii() and abs(value) < float("inf") else None


def check_cells(
    table: pl.DataFrame,
    columns: list[str],
    first_line: int,
    findings: Findings,
    more_symbols: Mapping[str, str] = {},
) -> pl.DataFrame:
    """The table with every cell of these columns a plain number or one of our symbols.

    A cell that is neither is a fault; a blank is not available (`x`), never nought.
    """
    symbols = all_symbols(more_symbols)
    changes = []
    for column in columns:
        texts = table[column].fill_null("").str.strip_chars()
        readable = texts.cast(pl.Float64, strict=False).is_finite().fill_null(False)
        odd = texts.filter(~readable).unique().to_list()
        read = {text: read_cell(text, symbols) for text in odd}
        if bad := [text for text, value in read.items() if value is None]:
            _report(texts, bad, column, first_line, findings)
        new = {text: value for text, value in read.items() if value is not None and value != text}
        changes.append(texts.replace(new) if new else texts)
    return table.with_columns(changes)


def _report(
    texts: pl.Series, bad: list[str], column: str, first_line: int, findings: Findings
) -> None:
    where = texts.is_in(bad).arg_true()
    for at in where.head(MOST_PLACES).to_list():
        findings.fault(
            first_line + at, column, f"{texts[at]!r} is neither a number nor a symbol we know."
        )
    findings.faults += max(0, len(where) - MOST_PLACES)
