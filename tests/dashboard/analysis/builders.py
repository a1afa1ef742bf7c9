"""Builders of views to judge: figures with their counts, series, what they are set beside."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from dashboard.view import Line, Point
from schemas.note import Note
from schemas.term import Season, Term
from tests.dashboard.views import line, measure, month, point, stock, year

FIRST = Term(2018, Season.autumn)
DARLINGTON_YEARS = {
    2019: (75, 77),
    2020: (29, 34),
    2021: (93, 101),
    2022: (111, 123),
    2023: (141, 168),
    2024: (121, 167),
}


def share(period: str, top: int, bottom: int, **given: Any) -> Point:
    """A term's share of so many of so many."""
    return point(period, top * 100 / bottom, numerator=top, denominator=bottom, **given)


def share_of_year(number: int, top: int, bottom: int) -> Point:
    """As published: rounded to one decimal."""
    given = {"numerator": top, "denominator": bottom}
    dates = {"start": f"{number}-01-01", "end": f"{number}-12-31"}
    return point(str(number), round(top * 100 / bottom, 1), **given, **dates)


def darlington_years() -> Line:
    """The published share of plans within 20 weeks, 2019 to 2024."""
    points = [share_of_year(number, *counts) for number, counts in DARLINGTON_YEARS.items()]
    return line("published", *points)


def england(value: float = 46.4, period: int = 2024, **given: Any) -> Line:
    return line("england", year(period, value), **given)


def terms_of(values: Sequence[float | str], first: Term = FIRST, **given: Any) -> list[Point]:
    """Consecutive terms."""
    return [point(first.shifted(n).label, value, **given) for n, value in enumerate(values)]


def stocks_of(values: Sequence[float | str], first: Term = FIRST) -> list[Point]:
    return [stock(first.shifted(n).label, value) for n, value in enumerate(values)]


def shares_of(counts: Sequence[tuple[int, int]], first: Term = FIRST, **given: Any) -> list[Point]:
    return [share(first.shifted(n).label, *pair, **given) for n, pair in enumerate(counts)]


def months_of(values: Sequence[float], first: int = 2020) -> Line:
    points = [month(f"{first + n // 12}-{n % 12 + 1:02d}", v) for n, v in enumerate(values)]
    return Line("own", "Darlington", "monthly", tuple(points))


def break_on(day: str) -> Note:
    """A note that says that counting changed, about the measure every test uses."""
    about = {"measures": (measure().id,), "words": "Counted anew.", "source": "Minutes"}
    return Note(id="anew", on=dt.date.fromisoformat(day), breaks=True, **about)
