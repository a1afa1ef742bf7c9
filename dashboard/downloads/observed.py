"""What every tidy file has of an observation: the columns, its numbers or symbol, its source."""

from collections.abc import Iterator

from dashboard.charts.table import Raw, unrounded
from dashboard.view import Point

ABOUT = (
    "measure_id",
    "measure",
    "period",
    "period_words",
    "period_start",
    "period_end",
    "basis",
)
HEADINGS = (
    "numerator",
    "denominator",
    "value",
    "lower_95",
    "upper_95",
    "symbol",
    "status",
    "source",
    "release",
    "as_at",
)


def observed_cells(point: Point | None, ends: tuple[float, float] | None) -> Iterator[Raw]:
    """
    Args:
        ends: of the 95% interval, where there is one.
    """
    yield from _numbers(point, ends)
    if point is None:
        yield from ("",) * 5
    else:
        yield from (point.symbol or "", point.status, point.source, point.vintage, point.as_at_on)


def _numbers(point: Point | None, ends: tuple[float, float] | None) -> Iterator[Raw]:
    """Nothing is written beside a symbol: a part may give away the whole."""
    if point is None or point.value is None:
        yield from ("",) * 5
        return
    for value in (point.numerator, point.denominator, point.value, *(ends or (None, None))):
        yield "" if value is None else unrounded(value)
