"""Q09: numbers that can never be larger than others."""

from collections.abc import Iterator
from typing import NamedTuple

from dashboard.releases.checks.finding import Check, Finding, listed_places
from dashboard.releases.checks.material import Material
from dashboard.releases.checks.saying import about_measure, place_words
from dashboard.words.values import number
from schemas.measure import Measure
from schemas.observation import Observation


class _Order(NamedTuple):
    """The first part is never larger than the second; a part is the top or bottom of a measure,
    several added up."""

    small: tuple[tuple[str, str], ...]
    big: tuple[str, str]
    words: str


_TOP, _BOTTOM = "numerator", "denominator"
_ORDERS = (
    _Order(
        (("ehcp_20w_excl", _TOP),),
        ("ehcp_20w_incl", _TOP),
        "plans in time without exceptions ({}) are more than all plans in time ({})",
    ),
    _Order(
        (("ehcp_20w_excl", _BOTTOM),),
        ("ehcp_20w_incl", _BOTTOM),
        "plans issued without exceptions ({}) are more than all plans issued ({})",
    ),
    _Order(
        (("ehcp_20w_incl", _TOP), ("ehcp_issued_over_1y", _TOP)),
        ("ehcp_20w_incl", _BOTTOM),
        "plans in time and after a year ({}) are more than all plans issued ({})",
    ),
    _Order(
        (("ehcp_20w_incl", _TOP),),
        ("ehcp_20w_incl", _BOTTOM),
        "plans in time ({}) are more than all plans issued ({})",
    ),
    _Order(
        (("severe_absence_pct", _TOP),),
        ("persistent_absence_pct", _TOP),
        "severe absentees ({}) are more than persistent absentees ({})",
    ),
    _Order(
        (("pupils_suspended_pct", _TOP),),
        ("suspensions", _TOP),
        "pupils suspended ({}) are more than suspensions ({})",
    ),
    _Order(
        (("nd_over_104w", _TOP),),
        ("nd_waiting", _TOP),
        "children waiting over 104 weeks ({}) are more than all who wait ({})",
    ),
    _Order(
        (("nd_wait_median_days", _TOP),),
        ("nd_wait_longest", _TOP),
        "the middle wait ({} days) is longer than the longest ({} days)",
    ),
)


def find_wrong_orders(material: Material) -> Iterator[Finding]:
    """Pairs of figures in the wrong order, and a term that is more than its year so far."""
    for order in _ORDERS:
        measure = material.measures.get(order.small[0][0])
        if measure is not None:
            places = [*_wrong_places(material, measure, order)]
            if places:
                words = f"{listed_places(places)}."
                yield about_measure(material, "Q09", "must", measure, words)
    for measure, ones in material.measured():
        places = [*_more_than_year(material, measure, ones)]
        if places:
            yield about_measure(material, "Q09", "must", measure, f"{listed_places(places)}.")


def _wrong_places(material: Material, measure: Measure, order: _Order) -> Iterator[str]:
    for one in material.by_measure[measure.id]:
        small = [_amount(material, one, *part) for part in order.small]
        big = _amount(material, one, *order.big)
        known = [amount for amount in small if amount is not None]
        if big is None or len(known) < len(small) or sum(known) <= big:
            continue
        said = order.words.format(number(sum(known), 0), number(big, 0))
        yield f"{place_words(one, measure)}: {said}"


def _amount(material: Material, at: Observation, measure_id: str, part: str) -> float | None:
    found = material.now.get(at.key._replace(measure_id=measure_id))
    amount: float | None = getattr(found, part) if found else None
    return amount


def _more_than_year(
    material: Material, measure: Measure, ones: tuple[Observation, ...]
) -> Iterator[str]:
    """Only of counts: a share of a term may well be above that of its year."""
    for one in ones:
        year = material.now.get(one.key._replace(basis="ytd"))
        if one.basis != "in_term" or measure.unit != "count" or year is None:
            continue
        if one.value is not None and year.value is not None and one.value > year.value:
            said = f"{number(one.value, 0)} in the term, {number(year.value, 0)} in the year so far"
            yield f"{place_words(one, measure)}: {said}"


CHECKS = (
    Check(
        "Q09",
        "must",
        "Smaller numbers are smaller",
        "In time at most issued, without exceptions at most with them, severe at most persistent, "
        "pupils at most suspensions, a term at most its year so far.",
        find_wrong_orders,
    ),
)
