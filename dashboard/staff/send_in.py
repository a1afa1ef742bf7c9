"""Sending a file in, and what was found in it."""

from collections.abc import Mapping

from flask import abort, flash, jsonify, request
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as Answer

from dashboard.access.tasks import Task
from dashboard.releases.headings import HeadingRefused, choose_headings
from dashboard.releases.sent_files import NoSuchSubmission
from dashboard.releases.submissions import (
    SeenBefore,
    check_again,
    get_marked,
    get_submissions,
    send_in,
)
from dashboard.releases.uk_time import time_words
from dashboard.staff.attached import attached
from dashboard.staff.desk import Desk
from dashboard.staff.doors import Doors
from dashboard.staff.sent_page import find_sent, sent_page
from dashboard.staff.sent_words import heading_choices, said_of
from loaders.gate import MAX_BYTES
from loaders.marked import NoMarkedCopy
from loaders.problems import ExtractRejected
from schemas.extracts import load_extracts
from schemas.term import Month

doors = Doors()
Page = str | Answer | tuple[str, int]
_QUESTIONS = {
    "term": "Choose the term that the CSV file is for",
    "as_at_on": "Say on which day the figures of the CSV file were taken",
    "status": "Say how final the figures of the CSV file are",
}
_TERMS = 7
SEEN = "seen before"
_MOST_SEEN = 5
_LONGEST_NAME = 80


@doors.open("<area>/send-in", Task.send_in, methods=("GET", "POST"))
def send_files(desk: Desk) -> Page:
    """Takes several files in turn; what became of each is told."""
    if request.method == "GET":
        return _form(desk, {}, {})
    files = [file for file in request.files.getlist("file") if file.filename]
    given = {name: request.form.get(name, "").strip() for name in ("organisation", *_QUESTIONS)}
    problem = _problems(desk, files, given)
    as_json = request.accept_mimetypes.best == "application/json"
    if problem:
        if as_json:
            return jsonify([{"words": words, "address": ""} for words in problem.values()])
        return _form(desk, given, problem), 422
    told = [_take(desk, file, given) for file in files]
    if as_json:
        return jsonify([{"words": words, "address": desk.path(rest)} for words, rest, _ in told])
    # What is flashed travels in a cookie: what was found stands on the page.
    for words in [words for words, _, state in told if state == SEEN][:_MOST_SEEN]:
        flash(words, "error")
    if len(told) == 1:
        return desk.go(told[0][1])
    flash(f"{len(told)} files were sent in. What was found in each is below.", "done")
    return desk.go("send-in")


@doors.open("<area>/send-in/<int:number>", Task.send_in)
def sent_file(desk: Desk, number: int) -> Page:
    """What was found in a file, what it would change, and what became of it."""
    return sent_page(desk, number)


@doors.open("<area>/send-in/<int:number>/headings", Task.send_in, methods=("POST",))
def choose(desk: Desk, number: int) -> Page:
    """Keeps what the headings mean, and checks the file again at once."""
    sent = find_sent(desk, number)
    chosen = heading_choices(sent, request.form)
    if not chosen:
        flash("Choose what at least one heading means.", "error")
        return desk.go(f"send-in/{number}")
    try:
        for extract, choices in chosen.items():
            choose_headings(
                desk.database, desk.who, desk.here.code, sent.organisation, extract, choices
            )
        check_again(desk.database, desk.who, desk.here.code, number, desk.site.settings)
    except (NoSuchSubmission, HeadingRefused) as refusal:
        flash(str(refusal), "error")
        return desk.go(f"send-in/{number}")
    flash("What the headings mean is kept, and the file was checked again.", "done")
    return desk.go(f"send-in/{number}")


@doors.open("<area>/send-in/<int:number>/marked", Task.send_in)
def marked(desk: Desk, number: int) -> Page:
    try:
        copy = get_marked(desk.database, desk.who, desk.here.code, number)
    except NoSuchSubmission:
        abort(404)
    except (NoMarkedCopy, ExtractRejected) as refusal:
        flash(str(refusal), "error")
        return desk.go(f"send-in/{number}")
    return attached(copy.content, copy.name, copy.mimetype)


def _form(desk: Desk, given: Mapping[str, str], problem: Mapping[str, str]) -> str:
    theirs = desk.who.organisations_in(desk.here.code)
    sent = get_submissions(desk.database, desk.who, desk.here.code)
    return desk.page(
        "send_in.html",
        "Send in figures",
        theirs=theirs,
        organisations=[("", "Choose an organisation"), *((one, one) for one in theirs)],
        extracts=[x for one in theirs for x in desk.here.extracts_of(one)],
        sheets={name: extract.sheet for name, extract in load_extracts().items()},
        terms=_terms(desk),
        given=given,
        problem=problem,
        most=MAX_BYTES,
        sent=[(one, *said_of(one)) for one in sent],
        times={one.id: time_words(one.sent_at) for one in sent},
    )


def _problems(desk: Desk, files: list[FileStorage], given: Mapping[str, str]) -> dict[str, str]:
    if not files:
        return {"file": "Choose a file to send in"}
    found: dict[str, str] = {}
    theirs = desk.who.organisations_in(desk.here.code)
    if given["organisation"] and given["organisation"] not in theirs:
        found["organisation"] = "Choose one of your own organisations"
    if any((file.filename or "").lower().endswith(".csv") for file in files):
        found |= {name: words for name, words in _QUESTIONS.items() if not given[name]}
        if not given["organisation"] and len(theirs) > 1:
            found["organisation"] = "Choose whose figures the CSV file holds"
    return found


def _take(desk: Desk, file: FileStorage, given: Mapping[str, str]) -> tuple[str, str, str]:
    """What became of one file: the words, where to look, and its state."""
    code, settings = desk.here.code, desk.site.settings
    name = file.filename or ""
    try:
        sent = send_in(
            desk.database,
            desk.who,
            code,
            file.read(),
            name,
            given,
            settings=settings,
            invented=desk.hosting.demo,
        )
    except SeenBefore as seen:
        rest = f"send-in/{seen.submission_id}" if seen.submission_id else "files"
        return f"{name[-_LONGEST_NAME:]}: {seen}", rest, SEEN
    return said_of(sent)[2], f"send-in/{sent.id}", sent.state


def _terms(desk: Desk) -> list[tuple[str, str]]:
    today = desk.site.settings.today()
    now = Month(today.year, today.month).term
    terms = [now.shifted(-back) for back in range(_TERMS)]
    return [("", "Choose a term"), *((term.label, term.title) for term in terms)]
