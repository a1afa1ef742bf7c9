"""Opens the doors of the staff side, and keeps everything else of it shut."""

from collections.abc import Callable, Sequence
from urllib.parse import quote

from flask import Flask, Response, abort, g, make_response, redirect, request
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.routing import RequestRedirect
from werkzeug.wrappers import Response as Answer

from dashboard.access.demo_people import is_demo, refuse_demo_people
from dashboard.access.person import Person
from dashboard.access.service import require
from dashboard.access.sessions import find_person
from dashboard.access.tasks import NotAllowed, Task, may
from dashboard.address import PREFIX as PAGES
from dashboard.hosting import Hosting
from dashboard.pages.site import Site
from dashboard.staff import (
    alerts,
    board,
    changes,
    checks,
    commentary,
    correcting,
    council,
    definitions,
    exceptions,
    families,
    files,
    headings,
    home,
    invitation,
    notes,
    number,
    operations,
    people,
    plan,
    preview,
    privacy,
    publishing,
    record,
    second_step,
    send_in,
    sign_in,
    sign_off,
    tokens,
)
from dashboard.staff.cookies import get_token
from dashboard.staff.desk import Desk
from dashboard.staff.doors import PREFIX, Door
from dashboard.staff.return_to import SIGN_IN

MODULES = (
    alerts,
    board,
    changes,
    checks,
    commentary,
    correcting,
    council,
    definitions,
    exceptions,
    families,
    files,
    headings,
    home,
    invitation,
    notes,
    number,
    operations,
    people,
    plan,
    preview,
    privacy,
    publishing,
    record,
    second_step,
    send_in,
    sign_in,
    sign_off,
    tokens,
)
BIGGEST = 10 * 1024 * 1024  # bytes of a file that is sent in
_BIGGEST_ID = 2**31 - 1  # a larger one is in no table, and PostgreSQL cannot even look for it
_ROOM = 64 * 1024  # for the rest of its form


def doors() -> Sequence[Door]:
    """Every door there is; a test sets them beside the addresses the server knows."""
    return [door for module in MODULES for door in module.doors.every]


def add_staff(server: Flask, site: Site, hosting: Hosting) -> None:
    """Everything under `/staff/`, and the lock on the pages of the areas where there is one.

    Raises:
        HostingProblem: accounts of a demonstration would let anybody in.
    """
    if not hosting.demo:
        refuse_demo_people(site.database)
    if hosting.open_id is not None:
        council.add_council(server, hosting.open_id)
    by_endpoint = {door.endpoint: door for door in doors()}
    assert len(by_endpoint) == len(doors()), "two doors have one name"

    @server.before_request
    def guard() -> Answer | None:
        g.person = None
        if request.method == "HEAD":  # answered as GET: no handler may take it for a form
            request.method = "GET"
        if request.path.startswith(PREFIX.rstrip("/")):
            return _at_a_door(by_endpoint.get(request.endpoint or ""), site, hosting)
        if request.path.startswith(PAGES.rstrip("/")) and not hosting.demo:
            return _at_a_page(site, hosting)
        return None

    # After the guard: a form of somebody who may not come in is not even read.
    _set_up(server, hosting)
    for door in doors():
        methods = list(door.methods)
        server.add_url_rule(door.rule, door.endpoint, _opened(door, site, hosting), methods=methods)
    server.add_url_rule(PREFIX.rstrip("/"), "staff.stroke", lambda: redirect(PREFIX))
    server.register_error_handler(NotAllowed, lambda error: _refused(site, hosting, str(error)))
    server.register_error_handler(CSRFError, lambda _: _old_form(site, hosting))
    server.register_error_handler(RequestEntityTooLarge, lambda _: _too_large(site, hosting))

    @server.after_request
    def unkept(response: Response) -> Response:
        if request.path.startswith(PREFIX.rstrip("/")):
            response.headers["Cache-Control"] = "no-store"
        elif request.path.startswith(PAGES.rstrip("/")) and not hosting.demo:
            response.headers["Cache-Control"] = "private, no-cache"
        return response


def _set_up(server: Flask, hosting: Hosting) -> None:
    server.secret_key = hosting.secret_key
    server.config.update(
        MAX_CONTENT_LENGTH=BIGGEST + _ROOM,
        SESSION_COOKIE_NAME="form" if hosting.demo else "__Host-form",
        SESSION_COOKIE_SECURE=not hosting.demo,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=12 * 3600,
        # `server.guard` looks at Origin and Sec-Fetch-Site; some proxies take the Referer away.
        WTF_CSRF_SSL_STRICT=False,
    )
    CSRFProtect(server)


def _at_a_door(door: Door | None, site: Site, hosting: Hosting) -> Answer | None:
    """None when the door may be opened."""
    if request.endpoint == "staff.stroke":
        return None
    areas = site.settings.areas
    failed = request.routing_exception
    first = request.path.removeprefix(PREFIX).partition("/")[0]
    if failed is not None and not (isinstance(failed, RequestRedirect) and first not in areas):
        raise failed
    if door is None:
        abort(404)
    parts = request.view_args or {}
    if any(isinstance(part, int) and part > _BIGGEST_ID for part in parts.values()):
        abort(404)
    code = parts.get("area")
    if code is not None and code not in areas:
        abort(404)
    g.person = _person(site, hosting)
    if not door.signed_in:
        return None
    if g.person is None:
        return _to_sign_in()
    if door.task is not None:
        g.person = require(site.database, g.person, door.task, code or "")
    return None


def _at_a_page(site: Site, hosting: Hosting) -> Answer | None:
    """The pages of an area, of a server that is not a demonstration."""
    g.person = _person(site, hosting)
    if g.person is None:
        return _to_sign_in()
    parts = request.path.removeprefix(PAGES).split("/")
    code = parts[0].partition(".")[0]
    if code in site.settings.areas and not may(g.person, Task.see_published, code):
        require(site.database, g.person, Task.see_published, code)
    return None


def _person(site: Site, hosting: Hosting) -> Person | None:
    token = get_token(hosting)
    person = find_person(site.database, token) if token else None
    return None if person and not hosting.demo and is_demo(person) else person


def _to_sign_in() -> Answer:
    back = request.full_path.rstrip("?") if request.method == "GET" else PREFIX
    return redirect(f"{SIGN_IN}?next={quote(back)}")


def _opened(door: Door, site: Site, hosting: Hosting) -> Callable[..., Answer]:
    def opened(area: str | None = None, **rest: object) -> Answer:
        settings = site.settings.areas[area] if area else None
        answer = door.handler(Desk(site, hosting, g.person, settings), **rest)
        return make_response(answer)

    return opened


def _desk(site: Site, hosting: Hosting) -> Desk:
    return Desk(site, hosting, g.get("person"), None)


def _refused(site: Site, hosting: Hosting, said: str) -> tuple[str, int]:
    return _desk(site, hosting).page("refused.html", "You may not do that", why=said), 403


def _old_form(site: Site, hosting: Hosting) -> tuple[str, int]:
    why = (
        "This form was open for too long, or it did not come from this site. Nothing was done. "
        "Go back, load the page again and send it once more."
    )
    return _desk(site, hosting).page("refused.html", "Please send that again", why=why), 400


def _too_large(site: Site, hosting: Hosting) -> tuple[str, int]:
    why = f"The file is larger than {BIGGEST // 1024 // 1024} MB, so it was not read."
    return _desk(site, hosting).page("refused.html", "That file is too large", why=why), 413
