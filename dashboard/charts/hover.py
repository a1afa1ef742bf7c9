"""What a reader is told who points at a number: period, value, counts, interval, status."""

from collections.abc import Iterator

from dashboard.view import Point
from dashboard.words.periods import period_short, period_words
from dashboard.words.values import format_value, number
from schemas.measure import Measure

Interval = tuple[float, float]


def own_words(point: Point, measure: Measure, interval: Interval | None = None) -> str:
    """`Autumn 2024/25: 72.5% (121 of 167), 95% interval 65.2% to 78.7%, provisional`."""
    assert point.value is not None
    counted = counted_words(point, measure)
    said = f"{_capital(period_short(point.period, measure.basis))}: "
    said += format_value(point.value, measure) + (f" ({counted})" if counted else "")
    return ", ".join([said, *_remarks(point, measure, interval)])


def other_words(name: str, point: Point, measure: Measure, basis: str) -> str:
    """`England, calendar year 2024: 46.4%`."""
    assert point.value is not None
    said = f"{name}, {period_words(point.period, basis)}: {format_value(point.value, measure)}"
    remarks = [*([point.note] if point.note else []), *_remarks(point, measure, None)]
    return ", ".join([said, *remarks])


def counted_words(point: Point, measure: Measure) -> str:
    """`121 of 167`, `34 for 1,200`; "" where the value is no share of a number."""
    if measure.source.derive != "ratio" or point.numerator is None or not point.denominator:
        return ""
    # Events are not a share of the pupils: the same pupil may be suspended twice.
    between = "of" if measure.unit == "percent" else "for"
    return f"{number(point.numerator, 0)} {between} {number(point.denominator, 0)}"


def _remarks(point: Point, measure: Measure, interval: Interval | None) -> Iterator[str]:
    if interval:
        low, high = (format_value(end, measure) for end in interval)
        yield f"95% interval {low} to {high}"
    if point.status == "provisional":
        yield "provisional"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
