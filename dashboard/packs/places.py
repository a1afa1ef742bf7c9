"""Where a number stands on an axis of terms: each at the terms that its own time covers."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import pairwise

from dashboard.charts.marks import day, middle, with_missing
from dashboard.charts.path import path_line
from dashboard.view import Line, MeasureView, Point
from schemas.measure import ANNUAL, Measure
from schemas.term import Term, parse_period

Values = tuple[float | None, ...]


def places_of(view: MeasureView) -> tuple[Point, ...]:
    """The area's own periods, terms that were not sent, and those its agreed path runs on to."""
    held = with_missing(view)
    path = path_line(view)
    last = parse_period(held[-1].period) if held else None
    end = parse_period(path.points[-1].period) if path else None
    while isinstance(last, Term) and isinstance(end, Term) and last < end:
        last = last.shifted(1)
        held.append(_to_come(last, view.measure))
    return tuple(held)


def value_at(place: Point, line: Line, measure: Measure) -> float | None:
    """The line's number of the same period; of the year that a term's middle lies in; of a day in
    the term."""
    same = next((one for one in line.points if one.period == place.period), None)
    if same:
        return same.value
    window = _window(place, measure)
    if window is None:
        return None
    centre = window[0] + (window[1] - window[0]) / 2
    for point in reversed(line.points):
        start, end = day(point.start), day(point.end)
        annual = line.basis in ANNUAL
        if start <= centre <= end if annual else window[0] <= end <= window[1]:
            return point.value
    return None


def path_values(view: MeasureView, places: Sequence[Point]) -> Values:
    """What was agreed, and on the straight line between in the terms between."""
    line = path_line(view)
    places_by = {one.period: index for index, one in enumerate(places)}
    values: list[float | None] = [None] * len(places)
    agreed = [
        (places_by[x.period], x.value)
        for x in (line.points if line else ())
        if x.period in places_by
    ]
    for at, value in agreed:
        values[at] = value
    for (first, low), (last, high) in pairwise(agreed):
        for at in range(first + 1, last):
            assert low is not None
            assert high is not None
            values[at] = low + (high - low) * (at - first) / (last - first)
    return tuple(values)


def between_breaks(
    values: Values, places: Sequence[Point], breaks: Sequence[dt.date]
) -> Iterator[tuple[Values, str]]:
    """The values stretch by stretch, None outside it, and the day of the break that ends it; a
    stretch without a number is left out."""
    ends = sorted({*breaks, dt.date.max})
    start = dt.date.min
    for end in ends:
        part = tuple(
            value if start <= middle(place) < end else None
            for value, place in zip(values, places, strict=True)
        )
        if any(value is not None for value in part):
            yield part, end.isoformat()
        start = end


def _window(place: Point, measure: Measure) -> tuple[dt.date, dt.date] | None:
    """The whole term, for a count on its last day too."""
    term = parse_period(place.period)
    if not isinstance(term, Term):
        return None
    window = term.window(measure.clock)
    return window.start, window.end


def _to_come(term: Term, measure: Measure) -> Point:
    window = term.window(measure.clock)
    start = window.end if measure.basis == "snapshot" else window.start
    dates = start.isoformat(), window.end.isoformat()
    return Point(term.label, *dates, None, None, None, None, "", "", "", "")
