"""Terms and months: how they are written, when they start and end, which comes next."""

import datetime as dt
import re
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from dateutil.easter import easter

from schemas.text import plain

Date = dt.date


class Season(IntEnum):
    """A term's place in the academic year."""

    autumn = 1
    spring = 2
    summer = 3


@dataclass(frozen=True, order=True)
class Window:
    """First and last day, both inside."""

    start: Date
    end: Date


@dataclass(frozen=True, order=True)
class Term:
    """One term of the academic year that begins in `start_year`; terms sort by time."""

    start_year: int
    season: Season

    @property
    def label(self) -> str:
        """As stored, `2025-26 autumn`: sorts correctly as text."""
        return f"{academic_year_label(self.start_year)} {self.season.name}"

    @property
    def title(self) -> str:
        """As people read it, `Autumn term 2025/26`."""
        return f"{self.season.name.capitalize()} term {self._years('/')}"

    @property
    def short_title(self) -> str:
        return f"{self.season.name.capitalize()} {self._years('/')}"

    @property
    def months(self) -> "tuple[Month, ...]":
        """The four months of the flow term."""
        first = {Season.autumn: 9, Season.spring: 1, Season.summer: 5}[self.season]
        return tuple(Month(self.year, month) for month in range(first, first + 4))

    @property
    def year(self) -> int:
        """The calendar year the term lies in."""
        return self.start_year + (self.season is not Season.autumn)

    @property
    def flow_window(self) -> Window:
        """Month-ends: 1 Sep to 31 Dec, 1 Jan to 30 Apr, 1 May to 31 Aug (`measures.md`)."""
        return Window(self.months[0].window.start, self.months[-1].window.end)

    @property
    def dfe_window(self) -> Window:
        """The DfE's absence and exclusion terms, which turn at Easter (`measures.md`)."""
        day = dt.timedelta(days=1)
        sunday = easter(self.year)
        if self.season is Season.autumn:
            return Window(Date(self.year, 8, 1), Date(self.year, 12, 31))
        if self.season is Season.spring:
            return Window(Date(self.year, 1, 1), sunday)
        return Window(sunday + day, Date(self.year, 7, 31))

    def window(self, clock: str) -> Window:
        """The window on a measure's clock, `flow` or `dfe`."""
        return self.dfe_window if clock == "dfe" else self.flow_window

    def shifted(self, terms: int) -> "Term":
        """The term so many terms later (negative: earlier)."""
        number = self.start_year * 3 + self.season - 1 + terms
        return Term(number // 3, Season(number % 3 + 1))

    @property
    def last_year(self) -> "Term":
        return Term(self.start_year - 1, self.season)

    def _years(self, mark: str) -> str:
        return f"{self.start_year}{mark}{(self.start_year + 1) % 100:02d}"


@dataclass(frozen=True, order=True)
class Month:
    """One calendar month."""

    year: int
    month: int

    @property
    def label(self) -> str:
        return f"{self.year}-{self.month:02d}"

    @property
    def title(self) -> str:
        return f"{Date(self.year, self.month, 1):%B %Y}"

    @property
    def window(self) -> Window:
        after = Date(self.year + self.month // 12, self.month % 12 + 1, 1)
        return Window(Date(self.year, self.month, 1), after - dt.timedelta(days=1))

    @property
    def term(self) -> Term:
        """The flow term the month lies in."""
        season = Season((self.month - 1) // 4 + 2) if self.month < 9 else Season.autumn
        return Term(self.year - (season is not Season.autumn), season)


Period = Term | Month


def academic_year_label(start_year: int) -> str:
    """`2025-26` for the year that begins in September 2025."""
    return f"{start_year}-{(start_year + 1) % 100:02d}"


def parse_term(text: str) -> Term | None:
    """A term however people write it: `Autumn 2025/26`, `2025-26 autumn`, `202526 Autumn term`."""
    found = parse_period(text)
    return found if isinstance(found, Term) else None


def parse_period(value: object) -> Period | None:
    """A term or a month from a cell's text, year-month text or date; None if it is neither."""
    if isinstance(value, dt.date):
        return Month(value.year, value.month)
    return _parse_text(value.strip()) if isinstance(value, str) else None


def year_before(period: str, yearly: bool) -> str:
    """The same term, month or year a year before; "" for a period we do not know.

    Args:
        yearly: whether the period is a year, `2024` or `2023-24`, which may look like a month.
    """
    if yearly:
        year = int(period[:4]) - 1
        return academic_year_label(year) if "-" in period else str(year)
    found = parse_period(period)
    if isinstance(found, Month):
        return Month(found.year - 1, found.month).label
    return found.last_year.label if found else ""


def sen2_census_on(year: int) -> Date:
    """The SEN2 census: the third Thursday of January (16 Jan 2025, 15 Jan 2026, 21 Jan 2027)."""
    first = Date(year, 1, 1)
    return first + dt.timedelta(days=(3 - first.weekday()) % 7 + 14)


_SEASON = re.compile(r"\b(autumn|spring|summer|aut|spr|sum)\b(?:\s*term)?", re.I)
_YEARS = re.compile(r"\b(20\d\d)\s*[-/–—‑ ]?\s*(?:20)?(\d\d)\b")
_YEAR_MONTH = re.compile(r"(20\d\d)[-/](\d{1,2})(?:[-/]\d{1,2}(?:[T ]00:00(?::00)?)?)?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_YEAR = re.compile(r"([a-z]{3,9})[\s\-/,.']*(?:of\s+)?((?:20)?\d\d)", re.I)
_LONG_MONTHS = tuple(f"{Date(2000, m, 1):%B}".casefold() for m in range(1, 13))


@cache
def _parse_text(text: str) -> Period | None:
    text = " ".join(text.replace("_", " ").split())
    season = _SEASON.search(text)
    if season:
        return _term_of(text, season)
    if found := _YEAR_MONTH.fullmatch(text):
        year, month = int(found[1]), int(found[2])
        return Month(year, month) if 1 <= month <= 12 else None
    if found := _MONTH_YEAR.fullmatch(text):
        name, year = found[1].casefold(), int(found[2])
        known = name[:3] in _MONTHS and (name in (*_MONTHS, *_LONG_MONTHS, "sept"))
        year += 0 if year >= 2000 else 2000
        return Month(year, _MONTHS.index(name[:3]) + 1) if known else None
    return None


def _term_of(text: str, season: re.Match[str]) -> Term | None:
    rest = (text[: season.start()] + " " + text[season.end() :]).strip(" ,()")
    years = _YEARS.fullmatch(rest)
    if not years or (int(years[1]) + 1) % 100 != int(years[2]):
        return None
    short = plain(season[1])[:3]
    found = next(s for s in Season if s.name.startswith(short))
    return Term(int(years[1]), found)
