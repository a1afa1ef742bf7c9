"""A dated note as the staff side shows it, whether it was written here or came packaged."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping

from dashboard.access.person import get_person
from dashboard.queries.notes import subjects_of
from dashboard.staff.desk import Desk
from dashboard.words.sentences import theme_words
from schemas.note import Note


@dataclass(frozen=True)
class Shown:
    """One note as the page shows it; days are ISO texts, people are called by job title."""

    on: str
    words: str
    source: str
    about: tuple[str, ...]
    breaks: bool
    number: int = 0
    mine: bool = False
    writer: str = ""
    written_on: str = ""
    agreer: str = ""
    agreed_on: str = ""
    ender: str = ""
    ended_on: str = ""
    end_reason: str = ""


def show_packaged(desk: Desk, note: Note) -> Shown:
    about = _about(desk, note.measures, note.themes)
    return Shown(note.on.isoformat(), note.words, note.source, about, note.breaks)


def show_note(connection: Connection, desk: Desk, row: RowMapping) -> Shown:
    subjects = subjects_of(row)
    return Shown(
        row["on_day"],
        row["words"],
        row["source"],
        _about(desk, subjects["measures"], subjects["themes"]),
        bool(row["breaks"]),
        row["id"],
        row["person_id"] == desk.who.id,
        _called(connection, row["person_id"]),
        row["written_at"][:10],
        _called(connection, row["agreed_by_id"]),
        (row["agreed_at"] or "")[:10],
        _called(connection, row["ended_by_id"]),
        (row["ended_at"] or "")[:10],
        row["end_reason"],
    )


def _called(connection: Connection, person_id: int | None) -> str:
    if person_id is None:
        return ""
    found = get_person(connection, person_id)
    return found.words if found else f"person {person_id}, whose account has ended"


def _about(desk: Desk, measures: Iterable[str], themes: Iterable[str]) -> tuple[str, ...]:
    known = desk.site.settings.measures
    ones = (known[name].short_title for name in measures if name in known)
    return (*(f"all of “{theme_words(theme)}”" for theme in themes), *ones)
