"""One small chart for each category of a breakdown, all on the same axis, so that they compare."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.axis import axis_words, value_axis
from dashboard.charts.bars import capital
from dashboard.charts.chart import Axis, Gap, Mark
from dashboard.charts.flags import own_breaks
from dashboard.charts.marks import day, gaps, own_mark, runs
from dashboard.view import MeasureView, Part
from dashboard.words.periods import period_short, period_words
from dashboard.words.values import figure_words
from schemas.measure import Measure

MOST = 12


@dataclass(frozen=True)
class Panel:
    """One category: its latest value in words, and its numbers in runs without a gap."""

    category: str
    label: str
    words: str
    runs: tuple[tuple[Mark, ...], ...]
    gaps: tuple[Gap, ...]


@dataclass(frozen=True)
class Multiples:
    """`low` and `high` are the axis's ends in words, `begins` and `ends` the first and last term.
    `left_out` counts categories for which there was no panel left."""

    id: str
    title: str
    period: str
    panels: tuple[Panel, ...]
    axis: Axis
    low: str
    high: str
    first: dt.date
    last: dt.date
    begins: str
    ends: str
    left_out: int


def build_multiples(view: MeasureView, breakdown: str) -> Multiples | None:
    """None without such a breakdown, or where no category has two numbers to draw a line from."""
    found = next((one for one in view.breakdowns if one.id == breakdown), None)
    if found is None or not any(_numbers(part) > 1 for part in found.parts):
        return None
    parts, measure = _chosen(found.parts), view.measure
    panels = tuple(_panel(part, view) for part in parts)
    values = [mark.value for panel in panels for run in panel.runs for mark in run]
    percent = measure.unit == "percent"
    axis = value_axis(values, measure.decimals, 100 if percent else None)
    ends = sorted({(p.start, p.end, p.period) for part in parts for p in part.history})
    return Multiples(
        id=found.id,
        title=found.title,
        period=period_words(found.period, measure.basis),
        panels=panels,
        axis=axis,
        low=axis_words(axis, axis.low, percent),
        high=axis_words(axis, axis.high, percent),
        first=day(ends[0][0]),
        last=day(ends[-1][1]),
        begins=_term(ends[0][2], measure.basis),
        ends=_term(ends[-1][2], measure.basis),
        left_out=len(found.parts) - len(parts),
    )


def _numbers(part: Part) -> int:
    return sum(point.value is not None for point in part.history)


def _chosen(parts: Sequence[Part]) -> Sequence[Part]:
    """All in their own order; of too many, those whose latest values are largest."""
    if len(parts) <= MOST:
        return parts
    return sorted(parts, key=lambda part: -(part.point.value or 0))[:MOST]


def _term(period: str, basis: str) -> str:
    """`Aut 2022/23`, as the axis of a trend has it."""
    name, _, year = period_short(period, basis).partition(" ")
    return f"{name[:3]} {year}"


def _panel(part: Part, view: MeasureView) -> Panel:
    measure: Measure = view.measure
    breaks = own_breaks(view.notes)
    found = runs(part.history, lambda point: own_mark(point, measure, None), breaks)
    return Panel(
        category=part.category,
        label=capital(part.label),
        words=figure_words(part.point, measure),
        runs=tuple(found),
        gaps=tuple(gaps(part.history)),
    )
