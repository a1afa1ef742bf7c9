"""A measure's chart as series over the terms held, for charts that can be edited."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dashboard.analysis.verdict import Verdicts
from dashboard.charts.chart import Chart
from dashboard.charts.description import describe
from dashboard.charts.flags import national_breaks, own_breaks
from dashboard.charts.marks import day
from dashboard.charts.trend import build_trend, drawn_beside
from dashboard.packs.pack import PackChart, PackSeries
from dashboard.packs.places import (
    Values,
    between_breaks,
    path_values,
    places_of,
    value_at,
)
from dashboard.pages.trend import subtitle, trend_chart
from dashboard.view import Line, MeasureView, Point
from dashboard.words.periods import day_words, period_shortest
from dashboard.words.values import listed
from schemas.measure import ANNUAL

_LIMITS = {
    "mean": "Average",
    "upper": "Upper limit of usual ups and downs",
    "lower": "Lower limit of usual ups and downs",
}


def pack_chart(view: MeasureView, verdicts: Verdicts, headline: str) -> PackChart | None:
    """None when there is no number to draw.

    Args:
        view: as published where the area has sent nothing, and without its months.
    """
    chart = _drawn(view, verdicts)
    if chart is None:
        return None
    places = places_of(view)
    beside = [_line_of(one.key, view) for one in chart.comparators]
    return PackChart(
        headline=headline,
        subtitle=subtitle(view, chart),
        alt=" ".join([describe(view, chart), *_how_placed(view, beside)]),
        categories=tuple(period_shortest(one.period, view.measure.basis) for one in places),
        series=(
            *_own(view, places),
            *(one for line in beside for one in _beside(view, places, line)),
            *_across(chart, view, places),
        ),
        percent=chart.percent,
        decimals=chart.decimals,
        low=chart.axis.low,
        high=chart.axis.high,
    )


def _drawn(view: MeasureView, verdicts: Verdicts) -> Chart | None:
    """The page's chart without what has no place here: months, intervals, and of the region and
    the neighbours one. Limits of months are not those of terms."""
    page = trend_chart(view, verdicts, frozenset())
    limits = () if page is None or verdicts.control.monthly else page.limits
    chart = build_trend(view, None, limits)
    if chart is None:
        return None
    keys = [one.key for one in chart.comparators]
    third = "neighbours" if "neighbours" in keys else "region"
    places = places_of(view)
    kept = tuple(
        one
        for one in chart.comparators
        if one.key in ("england", third) and _has_place(view, places, _line_of(one.key, view))
    )
    return replace(chart, comparators=kept, levels=())


def _line_of(key: str, view: MeasureView) -> Line:
    return next(line for line in drawn_beside(view) if line.key == key)


def _has_place(view: MeasureView, places: Sequence[Point], line: Line) -> bool:
    return any(value_at(place, line, view.measure) is not None for place in places)


def _own(view: MeasureView, places: Sequence[Point]) -> Iterator[PackSeries]:
    """One line for each stretch between days from which the area's figures were counted anew."""
    values: Values = tuple(one.value for one in places)
    yield from _stretches("own", view.settings.name, values, places, own_breaks(view.notes))


def _beside(view: MeasureView, places: Sequence[Point], line: Line) -> Iterator[PackSeries]:
    """Whole years and Januaries at their terms, each by itself; what is of the same periods as
    the area's own as a line."""
    values = tuple(value_at(place, line, view.measure) for place in places)
    label = "Neighbours" if line.key == "neighbours" else line.label
    note = f" ({line.note})" if line.key == "neighbours" and line.note else ""
    if _same_periods(places, line):
        breaks = national_breaks(view.notes)
        yield from _stretches(line.key, f"{label}{note}", values, places, breaks)
        return
    kind = ", whole years" if line.basis in ANNUAL else ", each January"
    yield PackSeries(line.key, f"{label}{kind}{note}", "year", values)


def _same_periods(places: Sequence[Point], line: Line) -> bool:
    return bool({one.period for one in places} & {one.period for one in line.points})


def _stretches(
    key: str, label: str, values: Values, places: Sequence[Point], breaks: Sequence[dt.date]
) -> Iterator[PackSeries]:
    found = [*between_breaks(values, places, breaks)]
    for index, (part, until) in enumerate(found):
        name = label if index == len(found) - 1 else f"{label}, before {day_words(until)}"
        yield PackSeries(key, name, "line", part)


def _across(chart: Chart, view: MeasureView, places: Sequence[Point]) -> Iterator[PackSeries]:
    """The target, the agreed path and the control chart's lines."""
    if chart.target:
        since = chart.target.since
        values = tuple(
            chart.target.value if since is None or day(one.end) >= since else None for one in places
        )
        yield PackSeries("target", chart.target.label, "target", values)
    if chart.path:
        note = f" ({chart.path.note})" if chart.path.note else ""
        label = f"{chart.path.label}{note}"
        yield PackSeries("path", label, "path", path_values(view, places))
    for limit in chart.limits:
        held = tuple(
            limit.value if limit.start <= day(one.end) <= limit.end else None for one in places
        )
        trial = " (trial)" if limit.trial else ""
        yield PackSeries(limit.key, f"{_LIMITS[limit.key]}{trial}", "limit", held)


def _how_placed(view: MeasureView, beside: Sequence[Line]) -> Iterator[str]:
    """Where numbers of other lengths of time stand."""
    apart = [line for line in beside if not _same_periods(places_of(view), line)]
    years = [line.label for line in apart if line.basis in ANNUAL]
    januaries = [line.label for line in apart if line.basis not in ANNUAL]
    if years:
        yield f"Each yearly figure of {listed(years)} is marked at every term of its year."
    if januaries:
        yield f"Each figure of {listed(januaries)} is marked at the term it was counted in."
