"""Which two figures may be set side by side, because they are of the same basis and period."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dashboard.view import Line, MeasureView, Point
from schemas.term import Season, Term, parse_period


@dataclass(frozen=True)
class Pair:
    own: Point
    own_line: Line
    other: Point
    other_line: Line


def newest_pair(view: MeasureView, others: Iterable[Line], period: str = "") -> Pair | None:
    """The newest permitted pair: the same basis and period, the last three terms beside the same
    calendar year, or a whole school year's terms beside the same school year. Of the same period
    the area's own figures go before the published ones. A `period` leaves only its pairs."""
    pairs = [pair for line in others for pair in _pairs(view, line)]
    pairs = [pair for pair in pairs if period in ("", pair.other.period)]
    return max(pairs, key=lambda p: (p.other.end, p.own_line.key == "own"), default=None)


def _pairs(view: MeasureView, other: Line) -> Iterator[Pair]:
    published = [line for line in view.comparators if line.key == "published"]
    for own in (view.terms, *view.sums, *published):
        found = {_when(point, own, other): point for point in other.points}
        for point in own.points:
            beside = found.get(_when(point, own, other))
            if beside and (own.basis == other.basis or _may_cross(point, own, other)):
                yield Pair(point, own, beside, other)


def _when(point: Point, own: Line, other: Line) -> tuple[str, ...]:
    """Figures of one basis are matched by their period, others by their first and last day."""
    return (point.period,) if own.basis == other.basis else (point.start, point.end)


def _may_cross(point: Point, own: Line, other: Line) -> bool:
    if (own.basis, other.basis) == ("rolling3", "calendar_year"):
        return True
    term = parse_period(point.period)
    whole_year = isinstance(term, Term) and term.season is Season.summer
    return whole_year and (own.basis, other.basis) == ("ytd", "academic_year")
