"""Commentary: what the owner of a measure says about one term, and what is wrong with it."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from schemas.area_settings import load_area_settings
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

# What a person writes, with how a sentence calls it.
TEXTS = {
    "what_happened": "What happened",
    "why": "Why",
    "action": "The action",
    "written_by_role": "The role",
    "family_sentence": "The family sentence",
}


@dataclass(frozen=True)
class Commentary:
    """What happened, why, and what is done about it by when; signed with a role, never a name.

    `family_sentence` says it to families in easy words; "" for none.
    """

    area_code: str
    measure_id: str
    term: str
    what_happened: str
    why: str
    action: str
    written_by_role: str
    by_on: dt.date | None = None
    family_sentence: str = ""


def find_faults(one: Commentary) -> Iterator[tuple[str, str]]:
    """Everything that stops it from being kept: which field, and a sentence."""
    if one.area_code not in load_area_settings():
        yield "area_code", f"No area {one.area_code} is set up here."
    if one.measure_id not in load_measures():
        yield "measure_id", f"There is no measure {one.measure_id}."
    term = parse_term(one.term)
    if term is None:
        yield "term", f"“{one.term}” is not a term. Write it like “Autumn 2026/27”."
    elif one.by_on and one.by_on < term.flow_window.start:
        yield "by_on", "The action is due before the term begins."
    for field, label in TEXTS.items():
        words = getattr(one, field)
        if not words and field != "family_sentence":
            yield field, f"{label} is empty."
        for said in find_word_faults(words, LONGEST):
            yield field, f"{label} {said}"
    if is_like_a_name(one.written_by_role):
        yield "written_by_role", "Sign with a role, such as “Head of SEND”, not with a name."


def find_word_faults(words: str, longest: int) -> Iterator[str]:
    """What may not stand in a text that people will read, each as the end of a sentence."""
    if len(words) > longest:
        yield f"is longer than {longest:,} characters."
    if not words.isprintable():
        yield "holds marks that cannot be shown."
    if _TITLE_AND_NAME.search(words):
        yield "names a person. Say the role instead."


def is_like_a_name(role: str) -> bool:
    """Whether a signature is that of a person instead of a role."""
    return bool(_LIKE_A_NAME.fullmatch(role)) and not _ROLE_WORDS.search(role)
