"""All that may be said of one measure in one area, each statement by itself, never one score."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from dashboard.analysis.change import Change, change_of_terms, change_of_years
from dashboard.analysis.comparison import Compared, Comparison, compare_all
from dashboard.analysis.difference import Changed
from dashboard.analysis.icons import Variation
from dashboard.analysis.path import Standing, judge_path
from dashboard.analysis.reason import Reason, why_no_number
from dashboard.analysis.runs import Tier, break_days, numbers_in, since_last_break, tier_of
from dashboard.analysis.steadiness import Steadiness, judge_steadiness
from dashboard.analysis.target import Met, TargetVerdict, judge_target
from dashboard.view import MeasureView


class Attention(StrEnum):
    """Why a measure needs attention, the most pressing first."""

    worse_than_england = "worse_than_england"
    got_worse = "got_worse"
    got_worse_in_years = "got_worse_in_years"
    target_not_met = "target_not_met"
    off_path = "off_path"
    special_cause_concern = "special_cause_concern"
    worse_than_region = "worse_than_region"
    worse_than_neighbours = "worse_than_neighbours"
    late = "late"
    missing = "missing"
    hidden = "hidden"
    unreliable = "unreliable"


@dataclass(frozen=True)
class Verdicts:
    """Separate statements. `change` is of terms, `yearly` of the published years; `tier` and
    `numbers` are of the terms since the last break; `attention` is in the order of its list."""

    comparisons: tuple[Comparison, ...]
    change: Change
    yearly: Change
    target: TargetVerdict
    control: Steadiness
    tier: Tier
    numbers: int
    attention: tuple[Attention, ...] = ()

    def against(self, key: str) -> Comparison:
        """The comparison with `england`, `region` or `neighbours`."""
        return next(one for one in self.comparisons if one.against == key)


def judge(
    view: MeasureView,
    *,
    screened: bool = False,
    changed_on: Iterable[dt.date] = (),
    period: str = "",
) -> Verdicts:
    """Says what the numbers allow and, where they allow nothing, why.

    Args:
        screened: the control chart's convention: see `control_chart`.
        changed_on: days from which the measure was defined anew, besides the notes that break.
        period: the published period to compare and to see the change of, if not the newest.
    """
    days = break_days(view, changed_on)
    comparisons = compare_all(view, days, period)
    change, yearly = change_of_terms(view, days), change_of_years(view, days, period)
    target = judge_target(view.measure, view.latest)
    control = judge_steadiness(view, days, screened)
    numbers = len(numbers_in(since_last_break(view.terms.points, days)))
    found = {
        *_compared(comparisons),
        *_changed(change, yearly),
        *_reached(target, control),
        *_on_path(view),
        *_lacking(view),
    }
    attention = tuple(one for one in Attention if one in found)
    tier = tier_of(numbers)
    return Verdicts(comparisons, change, yearly, target, control, tier, numbers, attention)


def _compared(comparisons: Iterable[Comparison]) -> Iterator[Attention]:
    for one in comparisons:
        if one.word is Compared.worse:
            yield Attention(f"worse_than_{one.against}")


def _changed(change: Change, yearly: Change) -> Iterator[Attention]:
    if change.word is Changed.worse:
        yield Attention.got_worse
    if yearly.word is Changed.worse:
        yield Attention.got_worse_in_years


def _reached(target: TargetVerdict, control: Steadiness) -> Iterator[Attention]:
    if target.word is Met.not_met:
        yield Attention.target_not_met
    if control.variation is Variation.concern:
        yield Attention.special_cause_concern


def _on_path(view: MeasureView) -> Iterator[Attention]:
    path = judge_path(view)
    if path.word is Standing.off and not path.chance:
        yield Attention.off_path


def _lacking(view: MeasureView) -> Iterator[Attention]:
    if view.missing_terms:
        yield Attention.late
    reason = why_no_number(view.latest)
    expected = reason is Reason.no_figures and view.area_latest_term
    if expected or reason is Reason.not_available:
        yield Attention.missing
    elif reason is Reason.hidden:
        yield Attention.hidden
    elif reason is Reason.unreliable:
        yield Attention.unreliable
