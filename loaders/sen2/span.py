"""What time a return speaks of: the days it covers, and its calendar year."""

import datetime as dt
from dataclasses import dataclass

from loaders.sen2.rows import ReturnRefused, Sent
from loaders.sen2.values import parse_day
from schemas.term import Window, sen2_census_on


@dataclass(frozen=True)
class Span:
    """`covered`: from 1 January of the return's calendar year to the day it was taken. `year`: the
    days that “during the calendar year” means in it."""

    covered: Window
    year: Window

    def check(self, wanted: Window, title: str) -> None:
        """Raises ReturnRefused when the return says nothing, or not all, of a term."""
        if self.covered.start <= wanted.start and wanted.end <= self.covered.end:
            return
        raise ReturnRefused(
            f"This return covers {_said(self.covered.start)} to {_said(self.covered.end)}, "
            f"which is not all of the {title[0].lower()}{title[1:]} "
            f"({_said(wanted.start)} to {_said(wanted.end)}). "
            "Use a return that was taken after the term and whose calendar year holds it."
        )


def _said(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"  # a day without its nought, on Windows too


def span_of(sent: Sent, census_on: dt.date | None) -> Span:
    """The span of the return's header; `census_on` where it has none or when it is told.

    The return of a year is about the calendar year before and is taken on its census day, the third
    Thursday of January. One that a case system writes at another time runs to its reference date.
    """
    taken_on = census_on or _taken_on(sent)
    year = _year(sent) or taken_on.year
    first = dt.date(year - 1, 1, 1)
    if not first < taken_on < dt.date(year + 1, 1, 1):
        raise ReturnRefused("The reference date of this return does not fit its year.")
    in_january = taken_on.year == year and taken_on.month == 1
    last = dt.date(year - 1, 12, 31) if in_january else taken_on
    return Span(Window(first, taken_on), Window(first, last))


def header_text(sent: Sent, column: str) -> str:
    return sent.header.values.get(column, "") if sent.header else ""


def _taken_on(sent: Sent) -> dt.date:
    day = parse_day(header_text(sent, "reference"))
    year = _year(sent)
    if day is None and year is not None:
        return sen2_census_on(year)
    if day is None:
        raise ReturnRefused(
            "This return has no header that says when it was taken. Say so with --census, such as "
            "--census 2026-01-15."
        )
    return day


def _year(sent: Sent) -> int | None:
    text = header_text(sent, "year").removesuffix(".0")
    return int(text) if len(text) == 4 and text.isascii() and text.isdigit() else None
