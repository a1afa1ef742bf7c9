"""A measure over real time: the area's terms, and others' numbers each at its own time."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from dashboard.charts.axis import value_axis
from dashboard.charts.chart import Chart, Level, Segment, Series, Target, Tick
from dashboard.charts.marks import day, gaps, middle, runs, with_missing
from dashboard.view import Line, MeasureView, Point
from dashboard.words.periods import period_words
from dashboard.words.values import round_value, short_value
from schemas.measure import Measure
from schemas.term import Term, parse_period

ANNUAL = ("calendar_year", "academic_year", "financial_year")
_BESIDE = ("england", "region", "neighbours", "published")


def build_trend(view: MeasureView) -> Chart | None:
    """The description of the trend chart; None when the area has no number to draw."""
    points = with_missing(view)
    own = Series("own", view.settings.name, runs=tuple(runs(points, view.measure.basis)))
    if not own.marks:
        return None
    months = view.months and Series(
        "months", "Each month", runs=tuple(runs(view.months.points, view.measure.basis))
    )
    first, last = day(points[0].start), day(points[-1].end)
    beside = tuple(_comparators(view, first))
    last = max([last, *(_end(series) for series in beside)])
    drawn = [own, *([months] if months and months.marks else []), *beside]
    target = _target(view.measure)
    values = [*_values(drawn), *([target.value] if target else [])]
    percent = view.measure.unit == "percent"
    return Chart(
        first=min([first, *(_start(series) for series in drawn)]),
        last=last,
        ticks=tuple(_ticks(points, view.measure.basis)),
        axis=value_axis(values, view.measure.decimals, 100 if percent else None),
        percent=percent,
        decimals=view.measure.decimals,
        own=own,
        months=months if months and months.marks else None,
        comparators=beside,
        levels=tuple(_levels(view, beside, last)),
        gaps=tuple(gaps(points)),
        target=target,
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


def _comparators(view: MeasureView, since: dt.date) -> Iterator[Series]:
    for line in drawn_beside(view):
        points = [p for p in line.points if p.value is not None and day(p.end) >= since]
        label, note = line.label, ""
        if line.key == "neighbours":
            label, note = "Neighbours", line.note
        if points and line.basis in ANNUAL:
            segments = (_segment(point, line.basis) for point in points)
            yield Series(line.key, label, note, segments=tuple(segments))
        elif points:
            yield Series(line.key, label, note, runs=tuple(runs(points, line.basis)))


def _segment(point: Point, basis: str) -> Segment:
    assert point.value is not None
    words = period_words(point.period, basis)
    return Segment(day(point.start), day(point.end), point.value, words)


def _levels(view: MeasureView, beside: Sequence[Series], until: dt.date) -> Iterator[Level]:
    """After a yearly number's period, its level as a thin line that names its year."""
    for series in beside:
        yearly = series.segments or all(len(run) == 1 for run in series.runs)
        start = _end(series)
        if series.key == "published" or not yearly or start >= until:
            continue
        value = series.last.value
        words = f"{series.label} {start.year}: {short_value(value, view.measure)}"
        yield Level(series.key, value, start, until, words)


def _ticks(points: Sequence[Point], basis: str) -> Iterator[Tick]:
    for point in points:
        term = parse_period(point.period)
        assert isinstance(term, Term)
        name, year = term.short_title.split(" ")
        yield Tick(middle(point), name, year)


def _target(measure: Measure) -> Target | None:
    if measure.target is None:
        return None
    value = measure.target.value
    kind = {"statutory": "Legal duty", "national": "National target", "local": "Local target"}
    words = f"{kind[measure.target.kind]}: {round_value(value, measure)}"
    return Target(value, words, measure.target.since_on)


def _values(series: Iterable[Series]) -> Iterator[float]:
    for one in series:
        yield from (mark.value for mark in one.marks)
        yield from (segment.value for segment in one.segments)


def _start(series: Series) -> dt.date:
    return series.segments[0].start if series.segments else series.marks[0].on


def _end(series: Series) -> dt.date:
    last = series.last
    return last.end if isinstance(last, Segment) else last.on
