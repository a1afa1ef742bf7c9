"""What a publisher's year means: January, a calendar year, a school term (`traps.md` 21)."""

import datetime as dt
import re
from functools import cache
from typing import NamedTuple

from schemas.term import Month, Season, Term, academic_year_label, sen2_census_on
from schemas.text import plain


class Period(NamedTuple):
    """A period as observations are stored: its label, its days and what kind of number it holds."""

    period: str
    period_start: str
    period_end: str
    basis: str
    status: str = "final"


@cache
def read_period(clock: str, identifier: str, time_period: str) -> Period | None:
    """The period of a row of DfE open data on this clock; None if it fits no period we know."""
    years = _years(time_period)
    if years is None:
        return None
    start, end = years
    kind = plain(identifier)
    if clock == "january":
        if kind == "academicyear" and end == start + 1:
            return january(end)
        return january(start) if kind in ("january", "reportingyear") and end == start else None
    if clock == "calendar_year":
        return calendar_year(start) if kind == "calendaryear" and end == start else None
    return _school(kind, start) if end == start + 1 else None


def is_other_time(identifier: str) -> bool:
    """A time the DfE uses and we do not: weeks, months, parts of other years."""
    name = plain(identifier)
    return name.startswith("week") or name in _OTHER_TIMES


_OTHER_TIMES = {plain(f"{dt.date(2000, month, 1):%B}") for month in range(1, 13)} | {
    "financialyear",
    "taxyear",
    "reportingyear",
}


def january(year: int) -> Period:
    """The stock on the day of the January census."""
    day = sen2_census_on(year).isoformat()
    return Period(f"{year}-01", day, day, "snapshot")


def calendar_year(year: int) -> Period:
    return Period(str(year), f"{year}-01-01", f"{year}-12-31", "calendar_year")


def financial_year(start: int) -> Period:
    label = academic_year_label(start)
    return Period(label, f"{start}-04-01", f"{start + 1}-03-31", "financial_year")


def academic_year(start: int) -> Period:
    first, last = Term(start, Season.autumn).dfe_window, Term(start, Season.summer).dfe_window
    label = academic_year_label(start)
    return Period(label, first.start.isoformat(), last.end.isoformat(), "academic_year")


def school_term(term: Term) -> Period:
    window = term.dfe_window
    return Period(term.label, window.start.isoformat(), window.end.isoformat(), "in_term")


def year_to(term: Term) -> Period:
    """The academic year up to the end of this term."""
    first = Term(term.start_year, Season.autumn).dfe_window.start
    return Period(term.label, first.isoformat(), term.dfe_window.end.isoformat(), "ytd")


def month_end(year: int, month: int) -> Period:
    """A stock at the end of a month."""
    day = Month(year, month).window.end.isoformat()
    return Period(Month(year, month).label, day, day, "snapshot")


def in_month(year: int, month: int) -> Period:
    window = Month(year, month).window
    label = Month(year, month).label
    return Period(label, window.start.isoformat(), window.end.isoformat(), "in_month")


def _school(kind: str, start: int) -> Period | None:
    if kind == "academicyear":
        return academic_year(start)
    if kind in ("autumnandspringterm", "autumnandspringterms"):
        return year_to(Term(start, Season.spring))
    season = next((s for s in Season if kind == f"{s.name}term"), None)
    return school_term(Term(start, season)) if season else None


_YEARS = re.compile(r"(20\d\d)(?:[/-]?((?:20)?\d\d))?(?:\.0)?")


def _years(text: str) -> tuple[int, int] | None:
    """First and last year: `2024`, `202425`, `2024/25` and the API's `2024/2025`."""
    found = _YEARS.fullmatch(text.strip())
    if not found:
        return None
    start = int(found[1])
    return start, start if found[2] is None else start // 100 * 100 + int(found[2][-2:])
