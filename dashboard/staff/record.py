"""The record on screen, fifty acts to a page, and as a file."""

import csv
import datetime as dt
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from flask import Response, request
from sqlalchemy import Row

from dashboard.access.tasks import Task
from dashboard.downloads.separated import harmless
from dashboard.releases.record_view import PAGE, Wanted, read_record, stream_record
from dashboard.releases.uk_time import time_words, uk_time
from dashboard.staff.desk import Desk
from dashboard.staff.doors import Doors
from dashboard.words.acts import act_sentence
from schemas.term import parse_term

doors = Doors()
_KEYS = ("act", "term", "person", "since", "until")
_HEADINGS = (
    "Number",
    "Time in Britain",
    "Time (UTC)",
    "Sentence",
    "Act",
    "Who",
    "Person",
    "Roles",
    "Area",
    "Subject",
    "From",
    "To",
    "Content SHA-256",
    "Reason",
    "Details",
    "SHA-256 of the act before",
    "SHA-256",
)


@doors.open("<area>/record", Task.see_record)
def record(desk: Desk) -> str | tuple[str, int]:
    given = {key: request.args.get(key, "").strip() for key in _KEYS}
    wanted, problem = _wanted(given)
    page = request.args.get("page", "1")
    number = int(page) if page.isdecimal() and len(page) < 9 else 1
    found = read_record(desk.database, desk.who, desk.here.code, wanted, number)
    asked = {key: value for key, value in given.items() if value}
    html = desk.page(
        "record.html",
        "The record",
        found=found,
        acts=[_shown(row) for row in found.acts],
        first=(found.page - 1) * PAGE + 1,
        given=given,
        problem=problem,
        address=lambda **more: f"{desk.path('record')}?{urlencode(asked | more)}",
        file=f"{desk.path('record.csv')}?{urlencode(asked)}",
    )
    return (html, 422) if problem else html


@doors.open("<area>/record.csv", Task.see_record)
def record_csv(desk: Desk) -> Response:
    wanted, _ = _wanted({key: request.args.get(key, "").strip() for key in _KEYS})
    rows = stream_record(desk.database, desk.who, desk.here.code, wanted)
    answer = Response(_lines(rows), mimetype="text/csv")
    name = f"record-{desk.here.code}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _wanted(given: Mapping[str, str]) -> tuple[Wanted, dict[str, str]]:
    """What is asked for, and what of it cannot be read."""
    problem: dict[str, str] = {}
    days = {key: _day(given[key]) for key in ("since", "until")}
    for key, name in (("since", "first"), ("until", "last")):
        if given[key] and days[key] is None:
            problem[key] = f"The {name} day is not a date. Write it like 2026-11-22."
    term = parse_term(given["term"]) if given["term"] else None
    if given["term"] and term is None:
        problem["term"] = "That is not a term. Write it like Autumn 2025/26."
    person = given["person"].casefold().removeprefix("person").strip()
    if person and not (person.isdecimal() and len(person) < 9):
        problem["person"] = "The number of a person is a whole number, such as 3."
        person = ""
    label = term.label if term else ""
    number = int(person) if person else None
    return Wanted(given["act"], label, number, days["since"], days["until"]), problem


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _shown(row: Row[Any]) -> dict[str, Any]:
    told = json.loads(row.details)
    return {
        "row": row,
        "sentence": act_sentence(row.what, row.who, row.subject),
        "time": time_words(row.done_at),
        "details": [(key.replace("_", " "), _told(value)) for key, value in told.items()],
    }


def _told(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_told(one) for one in value) or "none"
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_told(one)}" for key, one in value.items()) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "none" if value is None else str(value)


def _lines(rows: Iterator[Row[Any]]) -> Iterator[bytes]:
    """With the mark that tells Excel it is UTF-8; nothing in it can run as a formula."""
    yield b"\xef\xbb\xbf" + _line(_HEADINGS)
    for row in rows:
        person = "" if row.person_id is None else row.person_id
        sentence = act_sentence(row.what, row.who, row.subject)
        times = (f"{uk_time(row.done_at):%Y-%m-%d %H:%M:%S}", row.done_at)
        yield _line((row.id, *times, sentence, row.what, row.who, person, *row[4:6], *row[7:]))


def _line(cells: tuple[Any, ...]) -> bytes:
    text = io.StringIO()
    safe = (harmless(cell) if isinstance(cell, str) else cell for cell in cells)
    csv.writer(text, lineterminator="\r\n").writerow(safe)
    return text.getvalue().encode()
