"""What the owners of measures say of a term: what is asked for, writing it, returning it."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, request
from sqlalchemy import RowMapping
from werkzeug.wrappers import Response

from dashboard.access.tasks import Task
from dashboard.commentary import CommentaryError, checked
from dashboard.releases.commenting import list_commentary, return_commentary, write_commentary
from dashboard.releases.figure_said import say_draft, say_published
from dashboard.releases.to_do import term_address
from dashboard.releases.versions import get_versions
from dashboard.staff.board import read_term
from dashboard.staff.desk import Desk
from dashboard.staff.doors import Doors
from dashboard.staff.exceptions import read_report
from dashboard.words.attention import attention_phrase
from dashboard.words.easy_read.lint import lint
from dashboard.words.sentences import theme_words
from schemas.commentary import TEXTS, Commentary
from schemas.measure import Measure
from schemas.term import Term, parse_term

doors = Doors()
Typed = Mapping[str, str]
_TERMS = 6  # that can be chosen


@dataclass(frozen=True)
class _Said:
    """The commentary of one area, ready for the list: by measure, the current one of a term."""

    current: Mapping[str, RowMapping]
    older: Sequence[RowMapping]


@doors.open("<area>/commentary", Task.comment)
def commentary(desk: Desk) -> str:
    """`?term=2025-26-summer` chooses the term; without it the newest."""
    terms = _terms(desk)
    chosen = _chosen(desk, terms)
    report = read_report(desk, chosen) if chosen else None
    asked = sorted(report.asked, key=lambda one: (one.answered, not one.returned)) if report else []
    said = _said(desk, chosen)
    names = {one.measure.id for one in asked}
    measures = {one.id: one for one in desk.site.settings.measures_of(desk.here)}
    return desk.page(
        "commentary.html",
        "Commentary",
        terms=terms,
        chosen=chosen,
        address_of=term_address,
        draft=report is not None and report.draft,
        asked=asked,
        phrase=attention_phrase,
        written=[row for name, row in said.current.items() if name not in names],
        older=said.older,
        measures=measures,
        themes=[*_by_theme(measures.values())],
    )


@doors.open("<area>/commentary/<measure>", Task.comment)
def one_measure(desk: Desk, measure: str) -> str:
    """`?term=2025-26-summer` chooses the term; without it the newest."""
    terms = _terms(desk)
    chosen = _chosen(desk, terms)
    if chosen is None:
        abort(404)
    return _page(desk, _measure(desk, measure), chosen, {}, {})


@doors.open("<area>/commentary/<measure>", Task.comment, methods=("POST",))
def write(desk: Desk, measure: str) -> Response | tuple[str, int]:
    about, term = _measure(desk, measure), _posted_term(desk)
    typed = {name: request.form.get(name, "") for name in (*TEXTS, "by_on")}
    by_on, wrong_day = _day(typed["by_on"])
    texts = {name: typed[name] for name in TEXTS}
    one = Commentary(desk.here.code, about.id, term.label, by_on=by_on, **texts)
    try:
        if wrong_day:
            checked(one)  # so that every fault is told at once
            raise CommentaryError({})
        write_commentary(desk.database, desk.who, desk.here.code, one)
    except CommentaryError as error:
        return _page(desk, about, term, typed, {**error.faults, **wrong_day}), 422
    flash(f"Your words on “{about.short_title}” for {term.short_title} are kept.", "done")
    for fault in lint(typed["family_sentence"]):
        flash(f"The family sentence could be easier to read. {fault.words}", "note")
    return desk.go(f"commentary/{about.id}?term={term_address(term)}")


@doors.open("<area>/commentary/<measure>/return", Task.return_comment, methods=("POST",))
def send_back(desk: Desk, measure: str) -> Response | tuple[str, int]:
    about, term = _measure(desk, measure), _posted_term(desk)
    number, reason = request.form.get("number", ""), request.form.get("reason", "")
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        abort(400)
    try:
        return_commentary(desk.database, desk.who, desk.here.code, int(number), reason)
    except CommentaryError as error:
        return _page(desk, about, term, {"reason": reason}, error.faults), 422
    flash("Returned to its owner. It is off the pages until it is written again.", "done")
    return desk.go(f"commentary?term={term_address(term)}")


def _page(desk: Desk, measure: Measure, term: Term, typed: Typed, faults: Mapping[str, str]) -> str:
    """The page of one measure; `typed` is what stood in a form that had faults."""
    every = list_commentary(desk.database, desk.who, desk.here.code, measure.id)
    ours = [row for row in every if row["term"] == term.label]
    current = next((row for row in ours if row["replaced_by_id"] is None), None)
    about = (desk.database, desk.who, desk.here.code)
    settings = desk.site.settings
    published = say_published(*about, settings, measure, term.label)
    draft = None
    if desk.may(Task.see_drafts):
        draft = say_draft(*about, settings, measure, term.label)
    return desk.page(
        "commentary_one.html",
        measure.title,
        measure=measure,
        term=term,
        terms=_terms(desk),
        address_of=term_address,
        published=published,
        draft=draft if draft != published else None,
        current=current,
        earlier=[row for row in ours if row is not current],
        other_terms=[
            row for row in every if row["term"] != term.label and row["replaced_by_id"] is None
        ],
        typed={**_as_typed(current), **typed},
        faults=faults,
        problem=bool(faults),
        title_of=_title_of,
    )


def _as_typed(row: RowMapping | None) -> Typed:
    names = (*TEXTS, "by_on")
    return {name: (row[name] or "") if row else "" for name in names} | {"reason": ""}


def _day(text: str) -> tuple[dt.date | None, dict[str, str]]:
    try:
        return (dt.date.fromisoformat(text) if text else None), {}
    except ValueError:
        return None, {"by_on": "Write the day like 2026-12-31, or leave it empty."}


def _measure(desk: Desk, measure_id: str) -> Measure:
    every = desk.site.settings.measures_of(desk.here)
    found = next((one for one in every if one.id == measure_id), None)
    if found is None:
        abort(404)
    return found


def _terms(desk: Desk) -> list[Term]:
    """The newest terms the area has figures of, which this person may know of."""
    with desk.database.reading() as connection:
        versions = get_versions(connection, desk.here.code)
    seen = [one for one in versions if one.was_published or desk.may(Task.see_drafts)]
    return list(dict.fromkeys(one.term for one in seen))[:_TERMS]


def _chosen(desk: Desk, terms: Sequence[Term]) -> Term | None:
    asked = request.args.get("term", "")
    return read_term(asked) if asked else next(iter(terms), None)


def _posted_term(desk: Desk) -> Term:
    return read_term(request.form.get("term", ""))


def _said(desk: Desk, chosen: Term | None) -> _Said:
    every = list_commentary(desk.database, desk.who, desk.here.code)
    rows = [row for row in every if row["replaced_by_id"] is None]
    rows.sort(key=lambda row: row["term"], reverse=True)
    label = chosen.label if chosen else ""
    current = {row["measure_id"]: row for row in rows if row["term"] == label}
    older: dict[str, RowMapping] = {}
    for row in rows:
        if row["term"] < label and row["measure_id"] not in current:
            older.setdefault(row["measure_id"], row)
    return _Said(current, list(older.values()))


def _by_theme(measures: Any) -> Iterator[tuple[str, list[Measure]]]:
    found: dict[str, list[Measure]] = {}
    for one in measures:
        found.setdefault(one.theme, []).append(one)
    for theme, ones in found.items():
        yield theme_words(theme), ones


def _title_of(label: str) -> str:
    term = parse_term(label)
    return term.short_title if term else label
