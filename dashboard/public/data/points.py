"""From a public figure to the point of a line: a hidden one has no number at all."""

from dashboard.public.figures import PublicFigure
from dashboard.view import Point
from schemas.measure import Measure


def point_of(one: PublicFigure) -> Point:
    hidden = one.value is None
    return Point(
        period=one.period,
        start=one.period_start,
        end=one.period_end,
        value=one.value,
        symbol=one.symbol,
        numerator=None if hidden else one.numerator,
        denominator=None if hidden else one.denominator,
        status=one.status,
        source=one.source,
        vintage=one.version,
        as_at_on=one.as_at_on,
    )


def is_headline(one: PublicFigure, measure: Measure) -> bool:
    headline = measure.headline
    return (one.breakdown, one.category) == (headline.breakdown, headline.category)
