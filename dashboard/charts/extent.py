"""How far a chart reaches: the values its axis must hold and the days it begins and ends."""

import datetime as dt
from collections.abc import Iterable, Iterator

from dashboard.charts.chart import Limit, Segment, Series, Target


def values_of(
    series: Iterable[Series], target: Target | None, limits: Iterable[Limit]
) -> Iterator[float]:
    """Every number that is drawn, the ends of its interval too."""
    for one in series:
        for mark in one.marks:
            yield mark.value
            yield from (end for end in (mark.low, mark.high) if end is not None)
        yield from (segment.value for segment in one.segments)
    if target:
        yield target.value
    yield from (limit.value for limit in limits)


def start_of(series: Series) -> dt.date:
    return series.segments[0].start if series.segments else series.marks[0].on


def end_of(series: Series) -> dt.date:
    last = series.last
    return last.end if isinstance(last, Segment) else last.on
