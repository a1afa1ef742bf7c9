"""Requests for an assessment in a term, what was decided, and assessments that ended."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from loaders.sen2.answers import Answer, both, count, happened_by, happened_inside, opposite
from loaders.sen2.people import Assessment, Person, Request
from loaders.sen2.values import Values
from schemas.term import Term, Window

SIX_WEEKS = 42  # days; the day of receipt is day 0
ENDED = ("issue", "not_issued")


def count_requests(persons: Sequence[Person], term: Term, values: Values) -> list[dict[str, Any]]:
    """The one row of the sheet “Requests and assessments”."""
    window = term.flow_window
    requests = [request for person in persons for request in person.requests]
    agreed = [r for r in requests if r.outcome == "agreed" and _decided(r, window)]
    refused = [r for r in requests if r.outcome == "refused" and _decided(r, window)]
    ended = list(_ended(requests, window))
    row = {
        "requests": count(_received(persons, window, values)),
        "agreed": len(agreed),
        "refused": len(refused),
        "decided_6w": count(_within_six_weeks(request) for request in (*agreed, *refused)),
        "assessments": len(ended),
        "not_issued": sum(assessment.outcome == "not_issued" for assessment in ended),
    }
    return [{"period": term.short_title, **row}]


def _received(persons: Sequence[Person], window: Window, values: Values) -> Iterator[Answer]:
    """One for each child: not a second request while the first is open, nor a plan handed over."""
    for person in persons:
        for place, request in enumerate(person.requests):
            inside = happened_inside(request.received, window)
            if not inside or request.from_elsewhere or request.received is None:
                continue
            others = person.requests[:place] + person.requests[place + 1 :]
            open_already = _any_open(others, request, request.received)
            if open_already:
                values.fault("asked_twice", request.row)
            yield both(inside, opposite(open_already))


def _any_open(others: Sequence[Request], this: Request, day: dt.date) -> Answer:
    answers = [_was_open(other, this, day) for other in others if not other.from_elsewhere]
    if any(answers):
        return True
    return None if None in answers else False


def _was_open(other: Request, this: Request, day: dt.date) -> Answer:
    """Whether another request, received before or first in the file, was still open that day."""
    if other.received is None or other.received > day:
        return False
    if other.received == day and other.row.number > this.row.number:
        return False
    return opposite(happened_by(other.closed, day))


def _decided(request: Request, window: Window) -> Answer:
    return not request.from_elsewhere and happened_inside(request.outcome_on, window)


def _within_six_weeks(request: Request) -> Answer:
    if request.received is None or request.outcome_on is None:
        return None
    return (request.outcome_on - request.received).days <= SIX_WEEKS


def _ended(requests: Sequence[Request], window: Window) -> Iterator[Assessment]:
    for request in requests:
        for assessment in request.assessments:
            counts = assessment.outcome in ENDED and not request.from_elsewhere
            if counts and happened_inside(assessment.outcome_on, window):
                yield assessment
