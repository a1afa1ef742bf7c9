"""Yes, no and “the return does not say”: how days that are known only roughly are counted."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from schemas.symbol import Symbol
from schemas.term import Window

Answer = bool | None  # None: the return does not say
Number = int | float | Symbol


@dataclass(frozen=True)
class Sometime:
    """A day that is known only to lie inside a window."""

    window: Window


When = dt.date | Sometime | None  # None: it never happened


def both(*answers: Answer) -> Answer:
    """No as soon as one is no; else unknown if one is unknown."""
    if any(answer is False for answer in answers):
        return False
    return None if any(answer is None for answer in answers) else True


def opposite(answer: Answer) -> Answer:
    return None if answer is None else not answer


def happened_by(when: When, day: dt.date) -> Answer:
    """Whether it had happened at the end of that day."""
    if when is None:
        return False
    if isinstance(when, dt.date):
        return when <= day
    if day >= when.window.end:
        return True
    return None if day >= when.window.start else False


def happened_inside(when: When, window: Window) -> Answer:
    """Whether it happened in the window, both ends included."""
    if when is None:
        return False
    if isinstance(when, dt.date):
        return window.start <= when <= window.end
    first, last = when.window.start, when.window.end
    if last < window.start or first > window.end:
        return False
    return True if window.start <= first and last <= window.end else None


def count(answers: Iterable[Answer]) -> Number:
    """How many are yes; `x` if one might be."""
    total = 0
    for answer in answers:
        if answer is None:
            return Symbol.x
        total += answer
    return total
