"""The chart of a measure with what stands round it: headline, key, lines to show, notes."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from dashboard.address import Address
from dashboard.analysis.spread import Kind, interval_of, kind_of
from dashboard.analysis.verdict import Verdicts
from dashboard.charts.chart import Chart, Limit, Series
from dashboard.charts.plotly_figure import plotly_figure
from dashboard.charts.svg import trend_svg
from dashboard.charts.trend import build_trend
from dashboard.pages.render import figure_json
from dashboard.pages.shell import Link
from dashboard.view import MeasureView, Point
from dashboard.words.headlines import change_headline, limits_sentence
from dashboard.words.values import measured_in

_MAY_HIDE = ("months", "published", "england", "region", "neighbours")


@dataclass(frozen=True)
class KeyItem:
    """One entry of the key: the kind of swatch and its words."""

    swatch: str
    words: str


def hidden_keys(address: Address) -> frozenset[str]:
    """The lines that `?hide=england,region` leaves out."""
    return frozenset(address.query.get("hide", "").split(",")) & frozenset(_MAY_HIDE)


def trend_chart(view: MeasureView, verdicts: Verdicts, hidden: frozenset[str]) -> Chart | None:
    """The description of the chart with intervals and limits, without what is hidden."""
    chart = build_trend(view, lambda point: _ends(view, point), [*_limits(verdicts)])
    if chart is None or not hidden:
        return chart
    return replace(
        chart,
        months=None if "months" in hidden else chart.months,
        comparators=tuple(one for one in chart.comparators if one.key not in hidden),
        levels=tuple(one for one in chart.levels if one.key not in hidden),
    )


def _ends(view: MeasureView, point: Point) -> tuple[float, float] | None:
    found = interval_of(point, view.measure)
    return (found.low, found.high) if found else None


def _limits(verdicts: Verdicts) -> Iterator[Limit]:
    control = verdicts.control
    if not control.drawn or control.chart is None:
        return
    chart, trial = control.chart, control.trial
    start = dt.date.fromisoformat(control.points[0].start)
    end = dt.date.fromisoformat(control.points[-1].end)
    for key, value in (("mean", chart.mean), ("upper", chart.upper), ("lower", chart.lower)):
        yield Limit(key, value, start, end, trial)


def trend_facts(
    address: Address,
    view: MeasureView,
    verdicts: Verdicts,
    chart: Chart,
    hidden: frozenset[str],
) -> dict[str, Any]:
    """What the template needs of the chart; both renderers draw the one description."""
    return {
        "headline": change_headline(verdicts.yearly if view.published_only else verdicts.change),
        "subtitle": subtitle(view, chart),
        "wide": trend_svg(chart, "wide", "trend"),
        "narrow": trend_svg(chart, "narrow", "trend"),
        "figure": figure_json(plotly_figure(chart, "wide"), plotly_figure(chart, "narrow")),
        "key": [*_key(chart, view.published_only)],
        "lines": [*_lines(address, view, chart, hidden)],
        "flags": chart.flags,
        "limits": limits_sentence(
            verdicts.control, view.settings.screened_limits, kind_of(view.measure) is Kind.stock
        ),
        "whiskers": any(mark.low is not None for mark in chart.own.marks),
    }


def subtitle(view: MeasureView, chart: Chart) -> str:
    """The statistical subtitle: unit, place and time."""
    about = f" ({view.headline_label})" if view.headline_label else ""
    first, last = chart.own.marks[0].period, chart.own.marks[-1].period
    return f"{measured_in(view.measure)}, {view.settings.name}{about}, {first} to {last}"


def _key(chart: Chart, published: bool) -> Iterator[KeyItem]:
    for series in chart.series:
        dots = not series.segments and all(len(run) == 1 for run in series.runs)
        yield KeyItem(
            f"{series.key}{' swatch-dots' if dots else ''}", _key_words(series, published)
        )
    if any(mark.hollow for mark in chart.own.marks):
        yield KeyItem("hollow", "Provisional")
    if any(mark.low is not None for mark in chart.own.marks):
        yield KeyItem("whisker", "95% interval: what chance alone could make of it")
    if chart.levels:
        yield KeyItem("level", "Thin line: the latest yearly figure, not a new one")
    if chart.limits:
        trial = " (trial limits: few figures)" if chart.limits[0].trial else ""
        yield KeyItem("limit", f"Average and limits of usual change{trial}")
    if chart.target:
        yield KeyItem("target", chart.target.label)


def _key_words(series: Series, published: bool) -> str:
    if series.key == "own":
        return f"{series.label}, {'published' if published else 'each term'}"
    if series.key in ("months", "path"):
        return f"{series.label} ({series.note})" if series.note else series.label
    kind = ""
    if series.segments:
        kind = ", whole years"
    elif all(len(run) == 1 for run in series.runs):
        kind = ", each January"
    note = f" ({series.note})" if series.note else ""
    return f"{series.label}{kind}{note}"


def _lines(
    address: Address, view: MeasureView, chart: Chart, hidden: frozenset[str]
) -> Iterator[Link]:
    """One choice for each line beside the area's own: shown now, or hidden."""
    names = {series.key: series.label for series in chart.series[1:] if series.key in _MAY_HIDE}
    names |= {key: _name(view, key) for key in hidden if _name(view, key)}
    for key in _MAY_HIDE:
        if key in names:
            others = hidden - {key} if key in hidden else hidden | {key}
            url = address.with_query(hide=",".join(sorted(others))).url
            yield Link(names[key], url, key not in hidden)


def _name(view: MeasureView, key: str) -> str:
    if key == "months":
        return "Each month" if view.months else ""
    return next((line.label for line in view.comparators if line.key == key), "")
