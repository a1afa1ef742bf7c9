"""Which series of a measure a control chart may judge, and what it says of it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.analysis.control import Control, control_chart
from dashboard.analysis.control_rules import ALL_RULES, TRIAL_RULES, Flag
from dashboard.analysis.icons import Assurance, Variation, assurance_of, variation_of
from dashboard.analysis.reason import Reason, why_no_number
from dashboard.analysis.runs import (
    ENOUGH,
    MANY,
    Tier,
    numbers_in,
    point_at,
    since_last_break,
    tier_of,
)
from dashboard.analysis.target import judge_target
from dashboard.view import Line, MeasureView, Point
from schemas.measure import ANNUAL, Measure
from schemas.term import parse_period, year_before


@dataclass(frozen=True)
class Steadiness:
    """What a control chart says of the newest run of figures since the last break.

    Symbols and gaps are left out of the numbers: two numbers on either side of one are taken as
    neighbours. `points` are those that were judged, one for each of the chart's values. A seasonal
    measure is judged on `differences`, each number less the one a year before. With `trial` limits
    only points outside them are flagged, and there are no icons.
    """

    basis: str
    monthly: bool
    differences: bool
    tier: Tier
    points: tuple[Point, ...] = ()
    chart: Control | None = None
    variation: Variation | None = None
    assurance: Assurance | None = None
    reason: Reason | None = None
    no_assurance: Reason | None = None

    @property
    def numbers(self) -> int:
        return len(self.points)

    @property
    def trial(self) -> bool:
        return self.chart is not None and self.tier is Tier.trial

    @property
    def drawn(self) -> bool:
        """Whether the limits may be drawn on the chart of the figures themselves."""
        return self.chart is not None and not self.differences

    @property
    def latest_flags(self) -> tuple[Flag, ...]:
        return self.chart.flags[-1] if self.chart else ()


@dataclass(frozen=True)
class _Series:
    line: Line
    monthly: bool
    points: tuple[Point, ...]
    values: tuple[float, ...]


def judge_steadiness(
    view: MeasureView, days: Sequence[dt.date], screened: bool = False
) -> Steadiness:
    """Judges the months when there are twelve or more, else the terms; years never."""
    series = _chosen(view, days)
    tier = tier_of(len(series.values))
    reason = _why_not(view.measure, series)
    rules = ALL_RULES if tier is Tier.full else TRIAL_RULES
    usable = len(series.values) >= ENOUGH and reason is not Reason.annual
    chart = control_chart(series.values, rules, screened) if usable else None
    icons = chart if tier is Tier.full and not reason else None
    no_assurance = _why_no_assurance(view.measure, series)
    target = view.measure.target
    polarity = view.measure.polarity
    return Steadiness(
        basis=series.line.basis,
        monthly=series.monthly,
        differences=view.measure.seasonal,
        tier=tier,
        points=series.points,
        chart=chart,
        variation=variation_of(icons, polarity) if icons else None,
        assurance=assurance_of(icons, polarity, target.value)
        if icons and target and not no_assurance
        else None,
        reason=reason,
        no_assurance=no_assurance,
    )


def _chosen(view: MeasureView, days: Sequence[dt.date]) -> _Series:
    if view.months:
        months = _series(view.measure, view.months, True, days)
        if len(months.values) >= MANY:
            return months
    return _series(view.measure, view.terms, False, days)


def _series(measure: Measure, line: Line, monthly: bool, days: Sequence[dt.date]) -> _Series:
    points = numbers_in(since_last_break(line.points, days))
    if not measure.seasonal:
        return _Series(line, monthly, points, tuple(p.value or 0.0 for p in points))
    found = []
    for point in points:
        before = point_at(points, year_before(point.period, line.basis in ANNUAL))
        if before and before.value is not None and point.value is not None:
            found.append((point, point.value - before.value))
    later = tuple(point for point, _ in found)
    return _Series(line, monthly, later, tuple(difference for _, difference in found))


def _why_not(measure: Measure, series: _Series) -> Reason | None:
    newest = series.line.points[-1] if series.line.points else None
    if reason := why_no_number(newest):
        return reason
    if any(parse_period(point.period) is None for point in series.line.points):
        return Reason.annual
    if len(series.values) < ENOUGH:
        return Reason.too_few_differences if measure.seasonal else Reason.too_few_for_limits
    if len(series.values) >= MANY:
        return None
    return Reason.trial


def _why_no_assurance(measure: Measure, series: _Series) -> Reason | None:
    if measure.target is None:
        return Reason.no_target
    if measure.seasonal:
        return Reason.differences
    newest = series.line.points[-1] if series.line.points else None
    return judge_target(measure, newest).reason
