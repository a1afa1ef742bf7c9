"""Dated notes written on screen: one person writes, another agrees, then every chart draws them."""

import json
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, RowMapping, insert, select, update

from dashboard.access.person import Person
from dashboard.access.service import service
from dashboard.access.tasks import Task
from dashboard.record import add_act, now_text
from dashboard.releases.note_draft import Draft, NoteFault, check_note, check_reason
from schemas.database import Database
from schemas.round_tables import event_note


@service(Task.see_drafts)
def list_notes(database: Database, actor: Person, area_code: str, /) -> Sequence[RowMapping]:
    """Every note that was ever written here, newest day first."""
    query = (
        select(event_note)
        .where(event_note.c.area_code == area_code)
        .order_by(event_note.c.on_day.desc(), event_note.c.id.desc())
    )
    with database.reading() as connection:
        return connection.execute(query).mappings().all()


@service(Task.write_note)
def write_note(database: Database, actor: Person, area_code: str, /, draft: Draft) -> int:
    """Keeps a note, which is drawn nowhere until another person agrees it; returns its number.

    Raises:
        NoteFault: it is about nothing known, says too little or too much, or names a person.
    """
    note = check_note(draft, area_code)
    row = {
        "area_code": area_code,
        "on_day": note.on.isoformat(),
        "words": note.words,
        "source": note.source,
        "subjects": json.dumps({"measures": note.measures, "themes": note.themes}),
        "breaks": int(note.breaks),
        "person_id": actor.id,
        "written_at": now_text(),
        "end_reason": "",
    }
    with database.writing() as connection:
        number = connection.scalar(insert(event_note).values(row).returning(event_note.c.id))
        assert number is not None
        _record(connection, actor, "wrote a note", area_code, number)
    return int(number)


@service(Task.agree_note)
def agree_note(database: Database, actor: Person, area_code: str, /, number: int) -> None:
    """From now on it is drawn on every chart of what it is about.

    Raises:
        NoteFault: the actor wrote it, or it is not waiting.
    """
    with database.writing() as connection:
        row = _found(connection, area_code, number)
        if row["person_id"] == actor.id:
            raise NoteFault({"note": "You wrote this note. Another person has to agree it."})
        if row["agreed_at"]:
            raise NoteFault({"note": "This note was agreed before."})
        _change(connection, number, {"agreed_at": now_text(), "agreed_by_id": actor.id})
        _record(connection, actor, "agreed a note", area_code, number)


@service(Task.agree_note)
def end_note(
    database: Database, actor: Person, area_code: str, /, number: int, reason: str
) -> None:
    """Draws it no longer, or never; it stays in the table and in older editions.

    Raises:
        NoteFault: it has ended before, or the reason will not do.
    """
    reason = check_reason(reason)
    with database.writing() as connection:
        _found(connection, area_code, number)
        _end(connection, actor, number, reason)
        _record(connection, actor, "ended a note", area_code, number, reason)


@service(Task.write_note)
def take_back_note(database: Database, actor: Person, area_code: str, /, number: int) -> None:
    """Ends a note of one's own that nobody has agreed yet.

    Raises:
        NoteFault: another person wrote it, or it is not waiting.
    """
    with database.writing() as connection:
        row = _found(connection, area_code, number)
        if row["person_id"] != actor.id or row["agreed_at"]:
            raise NoteFault({"note": "Only a note of your own that waits can be taken back."})
        _end(connection, actor, number, "Taken back by its writer.")
        _record(connection, actor, "took back a note", area_code, number)


def _found(connection: Connection, area_code: str, number: int) -> RowMapping:
    """A note of this area that has not ended."""
    query = select(event_note).where(event_note.c.id == number, event_note.c.area_code == area_code)
    row = connection.execute(query).mappings().first()
    if row is None:
        raise NoteFault({"note": "There is no such note here."})
    if row["ended_at"]:
        raise NoteFault({"note": "This note has ended already."})
    return row


def _end(connection: Connection, actor: Person, number: int, reason: str) -> None:
    ended = {"ended_at": now_text(), "ended_by_id": actor.id, "end_reason": reason}
    _change(connection, number, ended)


def _change(connection: Connection, number: int, values: Mapping[str, object]) -> None:
    connection.execute(update(event_note).where(event_note.c.id == number).values(values))


def _record(
    connection: Connection, actor: Person, what: str, area: str, number: int, reason: str = ""
) -> None:
    add_act(connection, actor, what, area_code=area, subject=f"note {number}", reason=reason)
