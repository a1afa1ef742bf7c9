"""A chart in words, made from the numbers it shows: what a person hears who cannot see it."""

import datetime as dt
from collections.abc import Iterator

from dashboard.charts.chart import Chart, Flag, Limit, Mark, Segment, Series
from dashboard.view import MeasureView
from dashboard.words.periods import day_words, period_short
from dashboard.words.values import (
    format_value,
    listed,
    possessive,
    round_value,
    short_value,
    symbol_words,
)
from schemas.measure import Measure


def describe(view: MeasureView, chart: Chart) -> str:
    """First to latest, highest and lowest, how sure, others' latest, what is missing, notes, the
    axis: what is drawn and nothing that is not."""
    measure = view.measure
    said = [
        *_own(chart, measure),
        *_interval(chart.own, measure),
        *_beside(chart, measure),
        *_path(chart, measure),
        *_missing(view),
        *_limits(chart.limits, measure),
        *_flags(chart.flags),
    ]
    if chart.axis.low > 0:
        said.append(f"The upright axis starts at {round_value(chart.axis.low, measure)}, not at 0.")
    return " ".join(said)


def reading_notes(chart: Chart) -> Iterator[str]:
    """How to read the marks where no key stands beside the picture, and every numbered note."""
    if how := " ".join(_how_to_read(chart)):
        yield how
    for flag in chart.flags:
        breaks = " Figures on either side are not compared." if flag.breaks else ""
        yield f"{flag.number}: {day_words(flag.on.isoformat())}. {flag.words}{breaks}"


def _how_to_read(chart: Chart) -> Iterator[str]:
    published = next((one for one in chart.comparators if one.key == "published"), None)
    if published:
        yield f"Open squares: {published.label}."
    if any(mark.hollow for mark in chart.own.marks):
        yield "Hollow circle: provisional."
    if any(mark.low is not None for mark in chart.own.marks):
        yield "Upright line through a mark: 95% interval, what chance alone could make of it."
    if chart.months:
        yield "Thin line without marks: each month."
    if chart.path:
        yield f"Broken line with open diamonds: {_named(chart.path).lower()}."
    if chart.levels:
        yield "Thin broken line: the latest yearly figure, not a new one."
    if chart.limits:
        trial = " (trial limits: few figures)" if chart.limits[0].trial else ""
        yield f"Thin lines across: average and limits of usual change{trial}."
    if chart.axis.low > 0:
        yield "The upright axis does not start at 0."


def _own(chart: Chart, measure: Measure) -> Iterator[str]:
    """Of the figures since the last break: those before it are not compared with them."""
    own, since = chart.own, _last_break(chart)
    marks = [mark for mark in own.marks if since is None or mark.on >= since]
    first, last = marks[0], marks[-1]
    ends = " (provisional)" if last.hollow else ""
    opening = f"Since {day_words(since.isoformat())} " if since else ""
    if len(marks) == 1:
        yield f"{opening}{possessive(own.label)} only figure is {_at(last, measure)}{ends}."
        return
    how = _went(first.value, last.value)
    yield f"{opening}{own.label} {how} {_at(first, measure)} to {_at(last, measure)}{ends}."
    highest = max(marks, key=lambda mark: mark.value)
    lowest = min(marks, key=lambda mark: mark.value)
    if len(marks) > 2 and highest.value != lowest.value:
        yield f"The highest was {_at(highest, measure)}, the lowest {_at(lowest, measure)}."
    if early := [mark.period for mark in marks[:-1] if mark.hollow]:
        yield f"Also provisional: {listed(early)}."


def _last_break(chart: Chart) -> dt.date | None:
    """The last break that has a figure after it."""
    newest = chart.own.marks[-1].on
    return max((flag.on for flag in chart.flags if flag.breaks and flag.on <= newest), default=None)


def _went(first: float, last: float) -> str:
    if last > first:
        return "rose from"
    return "fell from" if last < first else "went from"


def _at(mark: Mark | Segment, measure: Measure) -> str:
    joint = "for" if isinstance(mark, Segment) else "in"
    return f"{format_value(mark.value, measure)} {joint} {mark.period}"


def _interval(own: Series, measure: Measure) -> Iterator[str]:
    """The latest that is drawn; the others stand in the data."""
    drawn = [mark for mark in own.marks if mark.low is not None]
    if drawn:
        yield f"95% intervals are drawn; the latest is {_ends(drawn[-1], measure)}."


def _ends(mark: Mark, measure: Measure) -> str:
    low, high = ("" if end is None else short_value(end, measure) for end in (mark.low, mark.high))
    return f"{low} to {high}"


def _beside(chart: Chart, measure: Measure) -> Iterator[str]:
    """Every line that is drawn beside the area's own is said."""
    parts = [f"{_named(one)} {_at(one.last, measure)}" for one in chart.comparators]
    if parts:
        yield f"Latest published figures: {listed(parts)}."
    if chart.months:
        yield f"Each month is drawn too; the latest is {_at(chart.months.last, measure)}."
    if chart.target:
        yield f"{chart.target.label}."


def _path(chart: Chart, measure: Measure) -> Iterator[str]:
    """What was agreed, from where to where."""
    if chart.path is None:
        return
    marks = chart.path.marks
    ends = [_at(mark, measure) for mark in (marks[0], marks[-1])]
    way = f"goes from {ends[0]} to {ends[1]}" if len(marks) > 1 else f"has {ends[0]}"
    yield f"The {_named(chart.path).lower()} {way}."


def _named(series: Series) -> str:
    return f"{series.label} ({series.note})" if series.note else series.label


def _missing(view: MeasureView) -> Iterator[str]:
    reasons: dict[str, list[str]] = {}
    basis = view.measure.basis
    for point in view.terms.points:
        if point.value is None:
            words = period_short(point.period, basis)
            reasons.setdefault(symbol_words(point.symbol), []).append(words)
    for label in view.missing_terms:
        reasons.setdefault("not sent", []).append(period_short(label, basis))
    for reason, periods in reasons.items():
        span = listed(periods) if len(periods) < 4 else f"{periods[0]} to {periods[-1]}"
        yield f"No figure for {span}: {reason}."


def _limits(limits: tuple[Limit, ...], measure: Measure) -> Iterator[str]:
    """A limit that nothing can reach is not drawn, and not said."""
    names = {"mean": "the average", "upper": "the upper limit", "lower": "the lower limit"}
    parts = [f"{names[one.key]} {short_value(one.value, measure)}" for one in limits]
    if parts:
        kind = "Trial lines" if limits[0].trial else "Lines"
        yield f"{kind} of usual change: {listed(parts)}."


def _flags(flags: tuple[Flag, ...]) -> Iterator[str]:
    """Where the numbered notes stand; their words are listed below the chart."""
    days = [f"{day_words(flag.on.isoformat())} ({flag.number})" for flag in flags]
    if days:
        yield f"Note{'s' if len(days) > 1 else ''} at {listed(days)}."
    breaks = [day_words(flag.on.isoformat()) for flag in flags if flag.breaks]
    if breaks:
        yield f"Figures on either side of {listed(breaks)} are not compared."
