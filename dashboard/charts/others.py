"""Other areas' numbers, each at its own time: annual ones as segments, the rest as marks."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from dashboard.charts.chart import Level, Segment, Series
from dashboard.charts.extent import end_of
from dashboard.charts.flags import national_breaks
from dashboard.charts.hover import other_words
from dashboard.charts.marks import day, other_mark, runs
from dashboard.view import Line, MeasureView, Point
from dashboard.words.periods import period_words
from dashboard.words.values import short_value
from schemas.measure import ANNUAL, Measure


def other_series(lines: Iterable[Line], view: MeasureView, since: dt.date) -> Iterator[Series]:
    """Without what ended before the area's own numbers begin."""
    measure = view.measure
    breaks = national_breaks(view.notes)
    for line in lines:
        points = [p for p in line.points if p.value is not None and day(p.end) >= since]
        label, note = line.label, ""
        if line.key == "neighbours":
            label, note = "Neighbours", line.note
        if points and line.basis in ANNUAL:
            segments = (_segment(point, measure, line.basis, label) for point in points)
            yield Series(line.key, label, note, segments=tuple(segments))
        elif points:
            marked = partial(other_mark, measure=measure, basis=line.basis, name=label)
            yield Series(line.key, label, note, runs=tuple(runs(points, marked, breaks)))


def _segment(point: Point, measure: Measure, basis: str, name: str) -> Segment:
    assert point.value is not None
    period = period_words(point.period, basis)
    words = other_words(name, point, measure, basis)
    return Segment(day(point.start), day(point.end), point.value, period, words)


def levels(view: MeasureView, beside: Sequence[Series], until: dt.date) -> Iterator[Level]:
    """After a yearly number's period, its level as a thin line that names its year."""
    for series in beside:
        yearly = series.segments or all(len(run) == 1 for run in series.runs)
        start = end_of(series)
        if series.key == "published" or not yearly or start >= until:
            continue
        value = series.last.value
        words = f"{series.label} {start.year}: {short_value(value, view.measure)}"
        yield Level(series.key, value, start, until, words)
