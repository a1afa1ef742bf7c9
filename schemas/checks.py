"""The pandera checks every extract shares, each with the sentence a person reads."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import pandas as pd
import pandera.pandas as pa

from schemas.extract import ALL, Extract, Filter, Indicator, Rule
from schemas.text import in_sentence

if TYPE_CHECKING:
    BoolSeries = pd.Series[bool]


def build_schema(extract: Extract) -> pa.DataFrameSchema:
    """The pandera schema of one extract's typed frame.

    The frame has `period` (label), one text column a filter and one float column an indicator; a
    symbol or a faulty cell is NaN there, and no rule is asked of it.
    """
    columns = {"period": pa.Column(str)}
    columns |= {f.id: pa.Column(str, pa.Check.isin(_ids(f))) for f in extract.filters}
    columns |= {i.id: pa.Column(float, _bounds(i), nullable=True) for i in extract.indicators}
    checks = [as_check(rule) for rule in (*shared_rules(extract), *extract.rules)]
    return pa.DataFrameSchema(columns, checks=checks, strict=False, name=extract.id)


def as_check(rule: Rule) -> pa.Check:
    """A rule as a pandera check over whole rows; a row with a missing part always passes."""

    def test(frame: pd.DataFrame) -> "BoolSeries":
        known = frame[list(rule.needs)].notna().all(axis=1)
        return ~known | rule.holds(frame).fillna(True).astype(bool)

    return pa.Check(test, name=rule.id, error=rule.id, ignore_na=False)


def shared_rules(extract: Extract) -> tuple[Rule, ...]:
    """Rules that hold in every extract: parts add up to their "all" row."""
    return tuple(
        _parts_add_up(f, extract, indicator)
        for f in extract.filters
        if f.whole
        for indicator in extract.indicators
        if indicator.additive
    )


def _parts_add_up(split: Filter, extract: Extract, indicator: Indicator) -> Rule:
    keys = ["period", *(f for f in extract.filter_ids if f != split.id)]
    whole = split.whole.label if split.whole else ""
    complete = len(split.categories) if split.complete else 1

    def expected(frame: pd.DataFrame) -> "pd.Series[float]":
        parts = frame[frame[split.id] != ALL]
        groups = parts.groupby(keys)[indicator.id]
        sums = groups.sum(min_count=1).where(groups.count() == groups.size())
        sums = sums.where(groups.size() >= complete)
        return pd.Series(_looked_up(frame, keys, sums), index=frame.index)

    def holds(frame: pd.DataFrame) -> "BoolSeries":
        if not (frame[split.id] == ALL).any():
            return pd.Series(True, index=frame.index)
        sums = expected(frame)
        return (frame[split.id] != ALL) | sums.isna() | (sums == frame[indicator.id])

    return Rule(
        id=f"parts_add_up:{split.id}:{indicator.id}",
        at=indicator.id,
        needs=(indicator.id,),
        holds=holds,
        expected=expected,
        sentence=(
            f"The rows of {{period_title}} by {in_sentence(split.heading)} add up to {{expected}} "
            f"for “{indicator.heading}”, but the “{whole}” row says "
            f"{{{indicator.id}}}. Correct the row that is wrong."
        ),
    )


def _looked_up(frame: pd.DataFrame, keys: list[str], values: "pd.Series[float]") -> list[float]:
    if values.empty:
        return [float("nan")] * len(frame)
    wanted: Iterable[object] = (
        frame[keys[0]] if len(keys) == 1 else frame[keys].itertuples(index=False, name=None)
    )
    table = values.to_dict()
    return [table.get(key, float("nan")) for key in wanted]


def _ids(split: Filter) -> list[str]:
    return [c.id for c in split.categories] + ([ALL] if split.whole else [])


def _bounds(indicator: Indicator) -> list[pa.Check]:
    checks = [pa.Check.ge(0, name="not_negative", error="not_negative")]
    if indicator.whole_numbers:
        checks.append(pa.Check(_is_whole, name="whole_number", error="whole_number"))
    return checks


def _is_whole(values: "pd.Series[float]") -> "BoolSeries":
    return (values % 1) == 0


CELL_SENTENCES: dict[str, Callable[[str, str], str]] = {
    "not_negative": lambda heading, value: (
        f"“{heading}” is {value}. It cannot be less than 0. Write how many there were."
    ),
    "whole_number": lambda heading, value: (
        f"“{heading}” is {value}. It counts whole things, so it must be a whole number. "
        "Write the count itself, not an average or a share."
    ),
}
