"""The newest term by each breakdown, as tables in the order of the sheets: never by size, since
the place of a hidden figure would give it away."""

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.charts.table import NONE, Cell, DataTable, unrounded
from dashboard.view import Breakdown, MeasureView, Part
from dashboard.words.periods import period_words
from dashboard.words.values import figure_words, number
from schemas.measure import Measure
from schemas.observation import JOIN


@dataclass(frozen=True)
class BreakdownTable:
    """`crossed` when more than one filter is used: many rows that few people need at once."""

    id: str
    title: str
    table: DataTable
    crossed: bool


def breakdown_tables(view: MeasureView) -> Iterator[BreakdownTable]:
    """By one filter first."""
    ordered = sorted(view.breakdowns, key=lambda one: one.id.count(JOIN))
    for one in ordered:
        if one.parts:
            table = _table(one, view.measure)
            yield BreakdownTable(one.id.replace(JOIN, "-"), one.title, table, JOIN in one.id)


def _table(breakdown: Breakdown, measure: Measure) -> DataTable:
    counts = ("Number counted", "Out of") if measure.is_rate else ()
    period = period_words(breakdown.period, measure.basis)
    return DataTable(
        caption=f"{measure.title} by {_lower(breakdown.title)}, {period}",
        headings=(breakdown.title, "Figure", *counts),
        rows=tuple(tuple(_row(part, measure)) for part in breakdown.parts),
    )


def _row(part: Part, measure: Measure) -> Iterator[Cell]:
    point = part.point
    yield Cell(part.label, part.label)
    raw = (point.symbol or "") if point.value is None else unrounded(point.value)
    yield Cell(figure_words(point, measure), raw)
    if measure.is_rate:
        for count in (point.numerator, point.denominator):
            yield Cell(NONE, "") if count is None else Cell(number(count, 0), unrounded(count))


def _lower(title: str) -> str:
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]
