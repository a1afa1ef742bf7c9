"""Whether two figures of one measure differ by more than chance."""

from dataclasses import dataclass
from enum import Enum

from dashboard.analysis.intervals import (
    Counts,
    Interval,
    proportion_difference,
    rate_change_p,
)
from dashboard.analysis.spread import Kind, counts_of, kind_of
from dashboard.view import Point
from schemas.measure import Measure

LEVEL = 0.05


class Changed(Enum):
    """The first two where a direction is better, the next two where neither is."""

    improved = "improved"
    worse = "worse"
    higher = "higher"
    lower = "lower"
    no_clear_change = "no_clear_change"


@dataclass(frozen=True)
class Tested:
    """A share's difference has an interval, a rate's or a count's the test's p."""

    word: Changed | None = None
    interval: Interval | None = None
    p: float | None = None


def tested(measure: Measure, now: Point, before: Point) -> Tested:
    """Newcombe's interval for a share; for events the exact test, counts as of the same time."""
    difference = difference_of(measure, now, before) or 0.0
    both = _both(now, before)
    if kind_of(measure) is Kind.share:
        interval = proportion_difference(*both, measure.multiplier)
        return Tested(_word(measure, difference, not interval.holds(0)), interval)
    p = rate_change_p(*both)
    return Tested(_word(measure, difference, p < LEVEL), None, p)


def difference_of(measure: Measure, now: Point | None, before: Point | None) -> float | None:
    """Now less before, from the whole numbers where there are any: published shares are rounded."""
    if now is None or before is None or now.value is None or before.value is None:
        return None
    new, old = counts_of(now), counts_of(before)
    if kind_of(measure) in (Kind.share, Kind.rate) and new and old:
        return (new.number / new.of - old.number / old.of) * measure.multiplier
    return now.value - before.value


def _both(now: Point, before: Point) -> tuple[Counts, Counts]:
    return (
        counts_of(now) or Counts(now.value or 0, 1),
        counts_of(before) or Counts(before.value or 0, 1),
    )


def _word(measure: Measure, difference: float, clear: bool) -> Changed:
    if not clear:
        return Changed.no_clear_change
    up = difference > 0
    if measure.polarity == "neutral":
        return Changed.higher if up else Changed.lower
    return Changed.improved if up == (measure.polarity == "higher_better") else Changed.worse
