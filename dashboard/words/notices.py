"""What everyone is told of a correction, a withdrawal and the next figures, in plain sentences."""

import datetime as dt
from collections.abc import Iterator

from dashboard.words.periods import day_words, period_words

_VERBS = {"correction": "corrected", "revision": "revised", "withdrawal": "withdrawn"}
_HEADS = {
    "correction": ("What was wrong", "Why", "What it changes"),
    "revision": ("What was revised", "Why", "What it changes"),
    "withdrawal": ("What was wrong", "Why", "What it means"),
}


def notice_lead(kind: str, term: str, day: str) -> str:
    """`The figures of the Summer term 2025/26 were corrected on 3 March 2027.`; without a day as
    a preview says it."""
    figures = f"The figures of the {period_words(term, 'in_term')}"
    if not day:
        return f"{figures} are {_VERBS[kind]} with this version."
    return f"{figures} were {_VERBS[kind]} on {day_words(day[:10])}."


def notice_parts(
    kind: str, what: str, found_on: str, cause: str, effect: str
) -> Iterator[tuple[str, str]]:
    """Each part with its heading; those that nobody wrote are left out."""
    wrong, why, changes = _HEADS[kind]
    yield wrong, what
    if found_on and kind != "revision":
        yield "Found on", f"{day_words(found_on)}."
    if cause:
        yield why, cause
    yield changes, effect


def update_words(term: str, on_day: str, today: dt.date) -> str:
    """When the figures of the next term come out, or that they are due."""
    name, day = period_words(term, "in_term"), day_words(on_day)
    if on_day < today.isoformat():
        return f"Update due: the figures of the {name} were to come out on {day}."
    return f"Next update: the figures of the {name} come out on {day}."
