"""Which figures belong together: those since the last break, and those a year apart."""

import datetime as dt
from collections.abc import Iterable, Sequence
from enum import StrEnum

from dashboard.view import MeasureView, Point

FEW, ENOUGH, MANY = 3, 6, 12


class Tier(StrEnum):
    """What so many figures allow us to say."""

    counting = "counting"
    early = "early"
    trial = "trial"
    full = "full"


def tier_of(numbers: int) -> Tier:
    """0 to 2, 3 to 5, 6 to 11, 12 or more."""
    if numbers < FEW:
        return Tier.counting
    if numbers < ENOUGH:
        return Tier.early
    return Tier.trial if numbers < MANY else Tier.full


def break_days(view: MeasureView, more: Iterable[dt.date] = ()) -> tuple[dt.date, ...]:
    """The days that part figures: notes that say so, and days the caller knows of."""
    return tuple(sorted({*(note.on for note in view.notes if note.breaks), *more}))


def broke_between(before: Point, now: Point, days: Iterable[dt.date]) -> dt.date | None:
    """The last break after the first day of `before` and not after the last day of `now`."""
    inside = [day for day in days if before.start < day.isoformat() <= now.end]
    return max(inside, default=None)


def since_last_break(points: Sequence[Point], days: Iterable[dt.date]) -> tuple[Point, ...]:
    """The newest run: points that began on the day of the last break or later."""
    last = points[-1].end if points else ""
    start = max((day.isoformat() for day in days if day.isoformat() <= last), default="")
    return tuple(point for point in points if point.start >= start)


def numbers_in(points: Iterable[Point]) -> tuple[Point, ...]:
    """The points that are numbers: a symbol or a gap is left out."""
    return tuple(point for point in points if point.value is not None)


def point_at(points: Iterable[Point], period: str) -> Point | None:
    return next((point for point in points if point.period == period), None)
