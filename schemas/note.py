"""Note: something that happened on a day and bears on figures; written once in `data/notes`."""

import datetime as dt
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from schemas.area import load_areas
from schemas.definition import Definition, NoteError, read_definitions
from schemas.measure import Measure, load_measures
from schemas.resources import resource_folder

Words = Annotated[str, Field(min_length=1)]


class Note(Definition):
    """One dated note. It is about `measures` and every measure of `themes`, in `areas` (none: in
    every area). `breaks` when numbers on either side of the day may not be compared."""

    id: str
    on: dt.date
    words: Words
    source: str = ""
    measures: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    breaks: bool = False

    @model_validator(mode="after")
    def _is_about_something_known(self) -> Self:
        if not self.measures and not self.themes:
            raise ValueError("needs measures or themes")
        known = load_measures()
        themes = {measure.theme for measure in known.values()}
        strangers = [name for name in self.measures if name not in known]
        strangers += [name for name in self.themes if name not in themes]
        strangers += [code for code in self.areas if load_areas().get(code) is None]
        if strangers:
            raise ValueError(f"does not know {', '.join(strangers)}")
        return self

    def is_about(self, measure: Measure, area_code: str) -> bool:
        about = measure.id in self.measures or measure.theme in self.themes
        return about and (not self.areas or area_code in self.areas)


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
