"""Whether the newest figure meets the target."""

from dataclasses import dataclass
from enum import StrEnum

from dashboard.analysis.intervals import Interval
from dashboard.analysis.reason import Reason, why_no_number
from dashboard.analysis.spread import interval_of
from dashboard.view import Point
from schemas.measure import Measure, Target


class Met(StrEnum):
    """`not_yet` while the day by which to reach it is still to come."""

    met = "met"
    not_met = "not_met"
    not_yet = "not_yet"


@dataclass(frozen=True)
class TargetVerdict:
    """Met or not by the figure itself; the interval shows how sure the figure is."""

    word: Met | None = None
    reason: Reason | None = None
    target: Target | None = None
    point: Point | None = None
    basis: str = ""
    interval: Interval | None = None


def judge_target(measure: Measure, point: Point | None) -> TargetVerdict:
    target = measure.target
    reason = _why_not(measure, point)
    if reason or target is None or point is None or point.value is None:
        return TargetVerdict(None, reason, target, point, measure.basis)
    high, low = point.value >= target.value, point.value <= target.value
    met = high if measure.polarity == "higher_better" else low
    early = target.by_on is not None and point.end < target.by_on.isoformat()
    word = Met.met if met else Met.not_yet if early else Met.not_met
    return TargetVerdict(word, None, target, point, measure.basis, interval_of(point, measure))


def _why_not(measure: Measure, point: Point | None) -> Reason | None:
    if measure.target is None:
        return Reason.no_target
    if measure.polarity == "neutral":
        return Reason.no_direction
    if reason := why_no_number(point):
        return reason
    return Reason.target_is_later if _is_later(measure.target, point) else None


def _is_later(target: Target, point: Point | None) -> bool:
    since = target.since_on
    return point is not None and since is not None and since.isoformat() > point.end
