"""Where an area stands furthest from its target, from others or from a year before: ranked
measure by measure, what is clear before what chance could make, never added up to a score."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from dashboard.analysis.change import Change
from dashboard.analysis.comparison import Compared, Comparison
from dashboard.analysis.difference import Changed
from dashboard.analysis.reason import Reason
from dashboard.analysis.target import Met, TargetVerdict
from dashboard.analysis.verdict import Verdicts
from dashboard.view import MeasureView, Point

_SIZE_ONLY = (Reason.clustered, Reason.no_spread, Reason.no_counts, Reason.stock)


class By(StrEnum):
    """What the distance is from."""

    england = "england"
    neighbours = "neighbours"
    target = "target"
    direction = "direction"


class Standing(StrEnum):
    """In the order of the page. `untested` has a size, and no test; `not_compared` has neither."""

    behind = "behind"
    chance = "chance"
    untested = "untested"
    ahead = "ahead"
    not_compared = "not_compared"


@dataclass(frozen=True)
class Gap:
    """How far one measure is from what it is set against.

    `size` is the area's figure less the other in the measure's unit. `relative` is the same as a
    share of the other, more than 0 where the area is worse: so days and percentages can be
    ranked together. `about` is the verdict it was made of; `reason` says why it has no test.
    """

    view: MeasureView
    about: Comparison | TargetVerdict | Change
    standing: Standing
    size: float | None = None
    relative: float | None = None
    reason: Reason | None = None


def rank_gaps(judged: Iterable[tuple[MeasureView, Verdicts]], by: By) -> tuple[Gap, ...]:
    """Every measure with a direction: the clear gaps first, and of each kind the widest first."""
    found = [
        _gap(view, verdicts, by) for view, verdicts in judged if view.measure.polarity != "neutral"
    ]
    return tuple(sorted(found, key=_place))


def _place(gap: Gap) -> tuple[int, bool, float]:
    """A distance from 0 cannot be a share of it, so it comes after those that can."""
    unknown = gap.relative is None
    return [*Standing].index(gap.standing), unknown, -(gap.relative or 0)


def _gap(view: MeasureView, verdicts: Verdicts, by: By) -> Gap:
    if by is By.target:
        return _from_target(view, verdicts.target)
    if by is By.direction:
        return _from_year_before(view, verdicts)
    return _from_others(view, verdicts.against(by.value))


def _from_others(view: MeasureView, one: Comparison) -> Gap:
    standing = {
        Compared.worse: Standing.behind,
        Compared.better: Standing.ahead,
        Compared.similar: Standing.chance,
    }
    other = one.other.value if one.other else None
    if one.word:
        return _sized(view, one, standing[one.word], _value(one.own), other)
    if one.reason in _SIZE_ONLY:
        return _sized(view, one, Standing.untested, _value(one.own), other, one.reason)
    return Gap(view, one, Standing.not_compared, reason=one.reason or Reason.no_pair)


def _from_target(view: MeasureView, verdict: TargetVerdict) -> Gap:
    if not verdict.word or not verdict.target:
        reason = verdict.reason or Reason.no_target
        return Gap(view, verdict, Standing.not_compared, reason=reason)
    aim = verdict.target.value
    if verdict.word is Met.met:
        standing = Standing.ahead
    elif verdict.interval is None:
        standing = Standing.untested
    else:
        standing = Standing.chance if verdict.interval.holds(aim) else Standing.behind
    return _sized(view, verdict, standing, _value(verdict.point), aim)


def _from_year_before(view: MeasureView, verdicts: Verdicts) -> Gap:
    """The newest term's change; that of the published years where the terms have none to show."""
    shown = (one for one in (verdicts.change, verdicts.yearly) if _has_size(one))
    change = next(shown, verdicts.change)
    if not _has_size(change):
        reason = change.reason or Reason.no_figures
        return Gap(view, change, Standing.not_compared, reason=reason)
    standing = {
        Changed.worse: Standing.behind,
        Changed.improved: Standing.ahead,
        Changed.no_clear_change: Standing.chance,
    }
    kind = standing[change.word] if change.word else Standing.untested
    before = _value(change.before)
    now = before + change.difference if before is not None and change.difference else before
    return _sized(view, change, kind, now, before, change.reason)


def _has_size(change: Change) -> bool:
    judged = change.word is not None or change.reason in _SIZE_ONLY
    return judged and change.difference is not None


def _sized(
    view: MeasureView,
    about: Comparison | TargetVerdict | Change,
    standing: Standing,
    own: float | None,
    other: float | None,
    reason: Reason | None = None,
) -> Gap:
    if own is None or other is None:
        return Gap(view, about, Standing.not_compared, reason=reason or Reason.no_figures)
    size = own - other
    worse = -size if view.measure.polarity == "higher_better" else size
    return Gap(view, about, standing, size, worse / abs(other) if other else None, reason)


def _value(point: Point | None) -> float | None:
    return point.value if point else None
