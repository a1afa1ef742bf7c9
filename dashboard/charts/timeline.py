"""A timeline of actions before it is drawn: bars over months, today, and how each one stands."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

_ROOM = dt.timedelta(days=20)  # on either side


@dataclass(frozen=True)
class TimelineBar:
    """One action. `start` and `finish` are None where the plan names no month; `mark` is its
    status, or `overdue`, and names the shape at its end."""

    number: str
    words: str
    start: dt.date | None
    finish: dt.date | None
    mark: str


@dataclass(frozen=True)
class Timeline:
    """Bars in their order, and the days that the picture begins and ends with."""

    bars: tuple[TimelineBar, ...]
    today: dt.date
    first: dt.date
    last: dt.date

    @property
    def years(self) -> tuple[dt.date, ...]:
        """Each first of January that is shown."""
        days = (dt.date(year, 1, 1) for year in range(self.first.year, self.last.year + 1))
        return tuple(day for day in days if self.first <= day <= self.last)

    @property
    def quarters(self) -> tuple[dt.date, ...]:
        """The first days of the other quarters."""
        days = (
            dt.date(year, month, 1)
            for year in range(self.first.year, self.last.year + 1)
            for month in (4, 7, 10)
        )
        return tuple(day for day in days if self.first <= day <= self.last)


def build_timeline(bars: Sequence[TimelineBar], today: dt.date) -> Timeline | None:
    """The bars that have a day, with today in sight; None when there is none."""
    dated = tuple(bar for bar in bars if bar.start or bar.finish)
    days = [day for bar in dated for day in (bar.start, bar.finish) if day]
    if not days:
        return None
    return Timeline(dated, today, min(*days, today) - _ROOM, max(*days, today) + _ROOM)
