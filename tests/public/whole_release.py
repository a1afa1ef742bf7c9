"""Releases in which every number of every family page is there, in the state a test asks for."""

from collections.abc import Mapping
from typing import Any

from dashboard.public.easy_read.facts import Number
from dashboard.public.easy_read.shapes import SHAPES
from dashboard.public.figures import PublicFigure
from dashboard.public.release import PublicRelease
from schemas.measure import Measure, load_measures
from tests.public.builders import COUNCIL, figure, release

SUMMER, SUMMER_BEFORE = ("2025-26 summer", "2026"), ("2024-25 summer", "2025")
WAIT_UNITS = ("days", "weeks", "months")


def whole_release(
    now: Mapping[str, Any], then: Mapping[str, Any] | None = None, **facts: Any
) -> PublicRelease:
    """`now` and `then` say what the figures of this summer and the summer before are: a `share`, a
    `count`, a `wait` in days and a `size`, or a `symbol` of all. Without `then` there are none."""
    own = [*_figures(now, SUMMER), *(_figures(then, SUMMER_BEFORE) if then else ())]
    return release(*own, **facts)


def _figures(facts: Mapping[str, Any], when: tuple[str, str]) -> list[PublicFigure]:
    made = {}
    for number in (number for shape in SHAPES for number in shape.all_numbers):
        for measure_id in filter(None, (number.measure_id, number.of)):
            one = _figure(number, load_measures()[measure_id], facts, when)
            made[one.key] = one
    return [*made.values()]


def _figure(
    number: Number, measure: Measure, facts: Mapping[str, Any], when: tuple[str, str]
) -> PublicFigure:
    period, year = when
    return figure(
        measure_id=measure.id,
        period=period,
        period_start=f"{year}-05-01",
        period_end=f"{year}-08-31",
        basis=measure.basis,
        breakdown=number.breakdown,
        category=number.category,
        source=COUNCIL,
        **_value(measure, facts),
    )


def _value(measure: Measure, facts: Mapping[str, Any]) -> dict[str, Any]:
    if "symbol" in facts:
        return {"symbol": facts["symbol"]}
    if measure.unit == "percent":
        part = facts["size"] * facts["share"]
        return {"numerator": part, "denominator": facts["size"], "value": 100 * facts["share"]}
    wait = facts["wait"] / 7 if measure.unit == "weeks" else facts["wait"]
    value = wait if measure.unit in WAIT_UNITS else _count(measure, facts)
    return {"numerator": value, "denominator": None, "value": value}


def _count(measure: Measure, facts: Mapping[str, Any]) -> float:
    """Of those who waited more than 2 years, the share of all who wait."""
    return facts["count"] * facts["share"] if measure.id == "nd_over_104w" else facts["count"]
