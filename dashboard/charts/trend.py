"""A measure over real time: the area's terms, and others' numbers each at its own time."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from dashboard.charts.axis import value_axis
from dashboard.charts.chart import Chart, Limit, Mark, Series, Target, Tick
from dashboard.charts.extent import end_of, start_of, values_of
from dashboard.charts.flags import flags, own_breaks
from dashboard.charts.hover import Interval
from dashboard.charts.marks import (
    day,
    gaps,
    middle,
    other_mark,
    own_mark,
    runs,
    with_missing,
)
from dashboard.charts.others import levels, other_series
from dashboard.charts.path import path_series, path_ticks
from dashboard.view import Line, MeasureView, Point
from dashboard.words.values import round_value
from schemas.measure import ANNUAL, Measure
from schemas.term import Term, parse_period

_BESIDE = ("england", "region", "neighbours", "published")

Intervals = Callable[[Point], Interval | None]


def build_trend(
    view: MeasureView, intervals: Intervals | None = None, limits: Sequence[Limit] = ()
) -> Chart | None:
    """The description of the trend chart; None when the area has no number to draw.

    Args:
        intervals: gives a point's 95% interval, or None where it may have none.
        limits: a control chart's mean and limits; one that no value can reach is not drawn.
    """
    points = with_missing(view)
    own = _own(view, points, intervals)
    if not own.marks:
        return None
    months = _months(view)
    beside = tuple(other_series(drawn_beside(view), view, day(points[0].start)))
    path = path_series(view)
    drawn = [own, *([months] if months else []), *beside, *([path] if path else [])]
    first = min([day(points[0].start), *(start_of(series) for series in drawn)])
    last = max([day(points[-1].end), *(end_of(series) for series in beside)])
    reach = max(last, end_of(path)) if path else last
    target, kept = _target(view.measure), tuple(_reachable(limits, view.measure))
    percent = view.measure.unit == "percent"
    values = [*values_of(drawn, target, kept)]
    return Chart(
        first=first,
        last=reach,
        ticks=(*_ticks(points), *path_ticks(view)),
        axis=value_axis(values, view.measure.decimals, 100 if percent else None),
        percent=percent,
        decimals=view.measure.decimals,
        own=own,
        months=months,
        comparators=beside,
        levels=tuple(levels(view, beside, last)),
        gaps=tuple(gaps(points)),
        target=target,
        limits=kept,
        flags=flags(view.notes, first, reach),
        path=path,
    )


def drawn_beside(view: MeasureView) -> tuple[Line, ...]:
    """The comparators that may share the axis, at most one line for each: on the measure's own
    basis, else annual ones whose level a term's may be set beside."""
    chosen = []
    for key in _BESIDE:
        lines = [line for line in view.comparators if line.key == key and line.comparable]
        if view.measure.unit == "count" and key != "published":
            continue
        same = [line for line in lines if line.basis == view.measure.basis]
        annual = [line for line in lines if _may_stand_beside(line, view.measure)]
        chosen += (same or annual)[:1]
    return tuple(chosen)


def _may_stand_beside(line: Line, measure: Measure) -> bool:
    """An annual share may; a year's count, or a rate that grows through the year, may not."""
    grows = measure.unit == "count" or measure.source.denominator_once
    return line.basis in ANNUAL and "rolling3" in measure.bases and not grows


def _own(view: MeasureView, points: Sequence[Point], intervals: Intervals | None) -> Series:
    def marked(point: Point) -> Mark:
        return own_mark(point, view.measure, intervals(point) if intervals else None)

    found = runs(points, marked, own_breaks(view.notes))
    return Series("own", view.settings.name, runs=tuple(found))


def _months(view: MeasureView) -> Series | None:
    if view.months is None:
        return None
    name = view.settings.name
    marked = partial(other_mark, measure=view.measure, basis=view.measure.basis, name=name)
    found = tuple(runs(view.months.points, marked, own_breaks(view.notes)))
    return Series("months", "Each month", runs=found) if found else None


def _reachable(limits: Sequence[Limit], measure: Measure) -> Iterator[Limit]:
    """No share is below 0% or above 100%, and nothing is counted or waited for below 0."""
    highest = 100.0 if measure.unit == "percent" else float("inf")
    return (limit for limit in limits if 0 <= limit.value <= highest)


def _ticks(points: Sequence[Point]) -> Iterator[Tick]:
    for point in points:
        term = parse_period(point.period)
        if isinstance(term, Term):
            name, year = term.short_title.split(" ")
        else:
            name, year = "", point.end[:4]
        yield Tick(middle(point), name, year)


def _target(measure: Measure) -> Target | None:
    if measure.target is None:
        return None
    value = measure.target.value
    kind = {"statutory": "Legal duty", "national": "National target", "local": "Local target"}
    words = f"{kind[measure.target.kind]}: {round_value(value, measure)}"
    return Target(value, words, measure.target.since_on)
