"""Persons, requests and plans of a return, with typed days and codes and without anything else."""

import datetime as dt
from dataclasses import dataclass, field

from loaders.sen2.answers import Sometime, When
from loaders.sen2.rows import Row, Sent
from loaders.sen2.span import Span
from loaders.sen2.values import Values


@dataclass(slots=True, repr=False, eq=False)
class Placement:
    """Where somebody learns or learned; `setting` is a placement's id where a code says it."""

    row: Row
    entry: dt.date | None
    leaving: dt.date | None
    rank: int | None
    setting: str | None
    urn: str
    ukprn: str
    unit: bool | None
    resourced: bool | None


@dataclass(slots=True, repr=False, eq=False)
class Plan:
    """One EHC plan. `arrived`: the day it began here; `left`: the day it ended here, handed over to
    another council if `handed_over`; `exception`: whether the 20 weeks may be longer."""

    row: Row
    request: "Request"
    start: dt.date
    arrived: When
    from_elsewhere: bool
    left: dt.date | None
    handed_over: bool
    exception: bool | None
    needs: list[tuple[int | None, str]] = field(default_factory=list)
    placements: list[Placement] = field(default_factory=list)
    meeting: dt.date | None = None
    decided_on: dt.date | None = None


@dataclass(slots=True, repr=False, eq=False)
class Request:
    """One request for an assessment. `closed`: when it stopped being a case without a plan."""

    row: Row
    person: "Person"
    received: dt.date | None
    outcome: str | None
    outcome_on: dt.date | None
    exported: bool
    assessments: list["Assessment"] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    has_active: bool = False
    from_elsewhere: bool = False
    closed: When = None


@dataclass(slots=True, repr=False, eq=False)
class Assessment:
    row: Row
    outcome: str | None
    outcome_on: dt.date | None
    exception: bool | None


@dataclass(slots=True, repr=False, eq=False)
class Person:
    row: Row
    born: dt.date | None
    requests: list[Request] = field(default_factory=list)

    @property
    def plans(self) -> list[Plan]:
        return [plan for request in self.requests for plan in request.plans]


def build_people(sent: Sent, span: Span, values: Values) -> list[Person]:
    """Every person with all requests and plans; faults go where `values` puts them."""
    return [_person(row, span, values) for row in sent.persons]


def _person(row: Row, span: Span, values: Values) -> Person:
    person = Person(row, values.day(row, "born"))
    for below in row.below("requests"):
        person.requests.append(_request(below, person, span, values))
    return person


def _request(row: Row, person: Person, span: Span, values: Values) -> Request:
    request = Request(
        row,
        person,
        received=values.day(row, "received"),
        outcome=values.code(row, "outcome", "request"),
        outcome_on=values.day(row, "outcome_on"),
        exported="exported" in row.values,
    )
    active = next((one for one in row.below("active_plans") if _says_something(one)), None)
    request.has_active = active is not None
    request.from_elsewhere = active is not None and "transferred_from" in active.values
    for below in row.below("assessment"):
        if _says_something(below):
            request.assessments.append(_assessment(below, values))
    for below in row.below("named_plan"):
        if _says_something(below):
            _add_plan(below, request, span, values)
    request.plans.sort(key=lambda plan: plan.start)
    if active is not None and request.plans:
        _add_active(request.plans[-1], active, values)
    request.closed = _closed(request, span)
    return request


def _says_something(row: Row) -> bool:
    """Some programs write empty elements for what there is not."""
    return bool(row.values) or any(_says_something(child) for child in row.children)


def _assessment(row: Row, values: Values) -> Assessment:
    return Assessment(
        row,
        outcome=values.code(row, "outcome", "assessment"),
        outcome_on=values.day(row, "outcome_on"),
        exception=values.flag(row, "exception"),
    )


def _add_plan(row: Row, request: Request, span: Span, values: Values) -> None:
    start = values.day(row, "start")
    left = values.day(row, "ceased_on")
    reason = values.code(row, "reason", "cease")
    if (left is None) != (reason is None):
        values.fault("end_half_told", row, "ceased_on" if left is None else "reason")
    if start is None:
        values.fault("plan_without_start", row, "start")
        return
    request.plans.append(
        Plan(
            row,
            request,
            start=start,
            arrived=_arrived(start, request.from_elsewhere, span),
            from_elsewhere=request.from_elsewhere,
            left=left,
            handed_over=reason == "transferred",
            exception=_exception(row, request),
        )
    )


def _arrived(start: dt.date, from_elsewhere: bool, span: Span) -> When:
    """A plan from another council came in the calendar year; when it has an older start date, that
    is the plan's first day over there, and the day it came is not told."""
    if from_elsewhere and start < span.year.start:
        return Sometime(span.year)
    return start


def _exception(row: Row, request: Request) -> bool | None:
    for assessment in request.assessments:
        if row.parent is assessment.row:
            return assessment.exception
    return request.assessments[0].exception if len(request.assessments) == 1 else None


def _add_active(plan: Plan, row: Row, values: Values) -> None:
    plan.meeting = values.day(row, "meeting")
    plan.decided_on = values.day(row, "decided_on")
    request = plan.request.row
    for need in request.below("sen_need"):
        kind = values.code(need, "type", "need")
        if kind is not None:
            plan.needs.append((values.number(need, "rank"), kind))
    for placement in request.below("placement_detail"):
        if placement.values:
            plan.placements.append(_placement(placement, values))


def _placement(row: Row, values: Values) -> Placement:
    return Placement(
        row,
        entry=values.day(row, "entry"),
        leaving=values.day(row, "leaving"),
        rank=values.number(row, "rank"),
        setting=values.code(row, "setting", "setting"),
        urn=row.values.get("urn", "").removesuffix(".0"),
        ukprn=row.values.get("ukprn", "").removesuffix(".0"),
        unit=values.flag(row, "unit"),
        resourced=values.flag(row, "resourced"),
    )


def _closed(request: Request, span: Span) -> When:
    """The first of: a plan, a refusal, a withdrawal, a decision not to issue, a move away."""
    days = [plan.start for plan in request.plans]
    untold = request.exported and not days
    if request.outcome in ("refused", "withdrawn") and not request.assessments:
        days += [request.outcome_on] if request.outcome_on else []
        untold = untold or request.outcome_on is None
    for assessment in request.assessments:
        if assessment.outcome in ("not_issued", "withdrawn"):
            days += [assessment.outcome_on] if assessment.outcome_on else []
            untold = untold or assessment.outcome_on is None
    if days:
        return min(days)
    return Sometime(span.year) if untold else None
