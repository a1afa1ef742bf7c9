"""A chart in words, made from the numbers it shows: what a person hears who cannot see it."""

from collections.abc import Iterator

from dashboard.charts.chart import Chart, Mark, Segment, Series
from dashboard.view import MeasureView
from dashboard.words.periods import period_short
from dashboard.words.values import format_value, listed, possessive, round_value, symbol_words
from schemas.measure import Measure


def describe(view: MeasureView, chart: Chart) -> str:
    """First to latest, highest and lowest, others' latest, what is missing, the axis."""
    said = [*_own(chart.own, view.measure), *_beside(chart, view.measure), *_missing(view)]
    if chart.axis.low > 0:
        start = round_value(chart.axis.low, view.measure)
        said.append(f"The upright axis starts at {start}, not at 0.")
    return " ".join(said)


def _own(own: Series, measure: Measure) -> Iterator[str]:
    marks = own.marks
    first, last = marks[0], marks[-1]
    ends = " (provisional)" if last.hollow else ""
    if len(marks) == 1:
        yield f"{possessive(own.label)} only figure is {_at(last, measure)}{ends}."
        return
    how = _went(first.value, last.value)
    yield f"{own.label} {how} {_at(first, measure)} to {_at(last, measure)}{ends}."
    highest = max(marks, key=lambda mark: mark.value)
    lowest = min(marks, key=lambda mark: mark.value)
    if len(marks) > 2 and highest.value != lowest.value:
        yield f"The highest was {_at(highest, measure)}, the lowest {_at(lowest, measure)}."


def _went(first: float, last: float) -> str:
    if last > first:
        return "rose from"
    return "fell from" if last < first else "went from"


def _at(mark: Mark | Segment, measure: Measure) -> str:
    joint = "for" if isinstance(mark, Segment) else "in"
    return f"{format_value(mark.value, measure)} {joint} {mark.period}"


def _beside(chart: Chart, measure: Measure) -> Iterator[str]:
    """Every line that is drawn beside the area's own is said."""
    parts = [f"{_named(one)} {_at(one.last, measure)}" for one in chart.comparators]
    if parts:
        yield f"Latest published figures: {listed(parts)}."
    if chart.target:
        yield f"{chart.target.label}."


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
