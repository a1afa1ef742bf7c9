"""Plans at the start and end of a term by phase, and what came and went between."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from loaders.sen2.answers import Answer, both, count, happened_by, happened_inside, opposite
from loaders.sen2.people import Person, Plan
from loaders.sen2.phase import PHASES, phase_on
from schemas.term import Term, Window

Row = dict[str, Any]


def count_plans(persons: Sequence[Person], term: Term) -> list[Row]:
    """One row for each phase, of the sheet “EHC plans”; the columns balance.

    Somebody who moves up a phase on 1 September leaves the one and comes into the other then.
    """
    window = term.flow_window
    return [
        {"period": term.short_title, "phase": p, **_of_phase(persons, p, window)} for p in PHASES
    ]


def in_force(plan: Plan, day: dt.date) -> Answer:
    """Whether this council maintained the plan at the end of the day."""
    return both(happened_by(plan.arrived, day), opposite(happened_by(plan.left, day)))


def is_new(plan: Plan, window: Window) -> Answer:
    """Whether it is a first final plan that was issued in the window."""
    return not plan.from_elsewhere and happened_inside(plan.start, window)


def plans_of(persons: Sequence[Person], phase: str, day: dt.date) -> Iterator[Plan]:
    """The plans, whenever they ran, of those who are in the phase on the day."""
    for person in persons:
        if person.born is not None and phase_on(person.born, day) == phase:
            yield from person.plans


def _of_phase(persons: Sequence[Person], phase: str, window: Window) -> Row:
    before = window.start - dt.timedelta(days=1)
    was = list(plans_of(persons, phase, before))
    now = list(plans_of(persons, phase, window.end))
    ends = [(plan.handed_over, happened_inside(plan.left, window)) for plan in now]
    return {
        "plans_start": count(in_force(plan, before) for plan in was),
        "new_plans": count(is_new(plan, window) for plan in now),
        "transferred_in": count(
            [*(_came(plan, window) for plan in now), *_moved(now, was, before)]
        ),
        "ceased": count(ended for handed_over, ended in ends if not handed_over),
        "transferred_out": count(
            [*(ended for handed_over, ended in ends if handed_over), *_moved(was, now, before)]
        ),
        "plans_end": count(in_force(plan, window.end) for plan in now),
    }


def _moved(these: Sequence[Plan], others: Sequence[Plan], day: dt.date) -> list[Answer]:
    """The plans of the day whose owner is among these on one side of it only."""
    there = {id(plan) for plan in others}
    return [in_force(plan, day) for plan in these if id(plan) not in there]


def _came(plan: Plan, window: Window) -> Answer:
    return plan.from_elsewhere and happened_inside(plan.arrived, window)
