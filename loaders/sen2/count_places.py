"""Plans on the last day of a term by primary need, and by where the child learns."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from loaders.sen2.answers import Answer, Number, count
from loaders.sen2.count_plans import in_force
from loaders.sen2.people import Person, Placement, Plan
from loaders.sen2.schools import Schools
from loaders.sen2.values import Values
from schemas.codes import PLACEMENT, PRIMARY_NEED
from schemas.extract import ALL
from schemas.symbol import Symbol
from schemas.term import Term

Row = dict[str, Any]
UNKNOWN = "unknown"
NOT_RECORDED = "nr"

UNLISTED = "unlisted"  # a school's number that only a list of schools explains

# What a school's number may stand for: without a list of schools nobody can say how many of each.
BY_LIST = (
    "mainstream",
    "special_maintained",
    "special_academy_free",
    "special_independent",
    "special_nmss",
    "ap_pru",
    "fe_post16",
    "early_years_setting",
)
AT_SCHOOL = (*BY_LIST, "mainstream_resourced", "mainstream_sen_unit")


def count_by_need(persons: Sequence[Person], term: Term, values: Values) -> list[Row]:
    """One row for each primary need, of the sheet “EHC plans by need”."""
    found: dict[str, list[Answer]] = {c.id: [] for c in PRIMARY_NEED.categories}
    for plan, answer in _plans_at_end(persons, term):
        found[_need(plan, values)].append(answer)
    return [
        {"period": term.short_title, "primary_need": need, "plans_end": count(answers)}
        for need, answers in found.items()
    ]


def count_by_placement(
    persons: Sequence[Person], term: Term, values: Values, schools: Schools | None, lea: str
) -> list[Row]:
    """Rows of the sheet “EHC plans by placement”: all of a placement and, where a list of schools
    says in whose area they lie, those in this area and those outside it."""
    places: dict[tuple[str, str], list[Answer]] = {}
    for plan, answer in _plans_at_end(persons, term):
        kind, area = _placement(plan, term.flow_window.end, values, schools, lea)
        places.setdefault((kind, area), []).append(answer)
    rows: list[Row] = []
    for category in PLACEMENT.categories:
        for area, number in _numbers(category.id, places, schools is not None).items():
            row = {"placement": category.id, "in_area": area, "plans_end": number}
            rows.append({"period": term.short_title} | row)
    return rows


def _plans_at_end(persons: Sequence[Person], term: Term) -> list[tuple[Plan, Answer]]:
    end = term.flow_window.end
    found = ((plan, in_force(plan, end)) for person in persons for plan in person.plans)
    return [(plan, answer) for plan, answer in found if answer is not False]


def _need(plan: Plan, values: Values) -> str:
    """The need of the first rank; the only one there is, where it has no rank."""
    first = {kind for rank, kind in plan.needs if rank == 1}
    if not first and len(plan.needs) == 1:
        first = {plan.needs[0][1]}
    if len(first) == 1:
        return first.pop()
    values.fault("two_needs" if first else "no_need", plan.row)
    return NOT_RECORDED


def _placement(
    plan: Plan, day: dt.date, values: Values, schools: Schools | None, lea: str
) -> tuple[str, str]:
    """The placement's id, and whether it lies in the area: yes, no or “all” for nobody knows."""
    there = [p for p in plan.placements if _is_there(p, day)]
    first = there if len(there) == 1 else [p for p in there if p.rank == 1]
    if len(first) != 1:
        values.fault("placement_unclear" if there else "no_placement", plan.row)
        return UNKNOWN, ALL
    return _kind(first[0], values, schools, lea)


def _is_there(placement: Placement, day: dt.date) -> bool:
    begun = placement.entry is None or placement.entry <= day
    return begun and (placement.leaving is None or placement.leaving > day)


def _kind(
    placement: Placement, values: Values, schools: Schools | None, lea: str
) -> tuple[str, str]:
    school = (schools or {}).get(placement.urn)
    area = ALL if school is None else "yes" if school.lea == lea else "no"
    if placement.setting and not placement.urn:
        if placement.setting == UNKNOWN:
            values.fault("setting_unclear", placement.row)
        return placement.setting, ALL
    if placement.unit and placement.resourced:
        values.fault("setting_unclear", placement.row)
        return UNKNOWN, ALL
    if placement.unit or placement.resourced:
        return ("mainstream_sen_unit" if placement.unit else "mainstream_resourced"), area
    if school is not None and school.placement:
        return school.placement, area
    if placement.ukprn and not placement.urn:
        return "fe_post16", ALL
    values.fault("kind_of_school_unknown", placement.row)
    return UNLISTED, ALL


def _numbers(
    kind: str, places: Mapping[tuple[str, str], list[Answer]], listed: bool
) -> dict[str, Number]:
    """“all” with its number and, where it is known of each plan, “yes” and “no” with theirs."""
    parts = {area: places.get((kind, area), []) for area in ("yes", "no", ALL)}
    unlisted = places.get((UNLISTED, ALL), [])
    if kind in BY_LIST and unlisted and not listed:
        return {ALL: Symbol.x}
    if kind == UNKNOWN:
        return {ALL: count([*parts[ALL], *unlisted])}
    whole = count(answer for answers in parts.values() for answer in answers)
    if not listed or kind not in AT_SCHOOL or parts[ALL]:
        return {ALL: whole}
    return {"yes": count(parts["yes"]), "no": count(parts["no"]), ALL: whole}
