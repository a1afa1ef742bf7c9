"""Signing in and out."""

import flask
from flask import abort, redirect, request
from werkzeug.wrappers import Response

from dashboard.access.demo_people import find_demo_people
from dashboard.access.local import Given, SignInRefused
from dashboard.access.local import sign_in as sign_in_with_password
from dashboard.access.sessions import end_session, sign_out_everywhere
from dashboard.access.throttle import Throttle, Wait
from dashboard.staff.cookies import drop_token, get_token, let_in
from dashboard.staff.desk import Desk
from dashboard.staff.doors import PREFIX, Doors
from dashboard.staff.return_to import own_path
from dashboard.staff.second_step import ask_for_code
from schemas.roles import ROLE_WORDS

doors = Doors()
Page = tuple[str, int, dict[str, str]]


@doors.open("sign-in", None, methods=("GET", "POST"), signed_in=False)
def sign_in(desk: Desk) -> Page | Response:
    if request.method == "GET":
        return _page(desk, {})
    asked = {"name": "Enter your sign-in name.", "password": "Enter your password."}
    faults = {field: said for field, said in asked.items() if not request.form.get(field)}
    if faults:
        return _page(desk, faults, 422)
    given = Given(request.form["name"], request.form["password"], request.remote_addr or "")
    throttle = Throttle(desk.database, desk.hosting.secret_key)
    try:
        person = sign_in_with_password(throttle, given, desk.hosting.demo)
    except SignInRefused as refused:
        return _page(desk, {"name": str(refused)}, 422)
    except Wait as wait:
        return _page(desk, {"name": too_many(wait)}, 429, {"Retry-After": str(wait.seconds)})
    return ask_for_code(throttle, person, _next())


@doors.open("sign-in/demo", None, methods=("POST",), signed_in=False)
def sign_in_as_demo(desk: Desk) -> Response:
    """As one of the ready-made accounts, which need no password; in a demonstration only."""
    if not desk.hosting.demo:
        abort(404)
    name = request.form.get("name", "")
    person = next(
        (one for one in find_demo_people(desk.database) if one.sign_in_name == name), None
    )
    if person is None:
        abort(404)
    return let_in(desk.database, desk.hosting, person, "demonstration", _next())


@doors.open("sign-out", None, methods=("POST",), signed_in=False)
def sign_out(desk: Desk) -> Response:
    end_session(desk.database, get_token(desk.hosting))
    return _signed_out(desk)


@doors.open("sign-out/everywhere", None, methods=("POST",))
def sign_out_of_all(desk: Desk) -> Response:
    sign_out_everywhere(desk.database, desk.who)
    return _signed_out(desk)


def too_many(wait: Wait) -> str:
    return (
        f"Too many tries failed. Wait {wait.seconds} seconds, then try again. "
        "If you have forgotten your password, an administrator can send you a new link."
    )


def _signed_out(desk: Desk) -> Response:
    flask.session.clear()
    flask.flash("You are signed out.", "done")
    answer = redirect(f"{PREFIX}sign-in", 303)
    drop_token(desk.hosting, answer)
    return answer


def _next() -> str:
    return own_path(request.values.get("next", ""))


def _page(
    desk: Desk, faults: dict[str, str], status: int = 200, headers: dict[str, str] | None = None
) -> Page:
    """What was typed as a password is never sent back."""
    demo = [
        (one, [ROLE_WORDS[held.role] for held in one.held[:1]])
        for one in (find_demo_people(desk.database) if desk.hosting.demo else [])
    ]
    page = desk.page(
        "sign_in.html",
        "Sign in",
        problem=bool(faults),
        faults=faults,
        name=request.form.get("name", ""),
        next=_next(),
        demo=demo,
    )
    return page, status, headers or {}
