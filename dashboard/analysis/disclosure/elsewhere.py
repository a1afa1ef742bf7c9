"""Counts of the area that others have published: everyone knows them, so they cannot be hidden."""

from collections.abc import Iterable, Mapping

from dashboard.analysis.disclosure.quantity import Quantity, counted_by
from schemas.extract import ALL
from schemas.extracts import load_extracts
from schemas.measure import Measure
from schemas.observation import JOIN, Observation
from schemas.relations import Relations
from schemas.term import Season, Term, parse_period


def counts_elsewhere(
    published: Iterable[Observation], measures: Mapping[str, Measure], rules: Relations
) -> dict[Quantity, int]:
    """The counts in publishers' figures of this area, as quantities of ours.

    A calendar year is the three terms that end in December, a school year those that end in
    summer, where a measure adds terms up. A share that came without its counts tells none.
    """
    found: dict[Quantity, int] = {}
    for one in published:
        measure = measures.get(one.measure_id)
        ours = _as_ours(one, measure) if measure else None
        if measure is None or ours is None or not _is_ours(ours, measure):
            continue
        counted = counted_by(ours, measure, rules)
        value = one.value if measure.source.derive == "sum" else None
        top = one.numerator if one.numerator is not None else value
        for quantity, amount in ((counted.numerator, top), (counted.denominator, one.denominator)):
            if quantity is not None and amount is not None and amount == round(amount):
                found.setdefault(quantity, round(amount))
    return found


def _as_ours(one: Observation, measure: Measure) -> Observation | None:
    """With the term and basis by which we would publish the same; None when we never would."""
    if one.basis == "calendar_year" and "rolling3" in measure.bases and one.period.isdigit():
        return one._replace(period=Term(int(one.period), Season.autumn).label, basis="rolling3")
    if one.basis == "academic_year" and "ytd" in measure.bases:
        return one._replace(period=Term(int(one.period[:4]), Season.summer).label, basis="ytd")
    is_term = one.basis in ("in_term", "snapshot") and parse_period(one.period) is not None
    return one if is_term else None


def _is_ours(one: Observation, measure: Measure) -> bool:
    """Whether its categories are those of our sheets."""
    if one.breakdown == ALL:
        return True
    source = measure.source
    filters = {f.id: {c.id for c in f.categories} for f in load_extracts()[source.extract].filters}
    if source.columns_by:
        filters[source.columns_by] = {*source.columns}
    pairs = zip(one.breakdown.split(JOIN), one.category.split(JOIN), strict=True)
    return all(part in filters.get(name, ()) for name, part in pairs)
