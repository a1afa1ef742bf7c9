"""From an observation to the point of a line."""

from dashboard.queries.shown import Shown
from dashboard.view import Point
from schemas.measure import Measure
from schemas.term import Month, parse_period


def is_headline(one: Shown, measure: Measure) -> bool:
    observation, headline = one.observation, measure.headline
    return (observation.breakdown, observation.category) == (headline.breakdown, headline.category)


def is_term(one: Shown) -> bool:
    return not isinstance(parse_period(one.observation.period), Month)


def point_of(one: Shown) -> Point:
    o = one.observation
    return Point(
        o.period,
        o.period_start,
        o.period_end,
        o.value,
        o.symbol,
        o.numerator,
        o.denominator,
        o.status,
        one.source,
        one.vintage,
        one.as_at_on,
        remark=one.remark,
    )
