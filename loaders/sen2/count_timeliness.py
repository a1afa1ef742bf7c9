"""New plans of a term or a month and how long they took, and cases that are open too long."""

import datetime as dt
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any

from dateutil.relativedelta import relativedelta

from loaders.sen2.answers import Answer, Number, both, count, happened_by, opposite
from loaders.sen2.count_plans import is_new, plans_of
from loaders.sen2.people import Person, Plan, Request
from loaders.sen2.phase import PHASES, phase_on
from loaders.sen2.values import Values
from schemas.extract import ALL
from schemas.symbol import Symbol
from schemas.term import Term, Window

TWENTY_WEEKS = 140  # days; the day of receipt is day 0


def count_timeliness(
    persons: Sequence[Person], term: Term, monthly: bool, values: Values
) -> list[dict[str, Any]]:
    """Rows of the sheet “20-week timeliness”: each period with each phase and all phases, since a
    middle wait cannot be put together from those of the phases."""
    periods = [(term.short_title, term.flow_window)]
    if monthly:
        periods = [(month.title, month.window) for month in term.months]
    return [
        {"period": period, "phase": phase, **_row(persons, phase, window, values)}
        for period, window in periods
        for phase in (*PHASES, ALL)
    ]


def _row(
    persons: Sequence[Person], phase: str, window: Window, values: Values
) -> dict[str, Number]:
    phases = PHASES if phase == ALL else (phase,)
    plans = [plan for one in phases for plan in plans_of(persons, one, window.end)]
    issued = [plan for plan in plans if is_new(plan, window)]
    for plan in issued:
        _tell_what_is_missing(plan, values)
    open_now = (_open_too_long(r, window.end) for r in _requests(persons, phases, window.end))
    return {
        "issued": len(issued),
        "issued_excl": count(opposite(plan.exception) for plan in issued),
        "within_20w": count(_in_time(plan) for plan in issued),
        "within_20w_excl": count(both(_in_time(p), opposite(p.exception)) for p in issued),
        "after_1_year": count(_after_a_year(plan) for plan in issued),
        "open_over_20w": count(open_now),
        "median_weeks": _median_weeks(issued),
    }


def _tell_what_is_missing(plan: Plan, values: Values) -> None:
    if plan.request.received is None:
        values.fault("wait_unknown", plan.row)
    if plan.exception is None:
        values.fault("exception_unknown", plan.row)


def _in_time(plan: Plan) -> Answer:
    received = plan.request.received
    return None if received is None else (plan.start - received).days <= TWENTY_WEEKS


def _after_a_year(plan: Plan) -> Answer:
    received = plan.request.received
    return None if received is None else plan.start > received + relativedelta(years=1)


def _median_weeks(issued: Sequence[Plan]) -> Number:
    """Weeks to one decimal; not applicable where no plan was issued."""
    waits = [(p.start - p.request.received).days for p in issued if p.request.received]
    if len(waits) < len(issued):
        return Symbol.x
    return round(median(waits) / 7, 1) if waits else Symbol.z


def _requests(persons: Sequence[Person], phases: Sequence[str], day: dt.date) -> Iterator[Request]:
    for person in persons:
        if person.born is not None and phase_on(person.born, day) in phases:
            yield from person.requests


def _open_too_long(request: Request, day: dt.date) -> Answer:
    """Whether, at the end of the day, more than 140 days after the request there is no end."""
    if request.from_elsewhere:
        return False
    still_open = opposite(happened_by(request.closed, day))
    if request.received is None:
        return both(still_open, None)
    return both(still_open, (day - request.received).days > TWENTY_WEEKS)
