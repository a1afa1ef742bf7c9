"""What kind of number a measure is, and so which interval its figures may have."""

from enum import StrEnum

from dashboard.analysis.intervals import Counts, Interval, proportion_interval, rate_interval
from dashboard.analysis.reason import Reason
from dashboard.view import Point
from schemas.measure import Measure


class Kind(StrEnum):
    """A share of people, a rate of events, events counted, people counted on a day, a mean."""

    share = "share"
    rate = "rate"
    flow = "flow"
    stock = "stock"
    average = "average"


def kind_of(measure: Measure) -> Kind:
    if measure.unit == "count":
        return Kind.stock if measure.basis == "snapshot" else Kind.flow
    if measure.source.derive != "ratio":
        return Kind.average
    return Kind.share if measure.unit == "percent" else Kind.rate


def interval_of(point: Point, measure: Measure) -> Interval | None:
    """The figure's 95% interval; None when there is none to give: see `why_no_interval`."""
    counts = counts_of(point)
    if counts is None or why_no_interval(point, measure):
        return None
    make = proportion_interval if kind_of(measure) is Kind.share else rate_interval
    return make(counts, measure.multiplier)


def why_no_interval(point: Point, measure: Measure) -> Reason | None:
    """None when the figure has an interval."""
    kind, counts = kind_of(measure), counts_of(point)
    if measure.clustered:
        return Reason.clustered
    if kind in (Kind.flow, Kind.stock):
        return Reason.counts
    if kind is Kind.average:
        return Reason.no_spread
    if counts is None:
        return Reason.no_counts
    return Reason.not_a_share if kind is Kind.share and counts.number > counts.of else None


def counts_of(point: Point) -> Counts | None:
    """The whole numbers behind a figure; None for a symbol or where they were not sent."""
    top, bottom = point.numerator, point.denominator
    if point.value is None or top is None or not bottom:
        return None
    whole = top >= 0 and bottom > 0 and top == round(top)
    return Counts(top, bottom) if whole else None
