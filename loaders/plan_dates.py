"""When a plan says that something starts and finishes: its own words, and the day they name.

A month is the whole month. A season is that school term (spring 2025: January to April 2025;
summer: May to August; autumn: September to December), because plans are made by terms. A start is
the first day of what is named, a finish the last. Words such as `Ongoing` name no day.
"""

import datetime as dt
import re
from dataclasses import dataclass

from dateutil.parser import ParserError
from dateutil.parser import parse as parse_day

from loaders.cells import tidy
from loaders.workbook import Value
from schemas.term import Month, Season, Window, parse_period

_BEFORE = re.compile(
    r"(?:(?:by|from|in|on|since|until|to|the|end|of|start|beginning|early|mid|late|during)\b"
    r"[\s-]*)+",
    re.I,
)
_SEASON = re.compile(r"(autumn|spring|summer)(?: term)?,? (20\d\d)", re.I)
_DAY = re.compile(
    r"\d{1,2}(?:st|nd|rd|th)? [a-z]{3,9},? 20\d\d|\d{1,2}/\d{1,2}/20\d\d|20\d\d-\d\d-\d\d", re.I
)
_YEAR = re.compile(r"\b20\d\d\b")


@dataclass(frozen=True)
class When:
    """The words as they stand, and the days of what they name; None when they name none."""

    words: str
    window: Window | None = None

    @property
    def first(self) -> str:
        return self.window.start.isoformat() if self.window else ""

    @property
    def last(self) -> str:
        return self.window.end.isoformat() if self.window else ""

    @property
    def is_doubtful(self) -> bool:
        """The words hold a year and still name no day, so a slip of the pen is likely."""
        return self.window is None and bool(_YEAR.search(self.words))


def read_when(value: Value) -> When:
    """What a cell says of a start or a finish. The first day of a month, which is what Excel makes
    of `April 2025`, is that month."""
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date):
        return _of_day(value)
    words = "" if value is None else tidy(str(value))
    return When(words, find_window(words))


def find_window(words: str) -> Window | None:
    """The first and last day of the month, term or day that the words name."""
    said = _BEFORE.sub("", words, count=1) if _BEFORE.match(words) else words
    if found := _SEASON.fullmatch(said):
        return _term_of(Season[found[1].lower()], int(found[2]))
    if _DAY.fullmatch(said):
        return _one_day(said)
    period = parse_period(said)
    if period is None:
        return None
    return period.window if isinstance(period, Month) else period.flow_window


def _of_day(day: dt.date) -> When:
    if day.day == 1:
        month = Month(day.year, day.month)
        return When(month.title, month.window)
    return When(f"{day.day} {day:%B %Y}", Window(day, day))


def _term_of(season: Season, year: int) -> Window:
    months = {Season.spring: (1, 4), Season.summer: (5, 8), Season.autumn: (9, 12)}[season]
    first, last = (Month(year, month) for month in months)
    return Window(first.window.start, last.window.end)


def _one_day(said: str) -> Window | None:
    try:
        day = parse_day(said, dayfirst=not said[:4].isdigit(), default=dt.datetime(2000, 1, 1))
    except ParserError:
        return None
    return Window(day.date(), day.date())
