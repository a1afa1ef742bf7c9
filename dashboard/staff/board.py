"""The terms of an area, the board of each, its dates for a calendar and the workbook to fill in."""

import datetime as dt
import re
from collections.abc import Iterator

from flask import Response, abort, request

from dashboard.access.tasks import Task
from dashboard.releases.board import NoSuchTerm, make_blank, see_board, see_terms
from dashboard.releases.dates import build_calendar
from dashboard.releases.received import senders
from dashboard.releases.rounds import terms_of
from dashboard.releases.to_do import term_address
from dashboard.releases.uk_time import time_words, uk_day
from dashboard.releases.versions import Version
from dashboard.staff.desk import Desk
from dashboard.staff.doors import Doors
from dashboard.words.acts import act_sentence
from schemas.extracts import load_extracts
from schemas.term import Term, parse_term

doors = Doors()
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_AHEAD = 2  # terms whose dates are told besides those that are under way


@doors.open("<area>/", Task.see_drafts)
def terms(desk: Desk) -> str:
    rounds = see_terms(desk.database, desk.who, desk.here.code, desk.site.settings)
    return desk.page(
        "terms.html",
        "Terms",
        rounds=rounds,
        address_of=term_address,
        time_words=time_words,
        uk_day=uk_day,
        senders=senders(desk.here),
    )


@doors.open("<area>/<term>/", Task.see_drafts)
def board(desk: Desk, term: str) -> str:
    wanted = read_term(term)
    try:
        shown = see_board(desk.database, desk.who, desk.here.code, desk.site.settings, wanted)
    except NoSuchTerm:
        abort(404)
    return desk.page(
        "board.html",
        wanted.title,
        board=shown,
        round=shown.round,
        term_path=desk.path(f"{term}/"),
        senders=senders(desk.here),
        links=[*_links(desk, shown.round.version, desk.path(f"{term}/"))],
        acts=[
            (act_sentence(one.what, one.who, one.subject), time_words(one.done_at), one.reason)
            for one in shown.acts
        ],
        sheets={extract.id: extract.sheet for extract in load_extracts().values()},
        time_words=time_words,
        uk_day=uk_day,
    )


@doors.open("<area>/<term>/template.xlsx", Task.see_drafts)
def template(desk: Desk, term: str) -> Response:
    """`?organisation=` asks for the sheets of one only."""
    wanted, settings = read_term(term), desk.site.settings
    last = terms_of([], settings.today())[0].shifted(_AHEAD)
    organisation = request.args.get("organisation", "")
    if not Term(2014, last.season) <= wanted <= last:
        abort(404)
    try:
        content = make_blank(
            desk.database, desk.who, desk.here.code, settings, wanted, organisation
        )
    except NoSuchTerm:
        abort(404)
    whose = f"{desk.here.name} {term} {organisation}"
    return _file(content, XLSX, f"{_in_a_name(whose)}.xlsx")


@doors.open("<area>/dates.ics", Task.see_drafts)
def dates(desk: Desk) -> Response:
    """Of the terms under way and the next two."""
    now = terms_of([], desk.site.settings.today())[0]
    under_way = [now.shifted(-1), *(now.shifted(ahead) for ahead in range(_AHEAD + 1))]
    return _calendar(desk, under_way, "dates")


@doors.open("<area>/<term>/dates.ics", Task.see_drafts)
def term_dates(desk: Desk, term: str) -> Response:
    return _calendar(desk, [read_term(term)], term)


def read_term(address: str) -> Term:
    """The term of an address, `2025-26-summer`; anything else is no page of ours."""
    found = parse_term(address.replace("-", " ", 2).replace(" ", "-", 1))
    if found is None or term_address(found) != address:
        abort(404)
    return found


def _links(desk: Desk, version: Version | None, path: str) -> Iterator[tuple[str, str]]:
    if desk.may(Task.send_in):
        yield "Send in", desk.path("send-in")
    if version is not None:
        yield "Checks", f"{path}checks"
        yield "Sign-off", f"{path}sign-off"
        yield "Publish", f"{path}publish"
        yield "Preview", desk.path(f"preview/{version.id}/")
        yield "Exception reports", desk.path(f"exceptions/{term_address(version.term)}")
        yield "Numbers", f"{path}numbers"


def _calendar(desk: Desk, terms: list[Term], name: str) -> Response:
    address = f"{request.url_root.rstrip('/')}{desk.path()}"
    content = build_calendar(desk.here, terms, address, dt.datetime.now(dt.UTC))
    return _file(content, "text/calendar", f"{_in_a_name(f'{desk.here.name} {name}')}.ics")


def _file(content: bytes, kind: str, name: str) -> Response:
    answer = Response(content, mimetype=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _in_a_name(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")
