"""The numbers of the SEND gap as a table: here and in England, one group of pupils a row."""

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.analysis.sen_gap import set_beside
from dashboard.views.categories import category_label
from dashboard.views.gaps import BY, GROUPS, BySen, SenGap
from dashboard.words.sen_gap import sen_difference
from dashboard.words.values import capital, figure_words, number

NONE = "no figure"
_BASE = GROUPS[-1]


@dataclass(frozen=True)
class SenRow:
    """One group of pupils in the table; every text is ready to be read."""

    group: str
    own: str
    counted: str
    out_of: str
    gap: str
    england: str
    england_gap: str


def sen_rows(gap: SenGap) -> Iterator[SenRow]:
    for category in GROUPS:
        point = gap.own.points.get(category)
        counted = point if point and point.value is not None else None
        yield SenRow(
            group=category_label(gap.measure, BY, category),
            own=sen_figure(gap, gap.own, category),
            counted=_count(counted.numerator if counted else None),
            out_of=_count(counted.denominator if counted else None),
            gap=_gap_cell(gap, gap.own, category),
            england=sen_figure(gap, gap.england, category),
            england_gap=_gap_cell(gap, gap.england, category),
        )


def sen_figure(gap: SenGap, side: BySen | None, category: str) -> str:
    point = side.points.get(category) if side else None
    return figure_words(point, gap.measure) if point else NONE


def difference_words(gap: SenGap, side: BySen | None, category: str) -> str:
    points = side.points if side else {}
    return sen_difference(set_beside(points.get(category), points.get(_BASE)), gap.measure)


def _gap_cell(gap: SenGap, side: BySen | None, category: str) -> str:
    if category == _BASE:
        return "–"
    return capital(difference_words(gap, side, category)) or "Not shown"


def _count(value: float | None) -> str:
    return NONE if value is None else number(value, 0)
