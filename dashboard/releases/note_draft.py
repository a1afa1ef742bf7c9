"""A dated note as somebody writes it, and everything that stops it from being kept."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from dashboard.commentary import personal_data, spaced
from schemas.commentary import find_word_faults
from schemas.note import Note

LONGEST, SHORTEST = 200, 10  # characters
_FIRST = dt.date(2000, 1, 1)
_FIELDS = {"themes": "measures"}  # a fault of either is told at the one list of the form


class NoteFault(Exception):
    """A note that is not kept, agreed or ended; `faults` says why by field."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        self.faults = faults
        super().__init__(" ".join(faults.values()))


@dataclass(frozen=True)
class Draft:
    """A note as somebody writes it; `on` is None for what is no day, and `breaks` is for figures
    that may not be compared across the day."""

    on: dt.date | None
    words: str
    source: str
    measures: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    breaks: bool = False


def check_note(draft: Draft, area_code: str) -> Note:
    """The note, checked as those of `data/notes` are and as what people write here is.

    Raises:
        NoteFault: it is about nothing known, says too little or too much, or names a person.
    """
    faults = _word_faults(draft)
    if draft.on is None:
        faults["on"] = "Write the day like 2026-03-31."
    elif not _FIRST <= draft.on <= dt.datetime.now(dt.UTC).date():
        faults["on"] = "The day has to be past, and after 1999."
    if not draft.measures and not draft.themes:
        faults["measures"] = "Choose at least one measure or theme."
    try:
        note = Note.model_validate(
            {"id": "draft", "areas": (area_code,), **vars(draft)}
            | {"words": spaced(draft.words), "source": spaced(draft.source)}
        )
    except ValidationError as error:
        for detail in error.errors():
            field = str(detail["loc"][0]) if detail["loc"] else "measures"
            field = _FIELDS.get(field, field)
            said = detail["msg"].removeprefix("Value error, ")
            faults.setdefault(field, f"{said[:1].upper()}{said[1:]}.")
    if faults:
        raise NoteFault(faults)
    return note


def _word_faults(draft: Draft) -> dict[str, str]:
    found: dict[str, str] = {}
    for field, label in (("words", "The note"), ("source", "The source")):
        words = spaced(getattr(draft, field))
        said = [*find_word_faults(words, LONGEST), *personal_data(words)]
        if not words:
            said = ["is empty."]
        elif field == "words" and words[-1] not in ".?!":
            said.append("ends without a full stop.")
        if said:
            found[field] = " ".join(f"{label} {one}" for one in said)
    return found


def check_reason(reason: str) -> str:
    """Why a note is taken away, without needless spaces.

    Raises:
        NoteFault: it says too little or too much, or names a person.
    """
    reason = spaced(reason)
    faults = [*find_word_faults(reason, LONGEST), *personal_data(reason)]
    if len(reason) < SHORTEST:
        raise NoteFault({"reason": "Say why the note is taken away."})
    if faults:
        raise NoteFault({"reason": " ".join(f"The reason {said}" for said in faults)})
    return reason
