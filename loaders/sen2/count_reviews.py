"""Annual reviews held in a term and decided within four weeks, as far as the return can say."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from loaders.sen2.answers import Number
from loaders.sen2.count_plans import plans_of
from loaders.sen2.people import Person, Plan
from loaders.sen2.phase import PHASES
from loaders.sen2.span import Span
from loaders.sen2.values import Values
from schemas.symbol import Symbol
from schemas.term import Term, Window

FOUR_WEEKS = 28  # days
SOON = dt.timedelta(days=62)  # our choice: so long after the term few reviews are written over


def count_reviews(
    persons: Sequence[Person], term: Term, span: Span, values: Values
) -> list[dict[str, Any]]:
    """One row for each phase, of the sheet “Annual reviews”.

    The return keeps the latest meeting of each plan only. So “Reviews due” is never known (the
    meeting before is gone), and the others are known only where it was taken soon after the term.
    """
    window = term.flow_window
    recorded = any(plan.meeting for person in persons for plan in person.plans)
    known = recorded and span.covered.end - window.end <= SOON
    rows = []
    for phase in PHASES:
        plans = list(plans_of(persons, phase, window.end)) if known else []
        held = [plan for plan in plans if plan.meeting and _inside(plan.meeting, window)]
        row = {
            "due": Symbol.x,
            "held": len(held) if known else Symbol.x,
            "decided_4w": _decided(held, values) if known else Symbol.x,
        }
        rows.append({"period": term.short_title, "phase": phase, **row})
    return rows


def _inside(day: dt.date, window: Window) -> bool:
    return window.start <= day <= window.end


def _decided(held: Sequence[Plan], values: Values) -> Number:
    in_time = 0
    for plan in held:
        assert plan.meeting is not None
        if plan.decided_on is None:
            continue
        days = (plan.decided_on - plan.meeting).days
        if days < 0:
            values.fault("decided_before_meeting", plan.row)
        in_time += 0 <= days <= FOUR_WEEKS
    return in_time
