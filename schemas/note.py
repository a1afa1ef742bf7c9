"""Note: something that happened on a day and bears on figures; written once in `data/notes`."""

import datetime as dt
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, field_validator

from schemas.area import load_areas
from schemas.definition import NoteError, read_definitions
from schemas.measure import Measure
from schemas.resources import resource_folder
from schemas.subject import Subject

Words = Annotated[str, Field(min_length=1)]


class Note(Subject):
    """One dated note. It is about `measures` and every measure of `themes`, in `areas` (none: in
    every area). `breaks` when numbers on either side of the day may not be compared."""

    id: str
    on: dt.date
    words: Words
    source: Words
    areas: tuple[str, ...] = ()
    breaks: bool = False

    @field_validator("areas")
    @classmethod
    def _known_areas(cls, codes: tuple[str, ...]) -> tuple[str, ...]:
        unknown = [code for code in codes if load_areas().get(code) is None]
        if unknown:
            raise ValueError(f"there is no area {', '.join(unknown)}")
        return codes

    def is_about(self, measure: Measure, area_code: str) -> bool:
        return self.names(measure) and (not self.areas or area_code in self.areas)


@cache
def load_notes(folder: Path | None = None) -> tuple[Note, ...]:
    """Every note, oldest first.

    Raises:
        NoteError: listing every fault of every file.
    """
    found, faults = read_definitions(folder or resource_folder("data") / "notes", Note)
    if faults:
        raise NoteError(faults)
    return tuple(sorted(found.values(), key=lambda note: (note.on, note.id)))


def notes_about(notes: Iterable[Note], measure: Measure, area_code: str) -> tuple[Note, ...]:
    return tuple(note for note in notes if note.is_about(measure, area_code))
