"""What families said of their pages on screen: reading it, setting it aside, answering it."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import abort, flash, request
from sqlalchemy import RowMapping
from werkzeug.wrappers import Response

from dashboard.access.tasks import Task
from dashboard.families.fault import FamiliesFault
from dashboard.families.reading import (
    PAGE,
    REASONS,
    count_feedback,
    list_feedback,
    mark_read,
    set_aside,
)
from dashboard.families.topics import get_topics, is_topic, topic_words
from dashboard.families.you_said import end_pair, get_published_at, list_pairs, write_pair
from dashboard.staff.desk import Desk
from dashboard.staff.doors import Doors

doors = Doors()
Faults = Mapping[str, str]
_EASY = {"yes": "Yes, easy", "partly": "Partly easy", "no": "Not easy", "": "Did not say"}


@doors.open("<area>/families", Task.answer_families)
def families(desk: Desk) -> str:
    """`?topic=plans-on-time` shows one topic, `?before=120` what was said before that."""
    return _page(desk)


@doors.open("<area>/families/read", Task.answer_families, methods=("POST",))
def read(desk: Desk) -> Response | tuple[str, int]:
    try:
        changed = mark_read(desk.database, desk.who, desk.here.code, _numbers())
    except FamiliesFault as error:
        return _page(desk, error.faults), 422
    flash(f"{changed} comment{'' if changed == 1 else 's'} marked as read.", "done")
    return desk.go("families#said")


@doors.open("<area>/families/<int:number>/set-aside", Task.answer_families, methods=("POST",))
def put_aside(desk: Desk, number: int) -> Response | tuple[str, int]:
    try:
        set_aside(desk.database, desk.who, desk.here.code, number, request.form.get("reason", ""))
    except FamiliesFault as error:
        return _page(desk, error.faults, number), 422
    flash("The comment is set aside. It is counted no longer.", "done")
    return desk.go("families#said")


@doors.open("<area>/families/answer", Task.answer_families)
def answer(desk: Desk) -> str:
    """`?topic=plans-on-time` chooses the topic."""
    return _form(desk, {"topic": _topic() or "", "said": "", "did": ""}, [], {})


@doors.open("<area>/families/answer", Task.answer_families, methods=("POST",))
def write(desk: Desk) -> Response | tuple[str, int]:
    typed = {name: request.form.get(name, "") for name in ("topic", "said", "did")}
    numbers = _numbers()
    try:
        write_pair(desk.database, desk.who, desk.here.code, **typed, answers=numbers)
    except FamiliesFault as error:
        return _form(desk, typed, numbers, error.faults), 422
    flash("The answer is kept. Families see it at the next publication.", "done")
    return desk.go("families#answers")


@doors.open("<area>/families/answers/<int:number>/end", Task.answer_families, methods=("POST",))
def end(desk: Desk, number: int) -> Response | tuple[str, int]:
    try:
        end_pair(desk.database, desk.who, desk.here.code, number)
    except FamiliesFault as error:
        return _page(desk, error.faults), 422
    flash("The answer is left out from the next publication on.", "done")
    return desk.go("families#answers")


def _page(desk: Desk, faults: Faults | None = None, wrong: int = 0) -> str:
    about = (desk.database, desk.who, desk.here.code)
    chosen = _topic()
    said = list_feedback(*about, topic=chosen, before=_before(), size=PAGE + 1)
    pairs = list_pairs(*about)
    with desk.database.reading() as connection:
        topics = get_topics(connection, desk.here.code)
        published_at = get_published_at(connection, desk.here.code)
    return desk.page(
        "families.html",
        "What families said",
        counts=count_feedback(*about),
        topics=["", *topics],
        chosen=chosen,
        comments=said[:PAGE],
        older=said[PAGE - 1]["id"] if len(said) > PAGE else None,
        new=[row["id"] for row in said[:PAGE] if row["state"] == "new"],
        pairs=[(row, _standing(row, published_at)) for row in pairs if not row["ended_at"]],
        ended=[(row, _standing(row, published_at)) for row in pairs if row["ended_at"]],
        faults=faults or {},
        problem=bool(faults),
        wrong_comment=wrong,
        **_words(),
    )


def _form(desk: Desk, typed: Mapping[str, str], ticked: Sequence[int], faults: Faults) -> str:
    about = (desk.database, desk.who, desk.here.code)
    every = list_feedback(*about, topic=typed["topic"] if is_topic(typed["topic"]) else None)
    with desk.database.reading() as connection:
        topics = get_topics(connection, desk.here.code)
    named = {"", *topics, typed["topic"]} if is_topic(typed["topic"]) else {"", *topics}
    return desk.page(
        "families_answer.html",
        "Answer families",
        typed=typed,
        ticked=set(ticked),
        comments=[row for row in every if row["words"] and row["state"] in ("new", "read")],
        topics=[(slug, topic_words(slug)) for slug in sorted(named)],
        faults=faults,
        problem=bool(faults),
        **_words(),
    )


def _words() -> dict[str, Any]:
    return {"topic_words": topic_words, "easy_words": _EASY, "reasons": REASONS}


def _standing(row: RowMapping, published_at: str) -> str:
    """Whether the pages of now show a pair; what was done since is shown at the next."""
    shown = row["written_at"] <= published_at and (row["ended_at"] or "9") > published_at
    if row["ended_at"]:
        return "On the pages until the next publication" if shown else "Ended"
    return "On the pages" if shown else "Waits for the next publication"


def _topic() -> str | None:
    """The topic of the address: None for all of them."""
    asked = request.args.get("topic")
    if asked is not None and not is_topic(asked):
        abort(404)
    return asked


def _before() -> int | None:
    asked = request.args.get("before", "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else None


def _numbers() -> list[int]:
    """The comments that are ticked."""
    given = request.form.getlist("comments")
    if not all(one.isascii() and one.isdecimal() and len(one) < 10 for one in given):
        abort(400)
    return [int(one) for one in given]
