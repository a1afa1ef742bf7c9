"""From a return to the rows of the six sheets, with everything that was found wrong on the way."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from loaders.sen2.checks import check_person
from loaders.sen2.count_places import count_by_need, count_by_placement
from loaders.sen2.count_plans import count_plans
from loaders.sen2.count_requests import count_requests
from loaders.sen2.count_reviews import count_reviews
from loaders.sen2.count_timeliness import count_timeliness
from loaders.sen2.not_said import NotSaid, what_is_not_said
from loaders.sen2.people import Person, build_people
from loaders.sen2.phase import age_on
from loaders.sen2.rows import ReturnRefused, Sent
from loaders.sen2.rules import Told, stops, tell
from loaders.sen2.schools import Schools
from loaders.sen2.sources import read_return
from loaders.sen2.span import Span, header_text, span_of
from loaders.sen2.specification import load_specification
from loaders.sen2.values import Values, parse_day
from schemas.area import Area
from schemas.term import Term

MAX_AGE = 25


@dataclass(frozen=True)
class Wanted:
    """What to count: an area, a term, and the choices the sender made."""

    area: Area
    term: Term
    monthly: bool = False
    census_on: dt.date | None = None
    leave_out: bool = False
    schools: Schools | None = None


@dataclass(frozen=True)
class Derived:
    """Rows by extract id (none when a fault stops the counting), what to look at, which cells are
    `x` and why, and how many persons were counted and left out."""

    rows: Mapping[str, list[dict[str, Any]]] | None
    told: Sequence[Told]
    not_said: Sequence[NotSaid]
    persons: int
    left_out: int
    year: int
    written_on: dt.date

    @property
    def coverage(self) -> str:
        """The coverage note of the workbook's cover."""
        parts = [
            f"Worked out by send-dashboard derive from the SEN2 return of {self.year}.",
            "Phase is by age on 31 August before the school year.",
        ]
        if self.left_out:
            people = "person" if self.left_out == 1 else "people"
            parts.append(f"Left out because of faults in the return: {self.left_out} {people}.")
        parts += [f"Not available: {one}" for one in self.not_said]
        return " ".join(parts)


def derive(paths: Sequence[Path], wanted: Wanted) -> Derived:
    """The counts of a return. Raises ReturnRefused, in one sentence without any value of it."""
    specification = load_specification()
    sent = read_return(paths, specification)
    _check_council(sent, wanted.area)
    span = span_of(sent, wanted.census_on)
    span.check(wanted.term.flow_window, wanted.term.title)
    values = Values(specification, sent.faults)
    persons = build_people(sent, span, values)
    for person in persons:
        check_person(person, values)
    wrong = {fault.person for fault in sent.faults if stops(fault)}
    kept = [person for person in persons if person.row.number not in wrong]
    rows = None
    if wanted.leave_out or not any(stops(fault) for fault in sent.faults):
        rows = _count(kept, wanted, span, values)
    return Derived(
        rows,
        tell(sent.faults, specification),
        what_is_not_said(rows or {}),
        len(kept),
        len(persons) - len(kept),
        span.year.start.year + 1,
        parse_day(header_text(sent, "written")) or span.covered.end,
    )


def _check_council(sent: Sent, area: Area) -> None:
    lea = header_text(sent, "lea")
    if lea and lea != area.old_code:
        raise ReturnRefused(
            f"This return is not from {area.name}: its header has another council's number than "
            f"{area.old_code}."
        )


def _count(
    persons: Sequence[Person], wanted: Wanted, span: Span, values: Values
) -> dict[str, list[dict[str, Any]]]:
    term = wanted.term
    _tell_of_age(persons, term.flow_window.end, values)
    lea = wanted.area.old_code
    return {
        "ehc_plans": count_plans(persons, term),
        "ehc_plans_by_need": count_by_need(persons, term, values),
        "ehc_plans_by_placement": count_by_placement(persons, term, values, wanted.schools, lea),
        "ehc_requests": count_requests(persons, term, values),
        "ehc_timeliness": count_timeliness(persons, term, wanted.monthly, values),
        "annual_reviews": count_reviews(persons, term, span, values),
    }


def _tell_of_age(persons: Sequence[Person], day: dt.date, values: Values) -> None:
    for person in persons:
        if person.born is not None and person.plans and age_on(person.born, day) > MAX_AGE:
            values.fault("over_25", person.row, "born")
