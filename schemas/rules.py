"""Makers of the rules across cells that several extracts share."""

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from schemas.extract import Rule
from schemas.term import parse_term

CORRECT_ONE = "Correct whichever is wrong."


def at_most(
    rule_id: str,
    small: Iterable[str],
    big: Iterable[str],
    sentence: str,
    at: str | None = None,
    caution: bool = False,
) -> Rule:
    """The sum of the small columns is never more than the sum of the big ones. A fault's sentence
    gets what to do at its end; a caution's says when it is right."""
    lesser, greater = list(small), list(big)

    def holds(frame: pd.DataFrame) -> "pd.Series[bool]":
        return total(frame, lesser) <= total(frame, greater)

    needs = (*lesser, *greater)
    told = sentence if caution else f"{sentence} {CORRECT_ONE}"
    return Rule(rule_id, at or lesser[0], needs, holds, told, caution=caution)


def total(frame: pd.DataFrame, columns: Sequence[str]) -> "pd.Series[Any]":
    """The columns added up, row by row."""
    added = frame[columns[0]]
    for column in columns[1:]:
        added = added + frame[column]
    return added


def follows_on(start: str, end: str, keys: tuple[str, ...], sentence: str) -> Rule:
    """What a term starts with is what the term before ended with, where both are in the file."""

    def expected(frame: pd.DataFrame) -> "pd.Series[float]":
        rows = list(zip(frame["period"], *(frame[key] for key in keys), strict=True))
        ends = dict(zip(rows, frame[end], strict=True))
        before = {label: _term_before(label) for label in frame["period"].unique()}
        found = [ends.get((before[row[0]], *row[1:]), float("nan")) for row in rows]
        return pd.Series(found, index=frame.index, dtype=float)

    def holds(frame: pd.DataFrame) -> "pd.Series[bool]":
        ends = expected(frame)
        return ends.isna() | (ends == frame[start])

    return Rule("follows_on", start, (start,), holds, sentence, expected)


def _term_before(label: str) -> str:
    term = parse_term(label)
    return term.shifted(-1).label if term else ""


BANDS = ("waiting_to_18w", "waiting_18_to_52w", "waiting_52_to_104w", "waiting_over_104w")
BAND_EDGES = ((0, 126), (127, 364), (365, 728), (729, 36_500))  # days, both inside (measures.md)


def no_wait_without_anyone(column: str, what: str) -> Rule:
    """No one waiting means no median and no longest wait: 0 is the only number that can stand."""

    def holds(frame: pd.DataFrame) -> "pd.Series[bool]":
        return (total(frame, BANDS) > 0) | (frame[column] == 0)

    return Rule(
        f"nobody_waits:{column}",
        column,
        (*BANDS, column),
        holds,
        f"Nobody is waiting in this row, but the {what} is {{{column}}} days. "
        "Write z (not applicable) when nobody is waiting.",
    )


def longest_in_highest_band(column: str) -> Rule:
    """The longest wait lies inside the highest band that has anyone in it."""

    def holds(frame: pd.DataFrame) -> "pd.Series[bool]":
        fine = total(frame, BANDS) == 0
        higher_empty = pd.Series(True, index=frame.index)
        for band, (low, high) in zip(reversed(BANDS), reversed(BAND_EDGES), strict=True):
            highest = higher_empty & (frame[band] > 0)
            fine |= highest & frame[column].between(low, high)
            higher_empty &= frame[band] == 0
        return fine

    return Rule(
        "longest_in_band",
        column,
        (*BANDS, column),
        holds,
        f"The longest wait is {{{column}}} days, which is not inside the highest wait band that "
        "has anyone in it. Check the longest wait and the bands.",
    )
