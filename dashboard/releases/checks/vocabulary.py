"""Q08, Q15, Q16: whether each number is there once, under words and definitions we know."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import get_args

from dashboard.releases.checks.finding import Check, Finding, key_of, listed_places
from dashboard.releases.checks.material import Material
from dashboard.releases.checks.saying import about_measure, is_known, place_words
from schemas.area import load_areas
from schemas.measure import Basis
from schemas.observation import STATUSES, Observation
from schemas.symbol import parse_symbol
from schemas.term import parse_period

_BASES: tuple[str, ...] = get_args(Basis)


def find_twice(material: Material) -> Iterator[Finding]:
    """The same measure, part, period and basis more than once."""
    counted = Counter(figure.one.key for figure in material.figures)
    for measure, ones in material.measured():
        twice = {one.key: one for one in ones if counted[one.key] > 1}
        if twice:
            places = [
                f"{place_words(one, measure)} ({one.basis}), {counted[key]} times"
                for key, one in twice.items()
            ]
            words = f"figures are there more than once: {listed_places(places)}."
            yield about_measure(material, "Q08", "must", measure, words)


def find_unknown_words(material: Material) -> Iterator[Finding]:
    """Categories, periods, bases, statuses and symbols that are in no list of ours."""
    for measure, ones in material.measured():
        places = [
            f"{place_words(one, measure)}: {wrong}"
            for one in ones
            if (wrong := _unknown(one) or ("" if is_known(one, measure) else "not in the list"))
        ]
        if places:
            yield about_measure(material, "Q15", "must", measure, f"{listed_places(places)}.")
    strangers = {f.one.measure_id for f in material.figures} - material.measures.keys()
    for name in sorted(strangers):
        period = material.version.term_label
        words = f"There are figures of “{name}”, which is no measure of this area."
        yield Finding(
            "Q15", "must", key_of("Q15", name, period), "", "", period, words, "definitions"
        )


def _unknown(one: Observation) -> str:
    if parse_period(one.period) is None:
        return f"{one.period} is no term or month"
    if one.basis not in _BASES:
        return f"{one.basis} is no basis"
    if one.symbol is not None and parse_symbol(one.symbol) is None:
        return f"{one.symbol} is no symbol"
    if one.status not in STATUSES:
        return f"{one.status} is no status"
    return "" if load_areas().get(one.area_code) else f"{one.area_code} is no area"


def find_other_definitions(material: Material) -> Iterator[Finding]:
    """Figures worked out by another version of the definition than the one in force, unless that
    was agreed; and definitions that changed since the term before."""
    before = _versions_before(material)
    for measure, ones in material.measured():
        used = {one.definition_version for one in ones}
        if used != {measure.version} and not material.definitions_agreed:
            words = (
                f"worked out by version {_listed(used)} of the definition, and version "
                f"{measure.version} is in force. Send the file in again, or have the change agreed."
            )
            yield about_measure(material, "Q16", "must", measure, words)
        elif before.get(measure.id, used) != used:
            was = before[measure.id]
            words = (
                f"the definition is now version {_listed(used)}; the term before used version "
                f"{_listed(was)}. Say what changed; the Group and the Board have to agree it."
            )
            facts = (_listed(was), _listed(used))
            yield about_measure(material, "Q16", "should", measure, words, facts)


def _versions_before(material: Material) -> dict[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for figure in material.last_term:
        found[figure.one.measure_id].add(figure.one.definition_version)
    return dict(found)


def _listed(versions: set[int]) -> str:
    return ", ".join(map(str, sorted(versions)))


CHECKS = (
    Check(
        "Q08",
        "must",
        "Each number is there once",
        "One figure for each measure, part, period and basis. Whether a child was counted twice "
        "cannot be seen in counts; the definitions say that children are counted, not referrals.",
        find_twice,
    ),
    Check(
        "Q15",
        "must",
        "All categories are known",
        "Every category, period, basis, status and symbol beside the code lists. “SEN support, no "
        "specialist assessment” is in no list of plans, so it is found as well.",
        find_unknown_words,
    ),
    Check(
        "Q16",
        "must",
        "The definitions are those in force",
        "The version of the definition that each number was worked out by, beside the catalogue "
        "and the term before.",
        find_other_definitions,
    ),
)
