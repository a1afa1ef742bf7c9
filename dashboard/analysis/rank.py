"""Where an area stands among others: ranks that ties share, and whose interval its own meets."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from dashboard.analysis.intervals import proportion_intervals, rate_intervals
from dashboard.analysis.reason import Reason
from dashboard.analysis.spread import Kind, counts_of, kind_of, why_no_interval
from dashboard.view import Point
from schemas.measure import Measure


@dataclass(frozen=True)
class Rank:
    """`place` 1 is first; `joint` when other areas have the same."""

    place: int
    joint: bool


class Span(NamedTuple):
    """The ends of an area's 95% interval, in the measure's unit."""

    low: float
    high: float


@dataclass(frozen=True)
class Apart:
    """Of the other areas with an interval: how many lie clearly below an area, how many clearly
    above, and how many its own interval meets."""

    below: int
    above: int
    alike: int

    @property
    def others(self) -> int:
        return self.below + self.above + self.alike


def rank_values(values: Mapping[str, float], decimals: int, highest_first: bool) -> dict[str, Rank]:
    """A rank for each key. Values that read the same when they are rounded share a rank."""
    shown = {key: _as_read(value, decimals) for key, value in values.items()}
    many = Counter(shown.values())
    places, place = {}, 1
    for value in sorted(many, reverse=highest_first):
        places[value] = place
        place += many[value]
    return {key: Rank(places[value], many[value] > 1) for key, value in shown.items()}


def _as_read(value: float, decimals: int) -> Decimal:
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def area_spans(points: Mapping[str, Point], measure: Measure) -> dict[str, Span]:
    """The interval of each area that can have one, all worked out at once."""
    counted = {
        key: counts
        for key, point in points.items()
        if (counts := counts_of(point)) and why_no_interval(point, measure) is None
    }
    if not counted:
        return {}
    make = proportion_intervals if kind_of(measure) is Kind.share else rate_intervals
    numbers = [counts.number for counts in counted.values()]
    low, high = make(numbers, [counts.of for counts in counted.values()], measure.multiplier)
    ends = zip(low, high, strict=True)
    return {key: Span(float(a), float(b)) for key, (a, b) in zip(counted, ends, strict=True)}


def why_no_spans(points: Iterable[Point], measure: Measure) -> Reason | None:
    """Why no area has an interval; None when one of them has."""
    reasons = [why_no_interval(point, measure) for point in points]
    return None if None in reasons or not reasons else reasons[0]


def set_apart(own: Span, others: Iterable[Span]) -> Apart:
    """Intervals that touch count as meeting."""
    below = above = alike = 0
    for other in others:
        if other.high < own.low:
            below += 1
        elif other.low > own.high:
            above += 1
        else:
            alike += 1
    return Apart(below, above, alike)
