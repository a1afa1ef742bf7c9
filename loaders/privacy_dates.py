"""Reads the dates that people type as text, only to ask whether one could be a child's birth."""

import re
from datetime import date, datetime

MAX_AGE = 26
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DATE = (
    r"\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})\b|\d{4}[/-]\d{2}[/-]\d{2}\b"
    r"|\d{1,2}(?:st|nd|rd|th)?[ -](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"[a-z]*\.?,?[ -](?:\d{4}|\d{2})\b"
)
_WHOLE = re.compile(rf"(?:{DATE})(?:[ T]\d\d:\d\d(?::\d\d)?)?", re.I)
_PARTS = re.compile(r"\d+|[a-z]{3,}", re.I)


def read_date(value: object) -> date | None:
    """The day of a date cell, or of a text that is wholly a date with a day in it."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str) and 6 <= len(value) <= 30 and _WHOLE.fullmatch(value.strip()):
        return _from_text(value)
    return None


def could_be_birth(day: date, today: date) -> bool:
    """Whether someone born that day is between 0 and 25."""
    return today.year - MAX_AGE <= day.year and day <= today


def _from_text(text: str) -> date | None:
    first, second, third = _PARTS.findall(text.replace("th", "").replace("nd", ""))[:3]
    if len(first) == 4:
        first, third = third, first
    month = _MONTHS.index(second[:3].lower()) + 1 if second.isalpha() else int(second)
    year = int(third) + (2000 if len(third) == 2 else 0)
    try:
        return date(year, month, int(first))
    except ValueError:
        return _american(year, month, int(first))


def _american(year: int, day: int, month: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
