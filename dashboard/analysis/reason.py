"""Why no word is said: each reason once, for every kind of verdict."""

from enum import StrEnum

from dashboard.view import Point
from schemas.symbol import Symbol


class Reason(StrEnum):
    """The sentences are in `words/verdicts.py`."""

    no_figures = "no_figures"
    not_published = "not_published"
    hidden = "hidden"
    not_available = "not_available"
    not_applicable = "not_applicable"
    unreliable = "unreliable"
    rounds_to_nought = "rounds_to_nought"
    no_benchmark = "no_benchmark"
    another_geography = "another_geography"
    not_comparable = "not_comparable"
    no_pair = "no_pair"
    counts = "counts"
    stock = "stock"
    no_spread = "no_spread"
    no_counts = "no_counts"
    not_a_share = "not_a_share"
    clustered = "clustered"
    first_time = "first_time"
    second_time = "second_time"
    too_early = "too_early"
    too_few = "too_few"
    definition_changed = "definition_changed"
    nothing_before = "nothing_before"
    no_target = "no_target"
    no_direction = "no_direction"
    target_is_later = "target_is_later"
    too_few_for_limits = "too_few_for_limits"
    too_few_differences = "too_few_differences"
    annual = "annual"
    differences = "differences"
    trial = "trial"


_OF_SYMBOL = {
    Symbol.c: Reason.hidden,
    Symbol.x: Reason.not_available,
    Symbol.z: Reason.not_applicable,
    Symbol.u: Reason.unreliable,
    Symbol.low: Reason.rounds_to_nought,
}


def why_no_number(point: Point | None) -> Reason | None:
    """None when there is a number."""
    if point is None:
        return Reason.no_figures
    if point.value is not None:
        return None
    return _OF_SYMBOL[Symbol(point.symbol)] if point.symbol else Reason.not_available
