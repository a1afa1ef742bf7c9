"""Stored times, which are in UTC, as days and words of the clock in Britain."""

import datetime as dt
from zoneinfo import ZoneInfo

UK = ZoneInfo("Europe/London")


def uk_time(stored: str) -> dt.datetime:
    """The stored time on the clock in Britain."""
    return dt.datetime.fromisoformat(stored).astimezone(UK)


def uk_day(stored: str) -> dt.date:
    return uk_time(stored).date()


def time_words(stored: str) -> str:
    """`22 November 2026, 9:30am`."""
    when = uk_time(stored)
    clock = f"{when.hour % 12 or 12}:{when.minute:02d}{'am' if when.hour < 12 else 'pm'}"
    return f"{when.day} {when:%B %Y}, {clock}"
