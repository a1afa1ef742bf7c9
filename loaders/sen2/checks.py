"""What is wrong inside a person's own rows, before anything is counted."""

import datetime as dt
from itertools import pairwise

from loaders.sen2.answers import Sometime
from loaders.sen2.people import Assessment, Person, Plan, Request
from loaders.sen2.values import Values

DECIDED = ("agreed", "refused")
ENDED = ("issue", "not_issued")


def check_person(person: Person, values: Values) -> None:
    """Adds every fault of a person, the person's requests and plans to those of `values`."""
    if person.born is None and "born" not in person.row.values:
        values.fault("no_birth_date", person.row, "born")
    for request in person.requests:
        _check_request(request, values)
        if person.born and any(day < person.born for day in _days(request)):
            values.fault("born_later", person.row, "born")
    _check_one_plan_at_a_time(person, values)


def _days(request: Request) -> list[dt.date]:
    days = [request.received, *(plan.start for plan in request.plans)]
    return [day for day in days if day is not None]


def _check_request(request: Request, values: Values) -> None:
    row = request.row
    historical = request.outcome == "historical"
    may_be_missing = historical or request.from_elsewhere
    if "received" not in row.values and not may_be_missing:
        values.fault("no_received_date", row, "received")
    undated = "outcome_on" not in row.values and not request.from_elsewhere
    if request.outcome in DECIDED and undated:
        values.fault("no_outcome_date", row, "outcome_on")
    if _before(request.outcome_on, request.received):
        values.fault("outcome_before_received", row, "outcome_on")
    if isinstance(request.closed, Sometime):
        values.fault("not_closed_on", row)
    if request.has_active and not request.plans:
        values.fault("plan_without_start", row)
    for assessment in request.assessments:
        _check_assessment(assessment, request, values)
    for plan in request.plans:
        _check_plan(plan, request, values)


def _check_assessment(assessment: Assessment, request: Request, values: Values) -> None:
    row = assessment.row
    undated = "outcome_on" not in row.values and not request.from_elsewhere
    if assessment.outcome in ENDED and undated:
        values.fault("no_outcome_date", row, "outcome_on")
    if _before(assessment.outcome_on, request.received):
        values.fault("outcome_before_received", row, "outcome_on")
    elif _before(assessment.outcome_on, request.outcome_on):
        values.fault("assessed_before_agreed", row, "outcome_on")


def _check_plan(plan: Plan, request: Request, values: Values) -> None:
    if _before(plan.left, plan.start):
        values.fault("ended_before_start", plan.row, "ceased_on")
    if _before(plan.start, request.received) and not plan.from_elsewhere:
        values.fault("issued_before_received", plan.row, "start")


def _check_one_plan_at_a_time(person: Person, values: Values) -> None:
    plans = sorted(person.plans, key=lambda plan: plan.start)
    for first, second in pairwise(plans):
        if first.left is None or first.left > second.start:
            values.fault("two_open_plans", second.row, "start")


def _before(day: dt.date | None, other: dt.date | None) -> bool:
    return day is not None and other is not None and day < other
