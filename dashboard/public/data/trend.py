"""A measure’s chart for everyone: only shown figures give it shape, and words say the same."""

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.analysis.spread import interval_of
from dashboard.charts.chart import Chart, Flag, Series
from dashboard.charts.description import describe
from dashboard.charts.svg import trend_svg
from dashboard.charts.trend import build_trend
from dashboard.view import MeasureView, Point
from dashboard.words.values import format_value, measured_in


@dataclass(frozen=True)
class Trend:
    """Everything round a chart: `key` has a swatch and words for each line."""

    headline: str
    subtitle: str
    said: str
    key: tuple[tuple[str, str], ...]
    wide: str
    narrow: str
    flags: tuple[Flag, ...]


def trend_of(view: MeasureView) -> Trend | None:
    """None when there is no shown figure to draw."""
    chart = build_trend(view, lambda point: _ends(point, view))
    if chart is None:
        return None
    return Trend(
        headline=_headline(view, chart),
        subtitle=_subtitle(view, chart),
        said=describe(view, chart),
        key=tuple(_key(chart)),
        wide=trend_svg(chart, "wide", "trend"),
        narrow=trend_svg(chart, "narrow", "trend"),
        flags=chart.flags,
    )


def _ends(point: Point, view: MeasureView) -> tuple[float, float] | None:
    found = interval_of(point, view.measure)
    return (found.low, found.high) if found else None


def _headline(view: MeasureView, chart: Chart) -> str:
    """`72.5% in Summer 2025/26, from 68.1% in Autumn 2024/25`: judges nothing, and says nothing
    across a gap or a break."""
    marks = chart.own.runs[-1]
    last = f"{format_value(marks[-1].value, view.measure)} in {marks[-1].period}"
    if len(marks) == 1:
        return last
    return f"{last}, from {format_value(marks[0].value, view.measure)} in {marks[0].period}"


def _subtitle(view: MeasureView, chart: Chart) -> str:
    about = f" ({view.headline_label})" if view.headline_label else ""
    first, last = chart.own.marks[0].period, chart.own.marks[-1].period
    return f"{measured_in(view.measure)}, {view.settings.name}{about}, {first} to {last}"


def _key(chart: Chart) -> Iterator[tuple[str, str]]:
    for series in chart.series:
        yield f"{series.key}{' swatch-dots' if _is_dots(series) else ''}", _words(series)
    if any(mark.hollow for mark in chart.own.marks):
        yield "hollow", "Provisional"
    if any(mark.low is not None for mark in chart.own.marks):
        yield "whisker", "95% interval: what chance alone could make of it"
    if chart.levels:
        yield "level", "Thin line: the latest yearly figure, not a new one"
    if chart.target:
        yield "target", chart.target.label


def _is_dots(series: Series) -> bool:
    return not series.segments and all(len(run) == 1 for run in series.runs)


def _words(series: Series) -> str:
    if series.key == "own":
        return f"{series.label}, each term"
    if series.key == "months":
        return series.label
    kind = ", whole years" if series.segments else ", each January" if _is_dots(series) else ""
    return f"{series.label}{kind}{f' ({series.note})' if series.note else ''}"
