"""Whether a figure differs from the same one a year before by more than chance."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.analysis.difference import Changed, Tested, difference_of, tested
from dashboard.analysis.intervals import Interval
from dashboard.analysis.reason import Reason, why_no_number
from dashboard.analysis.runs import (
    ENOUGH,
    broke_between,
    numbers_in,
    point_at,
    since_last_break,
)
from dashboard.analysis.spread import Kind, kind_of, why_no_interval
from dashboard.view import Line, MeasureView, Point
from schemas.measure import ANNUAL, Measure
from schemas.term import year_before

YEARLY = (*ANNUAL, "snapshot")


@dataclass(frozen=True)
class Change:
    """A change in a year: a word, or the reason that there is none.

    `difference` is now less before in the measure's unit, whenever both are numbers and no break
    lies between. A share's change has an `interval`, a rate's or a count's the test's `p`.
    `earlier` is the period that was looked for, `numbers` how many figures there are since the
    last break, `broke_on` the day of a break in between, and `restarted` says that there are more
    figures before the last break.
    """

    basis: str
    published: bool = False
    word: Changed | None = None
    reason: Reason | None = None
    now: Point | None = None
    before: Point | None = None
    earlier: str = ""
    difference: float | None = None
    interval: Interval | None = None
    p: float | None = None
    numbers: int = 0
    broke_on: dt.date | None = None
    restarted: bool = False


def change_of_terms(view: MeasureView, days: Sequence[dt.date]) -> Change:
    """The newest term beside the same term last year."""
    return _change(view.measure, view.terms, days, published=False)


def change_of_years(view: MeasureView, days: Sequence[dt.date], period: str = "") -> Change:
    """The newest published year or January count, or the one named, beside the one before."""
    lines = [_up_to(x, period) for x in view.comparators if _is_yearly(x)]
    lines = [line for line in lines if line.points]
    if not lines:
        return Change("", published=True, reason=Reason.not_published)
    newest = max(lines, key=lambda line: line.points[-1].end)
    return _change(view.measure, newest, days, published=True)


def _is_yearly(line: Line) -> bool:
    return line.key == "published" and line.basis in YEARLY


def _up_to(line: Line, period: str) -> Line:
    """As if nothing had been published after the period; none where there is no such period."""
    if not period:
        return line
    last = point_at(line.points, period)
    points = tuple(point for point in line.points if last and point.end <= last.end)
    return replace(line, points=points)


def _change(measure: Measure, line: Line, days: Sequence[dt.date], published: bool) -> Change:
    now = line.points[-1] if line.points else None
    earlier = year_before(now.period, line.basis in ANNUAL) if now else ""
    before = point_at(line.points, earlier)
    return replace(change_since(measure, line, before, days), published=published, earlier=earlier)


def change_since(
    measure: Measure, line: Line, before: Point | None, days: Sequence[dt.date]
) -> Change:
    """The newest figure of a line beside an earlier one of it.

    Args:
        days: of breaks; nothing is tested across one.
    """
    now = line.points[-1] if line.points else None
    broke_on = broke_between(before, now, days) if now and before else None
    numbers = len(numbers_in(since_last_break(line.points, days)))
    difference = None if broke_on else difference_of(measure, now, before)
    reason = _why_not(measure, now, before, numbers, broke_on)
    found = tested(measure, now, before) if now and before and not reason else Tested()
    return Change(
        line.basis,
        word=found.word,
        reason=reason,
        now=now,
        before=before,
        earlier=before.period if before else "",
        difference=difference,
        interval=found.interval,
        p=found.p,
        numbers=numbers,
        broke_on=broke_on,
        restarted=numbers < len(numbers_in(line.points)),
    )


def _why_not(
    measure: Measure,
    now: Point | None,
    before: Point | None,
    numbers: int,
    broke_on: dt.date | None,
) -> Reason | None:
    if reason := why_no_number(now):
        return reason
    if broke_on:
        return Reason.definition_changed
    if numbers < ENOUGH:
        early = {0: Reason.first_time, 1: Reason.first_time, 2: Reason.second_time}
        return early.get(numbers, Reason.too_early)
    if before is None:
        return Reason.nothing_before
    return why_no_number(before) or _why_no_test(measure, now, before)


def _why_no_test(measure: Measure, now: Point | None, before: Point) -> Reason | None:
    kind = kind_of(measure)
    if measure.clustered:
        return Reason.clustered
    if kind is Kind.stock:
        return Reason.stock
    if kind is Kind.flow or now is None:
        return None
    return why_no_interval(now, measure) or why_no_interval(before, measure)
