"""Commentary: what the owner of a measure says about one term, and what is wrong with it."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from schemas.area import load_area_settings
from schemas.measure import load_measures
from schemas.term import parse_term

LONGEST = 1_000
_TITLE_AND_NAME = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof)\.? [A-Z]")
_LIKE_A_NAME = re.compile(r"[A-Z][a-z'’-]+(?: [A-Z][\w'’-]*){1,2}")
_ROLE_WORDS = re.compile(
    r"\b(?:head|lead|leader|manager|director|officer|team|service|services|commissioner|"
    r"coordinator|chair|adviser|advisor|analyst|principal|psychologist|therapist|nurse|board|"
    r"council|partnership|trust|assistant|deputy|chief|clinical|education|inclusion|health)\b",
    re.I,
)


@dataclass(frozen=True)
class Commentary:
    """What happened, why, and what is done about it by when; signed with a role, never a name."""

    area_code: str
    measure_id: str
    term: str
    what_happened: str
    why: str
    action: str
    written_by_role: str
    by_on: dt.date | None = None


def find_faults(one: Commentary) -> Iterator[str]:
    """A sentence for everything that stops it from being kept."""
    if one.area_code not in load_area_settings():
        yield f"No area {one.area_code} is set up here."
    if one.measure_id not in load_measures():
        yield f"There is no measure {one.measure_id}."
    term = parse_term(one.term)
    if term is None:
        yield f"“{one.term}” is not a term. Write it like “Autumn 2026/27”."
    elif one.by_on and one.by_on < term.flow_window.start:
        yield "The action is due before the term begins."
    yield from _faults_of_words(one)
    if _LIKE_A_NAME.fullmatch(one.written_by_role) and not _ROLE_WORDS.search(one.written_by_role):
        yield "Sign with a role, such as “Head of SEND”, not with a name."


def _faults_of_words(one: Commentary) -> Iterator[str]:
    for label, words in texts_of(one):
        if not words:
            yield f"{label} is empty."
        elif len(words) > LONGEST:
            yield f"{label} is longer than {LONGEST:,} characters."
        if not words.isprintable():
            yield f"{label} holds marks that cannot be shown."
        if _TITLE_AND_NAME.search(words):
            yield f"{label} names a person. Say the role instead."


def texts_of(one: Commentary) -> tuple[tuple[str, str], ...]:
    """Everything a person wrote, with its heading."""
    return (
        ("What happened", one.what_happened),
        ("Why", one.why),
        ("The action", one.action),
        ("The role", one.written_by_role),
    )
