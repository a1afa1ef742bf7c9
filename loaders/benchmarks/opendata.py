"""The rows of DfE open data: when, where and whether each is the only one of its kind."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from loaders.benchmarks.areas import with_area_codes
from loaders.benchmarks.frames import TIME
from loaders.benchmarks.known import known
from loaders.benchmarks.periods import Period, is_other_time, read_period
from loaders.benchmarks.problems import MOST_PLACES, Findings
from schemas.text import plain


def place_rows(table: pl.DataFrame, clock: str, findings: Findings) -> pl.DataFrame:
    """Rows of the levels, times and areas we use, with `area_code` and the columns of TIME.

    Needs `line`. An unknown level or time is a fault; a known one that we do not use is counted.
    """
    table = _with_levels(table, findings)
    return with_area_codes(_with_periods(table, clock, findings), findings)


def _with_levels(table: pl.DataFrame, findings: Findings) -> pl.DataFrame:
    levels = known("labels")["rows"]
    used, other = ({plain(x) for x in levels[key]} for key in ("used_levels", "other_levels"))
    keep = []
    for level, rows, line in _first_lines(table, ["geographic_level"]):
        name = plain(level)
        if name in used:
            keep.append(level)
        elif name in other:
            findings.skip(f"{level} rows are not used", rows)
        else:
            findings.fault(line, "geographic_level", f"{level!r} is not a level we know.", rows)
    return table.filter(pl.col("geographic_level").is_in(keep))


def _with_periods(table: pl.DataFrame, clock: str, findings: Findings) -> pl.DataFrame:
    columns = ["time_identifier", "time_period"]
    found: dict[tuple[str, ...], Period] = {}
    for identifier, time_period, rows, line in _first_lines(table, columns):
        period = read_period(clock, identifier, time_period)
        if period is not None:
            found[identifier, time_period] = period
        elif is_other_time(identifier):
            findings.skip(f"{identifier} rows are not used", rows)
        else:
            message = f"{identifier!r} {time_period!r} is not a time this file should have."
            findings.fault(line, "time_period", message, rows)
    return add_periods(table, columns, found)


def add_periods(
    table: pl.DataFrame, columns: list[str], found: Mapping[tuple[str, ...], Period]
) -> pl.DataFrame:
    """The rows whose texts in these columns have a period, with the columns of TIME."""
    keys = {column: [key[at] for key in found] for at, column in enumerate(columns)}
    times = {name: [period[at] for period in found.values()] for at, name in enumerate(TIME)}
    lookup = pl.DataFrame(keys | times, schema=dict.fromkeys([*columns, *TIME], pl.String))
    lookup = lookup.with_columns(pl.col(TIME).cast(pl.Categorical))
    return table.drop("status", strict=False).join(
        lookup, on=columns, how="inner", maintain_order="left"
    )


def _first_lines(table: pl.DataFrame, columns: list[str]) -> list[tuple[Any, ...]]:
    """Each different text in these columns, how many rows have it and the first of them."""
    texts = table.select(pl.col(columns).fill_null(""), "line")
    groups = texts.group_by(columns, maintain_order=True).agg(
        pl.len().alias("rows"), pl.col("line").min().alias("first")
    )
    return groups.rows()


class Uniqueness:
    """Finds rows that say something twice about the same thing, across all batches of a file."""

    def __init__(self, about: list[str]) -> None:
        self._about = about
        self._hashes: list[pl.Series] = []

    def add(self, table: pl.DataFrame) -> None:
        """Remembers 8 bytes a row: two different rows in a million look alike once in 10⁷ files."""
        self._hashes.append(table.select(self._about).hash_rows())

    def check(self, findings: Findings) -> None:
        if not self._hashes:
            return
        hashes = pl.concat(self._hashes)
        if hashes.n_unique() == len(hashes):
            return
        again = (~hashes.is_first_distinct()).arg_true()
        for at in again.head(MOST_PLACES).to_list():
            first = int((hashes == hashes[at]).arg_true()[0]) + 2
            findings.fault(at + 2, "", f"says the same as line {first} is about.")
        findings.faults += max(0, len(again) - MOST_PLACES)
