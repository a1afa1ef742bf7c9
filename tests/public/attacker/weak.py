"""Weak publications: only small counts are hidden, and nothing that gives them away."""

from collections.abc import Iterable

from schemas.extracts import load_extracts
from schemas.measure import load_measures
from schemas.observation import Observation
from tests.public.attacker.facts import HIDDEN, Fact, Facts, Name
from tests.public.attacker.knowledge import Knowledge
from tests.public.attacker.targets import SMALL
from tests.public.attacker.truth import name_of


def weak(*facts: Fact, theirs: Iterable[Fact] = ()) -> Knowledge:
    return Knowledge({fact.name: fact for fact in facts}, {fact.name: fact for fact in theirs}, {})


def shown(name: str, number: float, out_of: float | None = None) -> Fact:
    """`name` is the measure, period, basis, breakdown and category with strokes between them."""
    one = Name(*name.split("/"))
    value = number * load_measures()[one.measure_id].multiplier / out_of if out_of else number
    return Fact(one, number, out_of, value)


def rate(name: str, value: float, out_of: float) -> Fact:
    """With its denominator, and without the count it is made of."""
    return Fact(Name(*name.split("/")), None, out_of, value)


def hidden(name: str, out_of: float | None = None) -> Fact:
    return Fact(Name(*name.split("/")), None, out_of, None, HIDDEN)


def mask_only_small(sent: Iterable[Observation], terms: tuple[str, ...]) -> Facts:
    """The demonstration with counts of 1 to 4, and of 1 to 7 of health, hidden and no more."""
    return {name_of(one): _mask(one) for one in sent if one.period in terms and not _is_wait(one)}


def _mask(one: Observation) -> Fact:
    most = SMALL[load_extracts()[load_measures()[one.measure_id].source.extract].organisation]
    rounded = most > SMALL["council"]
    if one.numerator is not None and 1 <= one.numerator <= most:
        return Fact(name_of(one), None, _printed(one.denominator, rounded), None, HIDDEN, rounded)
    counts = (_printed(one.numerator, rounded), _printed(one.denominator, rounded))
    value = None if rounded and counts[1] is not None else _printed(one.value, rounded)
    return Fact(name_of(one), *counts, value, one.symbol or "", rounded)


def _printed(number: float | None, rounded: bool) -> float | None:
    if number is None or not rounded:
        return number
    return None if 1 <= number <= SMALL["health"] else 5 * ((number + 2) // 5)


def _is_wait(one: Observation) -> bool:
    return load_measures()[one.measure_id].unit in ("days", "weeks", "months")
