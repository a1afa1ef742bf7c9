"""Whether the newest figure is on the agreed path to its target."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from dashboard.analysis.intervals import Interval
from dashboard.analysis.reason import Reason, why_no_number
from dashboard.analysis.spread import interval_of
from dashboard.view import MeasureView, PathPoint, Point, terms_between
from schemas.measure import Measure
from schemas.term import Term, parse_term


class Standing(StrEnum):
    """`above` and `below` are of measures where neither a high nor a low number is better."""

    ahead = "ahead"
    on = "on"
    off = "off"
    above = "above"
    below = "below"


@dataclass(frozen=True)
class Expected:
    """What the path has for a term. `between` are the agreed points on either side of a term that
    has none of its own; `ended` when the path's last term came before."""

    value: float
    between: tuple[PathPoint, PathPoint] | None = None
    ended: bool = False


@dataclass(frozen=True)
class PathVerdict:
    """`chance` when the figure's 95% interval reaches what the path has: the figure may only
    seem to be off it or ahead of it. `expected` is None before the path begins."""

    path: tuple[PathPoint, ...]
    word: Standing | None = None
    reason: Reason | None = None
    point: Point | None = None
    expected: Expected | None = None
    interval: Interval | None = None
    chance: bool = False


def judge_path(view: MeasureView) -> PathVerdict:
    """Of the newest term that was sent. On the path is as far as the figure's own decimals tell."""
    point, path, measure = view.latest, view.path, view.measure
    term = parse_term(point.period) if point else None
    expected = expected_at(path, term) if term else None
    reason = Reason.no_target if not path else why_no_number(point)
    if reason or point is None or point.value is None or expected is None:
        return PathVerdict(path, None, reason, point, expected)
    word = _standing(point.value, expected.value, measure)
    interval = interval_of(point, measure)
    reached = interval is not None and interval.holds(expected.value)
    chance = word is not Standing.on and reached
    return PathVerdict(path, word, None, point, expected, interval, chance)


def expected_at(path: Sequence[PathPoint], term: Term) -> Expected | None:
    """A point's own value, in even steps from term to term between two, the last one's after the
    end; None before the path begins."""
    dated = [(parse_term(point.term), point) for point in path]
    points = [(when, point) for when, point in dated if when is not None]
    if not points or term < points[0][0]:
        return None
    if term > points[-1][0]:
        return Expected(points[-1][1].value, ended=True)
    for when, point in points:
        if when == term:
            return Expected(point.value)
    (before, first), (after, second) = next(
        pair for pair in pairwise(points) if pair[0][0] < term < pair[1][0]
    )
    share = terms_between(before, term) / terms_between(before, after)
    return Expected(first.value + share * (second.value - first.value), (first, second))


def _standing(value: float, expected: float, measure: Measure) -> Standing:
    if round(value, measure.decimals) == round(expected, measure.decimals):
        return Standing.on
    above = value > expected
    if measure.polarity == "neutral":
        return Standing.above if above else Standing.below
    better = above == (measure.polarity == "higher_better")
    return Standing.ahead if better else Standing.off
