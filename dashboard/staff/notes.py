"""Dated notes on screen: those there are, writing one, agreeing one, taking one away."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from flask import flash, request
from werkzeug.wrappers import Response

from dashboard.access.tasks import Task
from dashboard.notes import agree_note, end_note, list_notes, take_back_note, write_note
from dashboard.releases.note_draft import Draft, NoteFault
from dashboard.staff.desk import Desk
from dashboard.staff.doors import Doors
from dashboard.staff.note_shown import show_note, show_packaged
from dashboard.words.sentences import theme_words
from schemas.measure import Measure

doors = Doors()
Faults = Mapping[str, str]


@doors.open("<area>/notes", Task.see_drafts)
def notes(desk: Desk) -> str:
    return _page(desk)


@doors.open("<area>/notes/new", Task.write_note)
def new(desk: Desk) -> str:
    return _form(desk, {"on": "", "words": "", "source": "", **_chosen()}, {})


@doors.open("<area>/notes/new", Task.write_note, methods=("POST",))
def write(desk: Desk) -> Response | tuple[str, int]:
    typed = {name: request.form.get(name, "") for name in ("on", "words", "source")}
    try:
        draft = Draft(_day(typed["on"]), typed["words"], typed["source"], **_chosen())
        write_note(desk.database, desk.who, desk.here.code, draft)
    except NoteFault as error:
        return _form(desk, typed | _chosen(), error.faults), 422
    flash("The note is kept. Another person has to agree it before it is drawn.", "done")
    return desk.go("notes#waiting")


@doors.open("<area>/notes/<int:number>/agree", Task.agree_note, methods=("POST",))
def agree(desk: Desk, number: int) -> Response | tuple[str, int]:
    try:
        agree_note(desk.database, desk.who, desk.here.code, number)
    except NoteFault as error:
        return _page(desk, error.faults), 422
    flash("The note is agreed and drawn on its charts from now on.", "done")
    return desk.go(f"notes#note-{number}")


@doors.open("<area>/notes/<int:number>/end", Task.agree_note, methods=("POST",))
def end(desk: Desk, number: int) -> Response | tuple[str, int]:
    reason = request.form.get("reason") or request.form.get(f"reason-{number}", "")
    try:
        end_note(desk.database, desk.who, desk.here.code, number, reason)
    except NoteFault as error:
        return _page(desk, error.faults, number, reason), 422
    flash("The note is taken away. It stays on the record.", "done")
    return desk.go("notes")


@doors.open("<area>/notes/<int:number>/take-back", Task.write_note, methods=("POST",))
def take_back(desk: Desk, number: int) -> Response | tuple[str, int]:
    try:
        take_back_note(desk.database, desk.who, desk.here.code, number)
    except NoteFault as error:
        return _page(desk, error.faults), 422
    flash("Your note is taken back.", "done")
    return desk.go("notes")


def _page(desk: Desk, faults: Faults | None = None, wrong: int = 0, reason: str = "") -> str:
    rows = list_notes(desk.database, desk.who, desk.here.code)
    with desk.database.reading() as connection:
        every = [(row, show_note(connection, desk, row)) for row in rows]
    packaged = [
        note for note in desk.site.settings.notes if not note.areas or desk.here.code in note.areas
    ]
    return desk.page(
        "notes.html",
        "Notes",
        waiting=[one for row, one in every if not row["agreed_at"] and not row["ended_at"]],
        drawn=[one for row, one in every if row["agreed_at"] and not row["ended_at"]],
        ended=[one for row, one in every if row["ended_at"]],
        packaged=[show_packaged(desk, note) for note in reversed(packaged)],
        faults=faults or {},
        problem=bool(faults),
        wrong_note=wrong,
        typed_reason=reason,
    )


def _form(desk: Desk, typed: Mapping[str, Any], faults: Faults) -> str:
    return desk.page(
        "note_new.html",
        "Write a note",
        typed=typed,
        faults=faults,
        problem=bool(faults),
        themes=[*_by_theme(desk.site.settings.measures_of(desk.here))],
    )


def _by_theme(measures: Iterable[Measure]) -> Iterator[tuple[str, str, list[Measure]]]:
    found: dict[str, list[Measure]] = {}
    for one in measures:
        found.setdefault(one.theme, []).append(one)
    for theme, ones in found.items():
        yield theme, theme_words(theme), ones


def _chosen() -> dict[str, Any]:
    form = request.form
    return {
        "measures": tuple(form.getlist("measures")),
        "themes": tuple(form.getlist("themes")),
        "breaks": "breaks" in form,
    }


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
