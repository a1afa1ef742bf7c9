"""Whether an area's figure differs from England's, the region's or its neighbours'."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from dashboard.analysis.intervals import Interval
from dashboard.analysis.pairs import Pair, newest_pair
from dashboard.analysis.reason import Reason, why_no_number
from dashboard.analysis.runs import FEW, broke_between, numbers_in, since_last_break
from dashboard.analysis.spread import interval_of, why_no_interval
from dashboard.view import Line, MeasureView, Point
from schemas.area import ENGLAND, load_areas
from schemas.measure import Measure

BESIDE = ("england", "region", "neighbours")


class Compared(Enum):
    """The first two where a direction is better, the next two where neither is."""

    better = "better"
    worse = "worse"
    higher = "higher"
    lower = "lower"
    similar = "similar"


@dataclass(frozen=True)
class Comparison:
    """One comparison: a word, or the reason that there is none.

    `own` and `other` are the pair that was set side by side, each on its own basis, and
    `published` says that the area's own figure is the publisher's too. The other's value is taken
    as it stands; only the area's figure has an interval. `note` is the other line's.
    """

    against: str
    label: str
    word: Compared | None = None
    reason: Reason | None = None
    own: Point | None = None
    own_basis: str = ""
    other: Point | None = None
    other_basis: str = ""
    interval: Interval | None = None
    published: bool = False
    note: str = ""


def compare_all(
    view: MeasureView, days: Sequence[dt.date], period: str = ""
) -> tuple[Comparison, ...]:
    """With England, the region and the neighbours, in this order."""
    return tuple(compare(view, against, days, period) for against in BESIDE)


def compare(
    view: MeasureView, against: str, days: Sequence[dt.date], period: str = ""
) -> Comparison:
    """Sets the newest permitted pair of figures side by side, or that of a published period:
    see `pairs.py`."""
    lines = [line for line in view.comparators if line.key == against]
    label = lines[0].label if lines else _label(view, against)
    permitted = [line for line in lines if line.comparable]
    if not permitted:
        return Comparison(against, label, reason=_why_no_line(view, lines))
    pair = newest_pair(view, permitted, period)
    if pair is None:
        return Comparison(against, label, reason=Reason.no_pair)
    return _judged(view.measure, against, pair, days)


def _label(view: MeasureView, against: str) -> str:
    if against == "neighbours":
        return "Statistical neighbours"
    code = ENGLAND if against == "england" else view.settings.region_code
    area = load_areas().get(code)
    return area.name if area else code


def _why_no_line(view: MeasureView, lines: Sequence[Line]) -> Reason:
    if lines:
        return Reason.not_comparable
    elsewhere = any(line.key in view.settings.nhs_areas for line in view.comparators)
    return Reason.another_geography if elsewhere else Reason.no_benchmark


def _judged(measure: Measure, against: str, pair: Pair, days: Sequence[dt.date]) -> Comparison:
    reason = _why_not(measure, pair, days)
    interval = None if reason else interval_of(pair.own, measure)
    word = None
    if interval and pair.other.value is not None:
        word = _word(interval, pair.other.value, measure.polarity)
    return Comparison(
        against,
        pair.other_line.label,
        word,
        reason,
        pair.own,
        pair.own_line.basis,
        pair.other,
        pair.other_line.basis,
        interval,
        pair.own_line.key == "published",
        pair.other.note or pair.other_line.note,
    )


def _why_not(measure: Measure, pair: Pair, days: Sequence[dt.date]) -> Reason | None:
    missing = why_no_number(pair.own) or why_no_number(pair.other)
    if missing:
        return missing
    if broke_between(pair.own, pair.own, days):
        return Reason.definition_changed
    points = [point for point in pair.own_line.points if point.end <= pair.own.end]
    if len(numbers_in(since_last_break(points, days))) < FEW:
        return Reason.too_few
    return why_no_interval(pair.own, measure)


def _word(interval: Interval, value: float, polarity: str) -> Compared:
    if interval.holds(value):
        return Compared.similar
    higher = interval.low > value
    if polarity == "neutral":
        return Compared.higher if higher else Compared.lower
    return Compared.better if higher == (polarity == "higher_better") else Compared.worse
