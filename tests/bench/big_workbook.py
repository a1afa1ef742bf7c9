"""A valid workbook of five sheets of 2,000 rows, and the definitions that know its categories.

No area sends as much: 25 terms of the real sheets with their categories multiplied by invented
ones, so that every row is different and every rule has something to check.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from loaders.definitions import Definitions
from schemas.extract import Category, Extract, Filter
from schemas.term import Season, Term

ROWS = 2_000
TERMS = [Term(2017, Season.autumn).shifted(n) for n in range(25)]
SHEETS = ("ehc_plans", "ehc_timeliness", "annual_reviews", "exclusions", "attendance")

_NUMBERS: dict[str, dict[str, float]] = {
    "ehc_plans": {"plans_start": 100, "plans_end": 100, "new_plans": 7, "ceased": 7},
    "ehc_timeliness": {"issued": 60, "issued_excl": 55, "within_20w": 43, "within_20w_excl": 41}
    | {"after_1_year": 2, "open_over_20w": 30, "median_weeks": 19.5},
    "annual_reviews": {"due": 60, "held": 50, "decided_4w": 40},
    "exclusions": {"roll": 500, "suspensions": 40, "pupils_suspended": 20}
    | {"permanent_exclusions": 1},
    "attendance": {"enrolments": 500, "possible": 60_000, "authorised": 3_000}
    | {"unauthorised": 1_000, "persistent": 100, "severe": 20},
}


def definitions() -> Definitions:
    """The real definitions, with enough categories for 2,000 rows over 25 terms."""
    real = Definitions.real()
    wide = {name: _widened(real.extracts[name]) for name in SHEETS}
    return Definitions(real.measures, dict(real.extracts) | wide)


def big_workbook() -> bytes:
    from tests import builders as b

    sheets = {}
    for name in SHEETS:
        extract = definitions().extracts[name]
        heading = [extract.heading_of(column) for column in extract.columns]
        sheets[extract.sheet] = [heading, *_rows(extract)]
    return b.workbook(sheets)


def _widened(extract: Extract) -> Extract:
    wanted = {1: (80,), 2: (10, 8)}[len(extract.filters)]
    filters = tuple(_more(f, n) for f, n in zip(extract.filters, wanted, strict=True))
    return replace(extract, filters=filters)


def _more(split: Filter, number: int) -> Filter:
    names = (f"{split.heading} {n}" for n in range(number - len(split.categories)))
    more = tuple(Category(name.replace(" ", "_").lower(), name) for name in names)
    return replace(split, categories=(*split.categories, *more))


def _rows(extract: Extract) -> Iterator[list[Any]]:
    numbers = _NUMBERS[extract.id]
    places: list[list[str]] = [[]]
    for split in extract.filters:
        places = [[*place, category.label] for place in places for category in split.categories]
    for term in TERMS:
        for place in places:
            yield [term.title, *place, *(numbers.get(i.id, 0) for i in extract.indicators)]
