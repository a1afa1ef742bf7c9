"""Which cells are `x` because the return does not say, and why, in one sentence each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schemas.extracts import load_extracts
from schemas.symbol import Symbol


@dataclass(frozen=True)
class NotSaid:
    """One column of one sheet with `x` in it."""

    sheet: str
    heading: str
    cells: int
    why: str

    def __str__(self) -> str:
        return f"“{self.heading}” on the sheet {self.sheet}: {self.why}"


_TRANSFER = (
    "a plan came from another council in the year of the return, and the day it came is not told."
)
_WAIT = "a plan was issued of which the day of the request is not told."
_EXCEPTION = (
    "a plan was issued of which the request's day, or whether an exception applied, is not told."
)
_REVIEW = (
    "the return keeps only the latest meeting of each plan, and holds none, or was taken more than "
    "two months after the term."
)
_WHY = {
    ("ehc_plans", "plans_start"): _TRANSFER,
    ("ehc_plans", "transferred_in"): _TRANSFER,
    ("ehc_plans", "transferred_out"): _TRANSFER,
    ("ehc_plans", "plans_end"): _TRANSFER,
    ("ehc_plans_by_need", "plans_end"): _TRANSFER,
    ("ehc_plans_by_placement", "plans_end"): (
        "the return gives a school's number, and which kind of school that is stands in a list of "
        "schools only (--schools)."
    ),
    ("ehc_requests", "requests"): (
        "another request of the same person was withdrawn or moved away, and when is not told."
    ),
    ("ehc_requests", "decided_6w"): "a decision was made of which the request's day is not told.",
    ("ehc_timeliness", "issued_excl"): _EXCEPTION,
    ("ehc_timeliness", "within_20w"): _WAIT,
    ("ehc_timeliness", "within_20w_excl"): _EXCEPTION,
    ("ehc_timeliness", "after_1_year"): _WAIT,
    ("ehc_timeliness", "median_weeks"): _WAIT,
    ("ehc_timeliness", "open_over_20w"): (
        "of a case that may be open, the day of the request or of its end is not told."
    ),
    ("annual_reviews", "due"): (
        "the return keeps only the latest meeting of each plan, so when the next was due at the "
        "time is not known."
    ),
    ("annual_reviews", "held"): _REVIEW,
    ("annual_reviews", "decided_4w"): _REVIEW,
}


def what_is_not_said(rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[NotSaid]:
    """Every column in which the return could not say a number, in the order of the sheets."""
    found = []
    for extract_id, extract in load_extracts().items():
        for indicator in extract.indicators:
            cells = sum(row[indicator.id] is Symbol.x for row in rows.get(extract_id, ()))
            if cells:
                why = _WHY[extract_id, indicator.id]
                found.append(NotSaid(extract.sheet, indicator.heading, cells, why))
    return found
