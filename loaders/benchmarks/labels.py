"""A publisher's labels as our categories, each spelling looked up once."""

from collections.abc import Callable, Iterable

import polars as pl

from loaders.benchmarks.known import label_codes
from loaders.benchmarks.problems import Findings
from schemas.text import plain


def relabel(column: pl.Series, change: Callable[[str], str | None]) -> pl.Series:
    """The column with each different text changed."""
    texts = column.fill_null("")
    changed = {text: change(text) for text in texts.unique().to_list()}
    return texts.replace_strict(changed, return_dtype=pl.String)


def has_label(column: pl.Series, labels: Iterable[str]) -> pl.Series:
    """Whether each text is one of these labels, case and punctuation aside."""
    wanted = {plain(label) for label in labels}
    return column.fill_null("").is_in(
        [text for text in column.fill_null("").unique().to_list() if plain(text) in wanted]
    )


def categories(column: pl.Series, dimension: str) -> pl.Series:
    """Our category for each label: null for one we never met, "" for one we do not use."""
    codes = label_codes(dimension)
    return relabel(column, lambda text: codes.get(plain(text)))


def keep_known(
    table: pl.DataFrame, dimension: str, source: str, findings: Findings
) -> pl.DataFrame:
    """The rows whose `dimension` is a category of ours; the others are counted by their label."""
    left_out = table.filter(pl.col(dimension).is_null() | (pl.col(dimension) == ""))
    for label, rows in left_out.group_by(source, maintain_order=True).len().rows():
        findings.skip(f"{source} {label!r} is not one of our categories", rows)
    return table.filter(pl.col(dimension).is_not_null() & (pl.col(dimension) != ""))
