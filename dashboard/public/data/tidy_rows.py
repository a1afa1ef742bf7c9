"""The rows of a tidy table: what each is about, and its cells with a number or a symbol."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dashboard.charts.table import Raw
from dashboard.public.data.columns import TOTAL, FilterColumn, Indicator, cell, filter_column
from dashboard.public.data.places import Place
from dashboard.public.data.times import Time
from dashboard.public.figures import PublicFigure
from dashboard.public.release import LeftOut
from schemas.extract import ALL
from schemas.observation import JOIN
from schemas.symbol import Symbol

OWN, PUBLISHED = "Local partnership", "Published statistics"


@dataclass(frozen=True)
class RowKey:
    """Everything but the numbers; a filter that is not named has its total."""

    time: Time
    place: Place
    figures_from: str
    filters: tuple[tuple[str, str], ...]

    @property
    def sorts(self) -> tuple[object, ...]:
        return self.time, self.place.sorts, self.figures_from, len(self.filters), self.filters

    @property
    def shape(self) -> tuple[str, str, tuple[str, ...]]:
        """What rows have in common that differ by time, place and category only."""
        return self.time.covered, self.figures_from, tuple(name for name, _ in self.filters)

    @property
    def items(self) -> dict[str, str]:
        """What stands in each filter's column, where it is not the total."""
        ours = {"time_covered": self.time.covered, "figures_from": self.figures_from}
        return {**ours, **dict(self.filters)}


Found = dict[RowKey, dict[str, PublicFigure]]


class Gaps:
    """Why a cell has no number at all: the measure is left out for privacy (`c`), it is never
    counted so (`z`), or it is, but not this time (`x`)."""

    def __init__(self, found: Found, left_out: Iterable[LeftOut]) -> None:
        self._counted = {(name, row.shape) for row, figures in found.items() for name in figures}
        self._left_out = {(one.measure_id, _columns(one.breakdown)) for one in left_out}

    def symbol(self, measure_id: str, row: RowKey) -> str:
        if (measure_id, row.shape) in self._counted:
            return Symbol.x.value
        own = row.figures_from == OWN
        hidden = own and (measure_id, row.shape[2]) in self._left_out
        return Symbol.c.value if hidden else Symbol.z.value


def row_cells(
    row: RowKey,
    figures: dict[str, PublicFigure],
    filters: Sequence[FilterColumn],
    indicators: Sequence[Indicator],
    gaps: Gaps,
) -> Iterator[Raw]:
    yield from (row.time.period, row.time.identifier, *row.place.cells)
    yield from (row.items.get(one.name, TOTAL) for one in filters)
    for one in indicators:
        figure = figures.get(one.measure_id)
        yield cell(figure, one.part) if figure else gaps.symbol(one.measure_id, row)


def _columns(breakdown: str) -> tuple[str, ...]:
    names = breakdown.split(JOIN) if breakdown not in ("", ALL) else []
    return tuple(sorted(filter_column(name) for name in names))
