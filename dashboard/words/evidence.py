"""The parts of a verdict's sentence: when it was, the figure, how sure it is."""

from dashboard.analysis.intervals import Interval
from dashboard.view import Point
from dashboard.words.periods import period_words, when
from dashboard.words.values import format_value, number
from schemas.measure import Measure
from schemas.term import Term, parse_period


def opening(point: Point, basis: str) -> str:
    """`In the calendar year 2024`, `In the autumn term 2025/26`, `In January 2025`."""
    term = isinstance(parse_period(point.period), Term)
    if term and basis in ("in_term", "snapshot"):
        return when(point.period, basis)
    return f"In {in_words(point, basis)}"


def in_words(point: Point, basis: str) -> str:
    """In the middle of a sentence: `the calendar year 2024`, `January 2025`."""
    words = period_words(point.period, basis)
    if basis == "snapshot" and not isinstance(parse_period(point.period), Term):
        return words
    return f"the {words[0].lower()}{words[1:]}"


def judged_figure(point: Point, measure: Measure) -> str:
    shown = format_value(point.value or 0, measure)
    return f"{shown}, provisional" if point.status == "provisional" else shown


def interval_words(interval: Interval | None, measure: Measure, beside: float) -> str:
    """` (95% interval 65.2% to 78.7%)`, with more decimals where rounding would make an end look
    the same as the number it is set beside."""
    if interval is None:
        return ""
    unit = "%" if measure.unit == "percent" else ""
    decimals = _decimals(interval, measure, beside)
    low, high = number(interval.low, decimals), number(interval.high, decimals)
    return f" (95% interval {low}{unit} to {high}{unit})"


def difference_words(interval: Interval, measure: Measure) -> str:
    """` (95% interval −20.1 to −2.6)`: percentage points have no sign of their own."""
    decimals = _decimals(interval, measure, 0)
    low, high = number(interval.low, decimals), number(interval.high, decimals)
    return f" (95% interval {low} to {high})"


def _decimals(interval: Interval, measure: Measure, beside: float) -> int:
    usual = measure.decimals
    if interval.holds(beside):
        return usual
    end = interval.low if interval.low > beside else interval.high
    enough = (d for d in range(usual, usual + 4) if number(end, d) != number(beside, d))
    return next(enough, usual + 4)
