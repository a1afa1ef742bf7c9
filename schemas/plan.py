"""The improvement plan as plain records: areas for improvement, actions, agreed paths, and what
keeps one of them from being kept."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from schemas.commentary import find_word_faults, is_like_a_name
from schemas.measure import load_measures

LONGEST = 2_000  # characters of one text
_NUMBER = re.compile(r"[\w.()/-]{1,12}")
_EMAIL = re.compile(r"\S@\S+\.\S")

# How a status is stored → how people read it, in the order of a list.
STATUS_WORDS: Mapping[str, str] = {
    "not_started": "Not started",
    "on_track": "On track",
    "at_risk": "At risk",
    "late": "Late",
    "done": "Done",
    "stopped": "Stopped",
}
CLOSED = frozenset(["done", "stopped"])  # what is closed cannot be overdue

# The texts of an action, with how a sentence calls each.
TEXTS: Mapping[str, str] = {
    "task": "The task",
    "lead": "The lead",
    "others": "The list of other resources",
    "start_words": "The start",
    "finish_words": "The finish",
    "evidence": "The evidence",
    "note": "The note",
}
_NEEDED = ("task", "lead")


@dataclass(frozen=True)
class PlanArea:
    """An area for improvement; `impact` is the paragraph on what should come of it."""

    number: str
    title: str
    impact: str = ""


@dataclass(frozen=True)
class PlanAction:
    """One action. `start_words` and `finish_words` are the plan's own; the days are ISO texts, the
    first of the start and the last of the finish, "" where the words name none."""

    number: str
    area: str
    task: str
    lead: str
    others: str = ""
    start_words: str = ""
    start_on: str = ""
    finish_words: str = ""
    finish_on: str = ""
    evidence: str = ""
    status: str = "not_started"
    note: str = ""
    measures: tuple[str, ...] = ()

    @property
    def is_closed(self) -> bool:
        return self.status in CLOSED


@dataclass(frozen=True)
class AgreedPoint:
    """The value that a measure's headline should have in a term (`2025-26 summer`), in the
    measure's unit, and who agreed it where."""

    measure_id: str
    term: str
    value: float
    agreed: str


@dataclass(frozen=True)
class PlanBook:
    """A whole plan as a workbook or the tables hold it."""

    areas: tuple[PlanArea, ...] = ()
    actions: tuple[PlanAction, ...] = ()
    points: tuple[AgreedPoint, ...] = field(default=())


def find_action_faults(action: PlanAction) -> Iterator[tuple[str, str]]:
    """Everything that stops an action from being kept: which field, and a sentence."""
    if not _NUMBER.fullmatch(action.number):
        yield "number", "Give the action a number of at most 12 letters and digits, such as 2.1a."
    for name, label in TEXTS.items():
        words = getattr(action, name)
        if name in _NEEDED and not words:
            yield name, f"{label} is empty."
        for said in find_text_faults(words):
            yield name, f"{label} {said}"
    if is_like_a_name(action.lead):
        yield "lead", "The lead is a role or a team, such as “Head of SEND”, not a person’s name."
    if action.status not in STATUS_WORDS:
        yield "status", f"The status has to be one of {', '.join(STATUS_WORDS.values())}."
    if action.status == "done" and not action.evidence:
        yield "evidence", "An action that is done needs its evidence: say what came of it."
    if action.start_on and action.finish_on and action.finish_on < action.start_on:
        yield "finish_words", "The finish is before the start."
    for name in action.measures:
        if name not in load_measures():
            yield "measures", f"There is no measure {name}."


def find_area_faults(area: PlanArea) -> Iterator[tuple[str, str]]:
    """The same for an area for improvement."""
    if not _NUMBER.fullmatch(area.number):
        yield "number", "Give the area a number of at most 12 letters and digits, such as 2."
    if not area.title:
        yield "title", "The title is empty."
    for name, label in (("title", "The title"), ("impact", "The expected impact")):
        for said in find_text_faults(getattr(area, name)):
            yield name, f"{label} {said}"


def find_text_faults(words: str) -> Iterator[str]:
    """What may not stand in a text of the plan, each as the end of a sentence."""
    yield from find_word_faults(words, LONGEST)
    if _EMAIL.search(words):
        yield "holds an e-mail address, which may name a person. Write the role or the team."
