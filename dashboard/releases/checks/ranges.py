"""Q03, Q04, Q20: whether each number can be true by itself."""

from collections.abc import Callable, Iterator
from functools import cache

import pandas as pd

from dashboard.analysis.spread import interval_of
from dashboard.releases.checks.finding import Check, Finding, Severity, listed_places
from dashboard.releases.checks.material import Material
from dashboard.releases.checks.saying import about_measure, figure_words, place_words
from dashboard.view import Point
from dashboard.words.values import number
from schemas.extracts import load_extracts
from schemas.measure import Measure, load_measures
from schemas.observation import Observation
from schemas.rules import BAND_EDGES

_LONG_BAND = BAND_EDGES[-1][0]  # days: the first of “over 104 weeks”
Wrong = Callable[[Observation, Measure], str]


def find_out_of_range(material: Material) -> Iterator[Finding]:
    """Numbers below nought, counts that are not whole, shares above 100%."""
    yield from _one_for_each(material, "Q03", "must", _out_of_range)


def _out_of_range(one: Observation, measure: Measure) -> str:
    value = one.value
    if value is None:
        return ""
    if value < 0 or (one.numerator or 0) < 0 or (one.denominator or 0) < 0:
        return f"{figure_words(one, measure)} is below nought"
    if measure.unit == "count" and value != round(value):
        return f"{value:g} is not a whole number"
    if is_part_of_whole(measure.id):
        if value > 100:
            return f"{figure_words(one, measure)} is more than 100%"
        if one.numerator is not None and one.numerator > (one.denominator or 0):
            return f"{one.numerator:g} of {one.denominator or 0:g} is more than all"
    return ""


@cache
def is_part_of_whole(measure_id: str) -> bool:
    """Whether a measure is a share of which the sheet's own rules say that the top is never more
    than the bottom. Reviews held may be more than those due, pupils more than places."""
    measure = load_measures().get(measure_id)
    if measure is None or measure.unit != "percent" or measure.source.derive != "ratio":
        return False
    source = measure.source
    if set(source.numerator) <= set(source.denominator):
        return True
    extract = load_extracts()[source.extract]
    both = {*source.numerator, *source.denominator}
    tried = {i.id: float(i.id in source.numerator) for i in extract.indicators}
    return any(
        both <= set(rule.needs) and not rule.holds(pd.DataFrame([tried])).all()
        for rule in extract.rules
        if not rule.caution
    )


def find_not_recomputed(material: Material) -> Iterator[Finding]:
    """Rates that their own numerator and denominator do not make, and intervals that leave their
    number out."""
    within = material.area.tolerances.percent_points

    def wrong(one: Observation, measure: Measure) -> str:
        if one.value is None or not measure.is_rate:
            return ""
        if one.numerator is None or one.denominator is None:
            return "has no numerator and denominator"
        again = measure.value(one.numerator, one.denominator)
        if not isinstance(again, float) or abs(again - one.value) > within:
            made = number(again, 3) if isinstance(again, float) else "no number"
            return f"{figure_words(one, measure)}, but {_counts(one)} makes {made}"
        return "" if one != material.headline(measure) else _outside(one, measure)

    yield from _one_for_each(material, "Q04", "must", wrong)


def _counts(one: Observation) -> str:
    return f"{number(one.numerator or 0, 0)} of {number(one.denominator or 0, 0)}"


def _outside(one: Observation, measure: Measure) -> str:
    point = Point(*one[2:5], one.value, None, *one[8:10], one.status, "", "", "")
    interval = interval_of(point, measure)
    if interval is None or one.value is None or interval.holds(one.value):
        return ""
    return f"{figure_words(one, measure)} lies outside its own 95% interval"


def find_implausible(material: Material) -> Iterator[Finding]:
    """Waits that are too long to believe, or that other figures of the same list contradict."""
    yield from _one_for_each(
        material, "Q20", "should", lambda one, measure: _implausible(material, one, measure)
    )


def _implausible(material: Material, one: Observation, measure: Measure) -> str:
    if one.value is None or measure.unit not in ("days", "weeks"):
        return ""
    days = one.value * (7 if measure.unit == "weeks" else 1)
    longest = material.area.tolerances.longest_wait_days
    if days > longest:
        return f"{figure_words(one, measure)} is more than {number(longest / 365.25, 0)} years"
    if measure.source.derive == "maximum":
        return _contradicted(material, one, measure)
    return ""


def _contradicted(material: Material, one: Observation, measure: Measure) -> str:
    """A longest wait beside the middle wait and the longest band of the same children."""
    name = measure.id.removesuffix("_wait_longest")
    middle = material.now.get(one.key._replace(measure_id=f"{name}_wait_median_days"))
    if middle and middle.value is not None and middle.value > (one.value or 0):
        return f"the longest wait is {one.value:g} days and the middle one {middle.value:g}"
    over = material.now.get(one.key._replace(measure_id=f"{name}_over_104w"))
    if over and over.value is not None and bool(over.value) != ((one.value or 0) >= _LONG_BAND):
        return f"the longest wait is {one.value:g} days, but {over.value:g} wait over 104 weeks"
    return ""


def _one_for_each(
    material: Material, check_id: str, severity: Severity, wrong: Wrong
) -> Iterator[Finding]:
    """One finding for each measure, with the first of its places."""
    for measure, ones in material.measured():
        places = [
            f"{place_words(one, measure)}: {words}"
            for one in ones
            if (words := wrong(one, measure))
        ]
        if places:
            facts = tuple(places) if severity == "should" else ()
            words = f"{listed_places(places)}."
            yield about_measure(material, check_id, severity, measure, words, facts)


CHECKS = (
    Check(
        "Q03",
        "must",
        "Numbers are within their range",
        "Counts are whole and not below nought; shares lie between 0% and 100% and their top is "
        "not more than their bottom, where the sheet's rules say so.",
        find_out_of_range,
    ),
    Check(
        "Q04",
        "must",
        "Rates follow from their counts",
        "Every rate worked out again from its numerator and denominator; the 95% interval of each "
        "headline holds its number.",
        find_not_recomputed,
    ),
    Check(
        "Q20",
        "should",
        "Waits are plausible",
        "Waits longer than the settings allow, and longest waits that the middle wait or the wait "
        "bands contradict. Referral dates and dates of birth are not sent, so they are not seen.",
        find_implausible,
    ),
)
