"""How a change that has to be explained is told."""

from typing import NamedTuple

from dashboard.analysis.steadiness import Steadiness
from dashboard.view import Point
from dashboard.words.periods import period_short
from dashboard.words.values import format_value, listed, number, short_value
from schemas.measure import Measure


class Change(NamedTuple):
    """What is to be explained of one headline. `moved` are the figures it is set beside, by when
    they were; `outside` what the control chart says, when it newly does."""

    measure: Measure
    now: Point
    moved: dict[str, Point]
    outside: Steadiness | None

    @property
    def numbers(self) -> tuple[object, ...]:
        """Two measures that say the very same are told of once."""
        return self.now.value, *((when, before.value) for when, before in self.moved.items())


def change_words(change: Change) -> str:
    measure, now = change.measure, change.now
    said = [f"{format_value(now.value or 0, measure)} in {period_short(now.period, 'in_term')}"]
    befores = [f"{_compared(measure, now, was)} ({when})" for when, was in change.moved.items()]
    if befores:
        said.append(f"it was {listed(befores)}")
    if change.outside:
        said.append(_limits(measure, change.outside))
    return "; ".join(said) + "."


def _compared(measure: Measure, now: Point, before: Point) -> str:
    old, new = before.value or 0.0, now.value or 0.0
    if not old:
        return format_value(old, measure)
    share = abs(new - old) / abs(old) * 100
    way = "more" if new > old else "less"
    return f"{format_value(old, measure)}, so {number(share, 0)}% {way} now"


def _limits(measure: Measure, outside: Steadiness) -> str:
    """What the chart says of its newest point: a term, a month, or a change in a year."""
    chart = outside.chart
    assert chart is not None
    low = chart.lower if outside.differences else max(chart.lower, 0.0)
    usual = f"outside the usual {number(low, measure.decimals)} to "
    usual += number(chart.upper, measure.decimals)
    newest = chart.values[-1]
    if outside.differences:
        return f"a change of {number(newest, measure.decimals)} in a year is {usual}"
    if outside.monthly:
        month = period_short(outside.points[-1].period, "in_month")
        return f"{short_value(newest, measure)} in {month} is {usual}"
    return usual
