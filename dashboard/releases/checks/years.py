"""Q07: whether the school year so far follows from its terms."""

from collections.abc import Iterable, Iterator

from dashboard.releases.checks.amounts import HAIR, bottom_of, top_of
from dashboard.releases.checks.finding import Check, Finding, listed_places
from dashboard.releases.checks.material import Material
from dashboard.releases.checks.saying import about_measure, place_words
from dashboard.words.values import number
from schemas.measure import Measure
from schemas.observation import Observation
from schemas.term import Season


def find_years_that_differ(material: Material) -> Iterator[Finding]:
    """The school year so far is what it was a term ago and this term; in autumn, this term."""
    for measure, ones in material.measured():
        if "ytd" not in measure.bases:
            continue
        places = [
            f"{place_words(one, measure)}: {said}"
            for one in ones
            if one.basis == "ytd" and (said := _wrong_year(material, measure, one))
        ]
        if places:
            yield about_measure(material, "Q07", "must", measure, f"{listed_places(places)}.")


def _wrong_year(material: Material, measure: Measure, one: Observation) -> str:
    parts = [material.now.get(one.key._replace(basis="in_term"))]
    if material.term.season is not Season.autumn:
        last = material.term.shifted(-1).label
        parts.append(material.before.get(one.key._replace(period=last)))
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return ""
    tops = [(one.numerator, [top_of(part) for part in known])]
    if measure.is_rate and not measure.source.denominator_once:
        tops.append((one.denominator, [bottom_of(part) for part in known]))
    return next(filter(None, (_wrong_total(total, amounts) for total, amounts in tops)), "")


def _wrong_total(total: float | None, amounts: Iterable[float | None]) -> str:
    known = [*amounts]
    if total is None or any(amount is None for amount in known):
        return ""
    made = sum(amount or 0 for amount in known)
    if abs(made - total) <= HAIR * max(1.0, abs(total)):
        return ""
    return f"the terms make {number(made, 0)}, the year so far says {number(total, 0)}"


CHECKS = (
    Check(
        "Q07",
        "must",
        "The school year so far follows from its terms",
        "Every year-to-date figure beside that of the term before and this term's own.",
        find_years_that_differ,
    ),
)
