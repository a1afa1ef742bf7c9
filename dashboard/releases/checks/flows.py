"""Q06: whether plans that came and went make the plans at the end."""

from collections.abc import Iterator
from typing import NamedTuple

from dashboard.releases.checks.finding import Check, Finding, Severity, listed_places
from dashboard.releases.checks.material import Material
from dashboard.releases.checks.saying import about_measure, category_words, place_words
from dashboard.words.values import number
from schemas.extract import ALL
from schemas.measure import Measure
from schemas.observation import Observation

_FLOWS = {"ehcp_new": 1, "ehcp_transferred_in": 1, "ehcp_ceased": -1, "ehcp_transferred_out": -1}


def find_flows_that_differ(material: Material) -> Iterator[Finding]:
    """Plans at the start, those that came and went, and plans at the end; and the start beside
    the end of the term before."""
    measure = material.measures.get("ehcp_active")
    if measure is None:
        return
    faults = [*_flow_faults(material, measure), *_start_faults(material, measure)]
    if not faults:
        return
    severity: Severity = "must" if any(one.large for one in faults) else "should"
    words = f"{listed_places([one.words for one in faults])}."
    facts = tuple(one.words for one in faults)
    yield about_measure(material, "Q06", severity, measure, words, facts)


class _Fault(NamedTuple):
    """A difference, and whether it is more than the settings allow of the plans at the end."""

    words: str
    large: bool


def _fault(material: Material, closing: Observation, words: str, difference: float) -> _Fault:
    allowed = material.area.tolerances.stock_flow * abs(closing.value or 0)
    return _Fault(words, abs(difference) > allowed)


def _closings(material: Material, measure: Measure) -> Iterator[Observation]:
    """The plans at the end of the term, in all and by phase."""
    for one in material.by_measure[measure.id]:
        known = one.period == material.version.term_label and one.value is not None
        if known and one.breakdown in (ALL, "phase"):
            yield one


def _flow_faults(material: Material, measure: Measure) -> Iterator[_Fault]:
    for one in _closings(material, measure):
        made = _made_of_flows(material, one)
        if made is not None and made != one.value:
            words = (
                f"{place_words(one, measure)}: the start and the plans that came and went make "
                f"{number(made, 0)}, the plans at the end are {number(one.value or 0, 0)}"
            )
            yield _fault(material, one, words, made - (one.value or 0))


def _made_of_flows(material: Material, closing: Observation) -> float | None:
    at = (closing.breakdown, closing.category)
    amounts = [material.get("ehcp_opening", "snapshot", *at)]
    amounts += [material.get(name, "in_term", *at) for name in _FLOWS]
    values = [one.value if one else None for one in amounts]
    if None in values:
        return None
    signs = (1, *_FLOWS.values())
    return sum(sign * (value or 0) for sign, value in zip(signs, values, strict=True))


def _start_faults(material: Material, measure: Measure) -> Iterator[_Fault]:
    last = material.term.shifted(-1)
    for one in _closings(material, measure):
        at = (one.breakdown, one.category)
        start = material.get("ehcp_opening", "snapshot", *at)
        before = material.get(measure.id, "snapshot", *at, last)
        if not start or not before or start.value is None or before.value is None:
            continue
        if start.value != before.value:
            words = (
                f"{category_words(one, measure) or 'All phases'}: {number(before.value, 0)} at the "
                f"end of {last.short_title}, but {number(start.value, 0)} at the start of the term"
            )
            yield _fault(material, one, words, start.value - before.value)


CHECKS = (
    Check(
        "Q06",
        "must",
        "Plans at the start, plus and minus, make plans at the end",
        "Opening + new + transferred in − ceased − transferred out, by phase and in all; the start "
        "beside the end of the term before. A difference the settings allow may be explained.",
        find_flows_that_differ,
    ),
)
