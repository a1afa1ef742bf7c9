"""The page of an invitation, where a new person chooses a password; and of changing it later."""

import flask
from flask import abort, redirect, request
from werkzeug.wrappers import Response

from dashboard.access.invitations import InvitationOver, accept, find_invited
from dashboard.access.local import (
    PasswordProblem,
    SignInRefused,
    change_password,
    has_password,
)
from dashboard.access.passwords import LONGEST, SHORTEST
from dashboard.access.person import Person
from dashboard.access.throttle import Throttle, Wait
from dashboard.staff.cookies import let_in
from dashboard.staff.desk import Desk
from dashboard.staff.doors import PREFIX, Doors
from dashboard.staff.sign_in import too_many

doors = Doors()
Page = tuple[str, int, dict[str, str]]
_CHOOSE = "Choose a password"
_CHANGE = "Change your password"


@doors.open("invitation/<token>", None, methods=("GET", "POST"), signed_in=False)
def invitation(desk: Desk, token: str) -> Page | Response:
    try:
        with desk.database.reading() as connection:
            whom = find_invited(connection, token)
        if request.method == "GET":
            return _page(desk, _CHOOSE, whom, {})
        accept(desk.database, token, request.form.get("password", ""))
    except InvitationOver as over:
        page = desk.page("refused.html", "This link is not good any more", why=str(over))
        return page, 404, {}
    except PasswordProblem as problem:
        return _page(desk, _CHOOSE, whom, {"password": str(problem)}, 422)
    flask.flash("Your password is set. Sign in with it now.", "done")
    return redirect(f"{PREFIX}sign-in", 303)


@doors.open("password", None, methods=("GET", "POST"))
def password(desk: Desk) -> Page | Response:
    if not has_password(desk.database, desk.who):
        abort(404)
    if request.method == "GET":
        return _page(desk, _CHANGE, desk.who, {}, old=True)
    old, new = (request.form.get(field, "") for field in ("old_password", "password"))
    throttle = Throttle(desk.database, desk.hosting.secret_key)
    headers = {}
    try:
        change_password(throttle, desk.who, old, new, request.remote_addr or "")
    except PasswordProblem as problem:
        faults, status = {"password": str(problem)}, 422
    except SignInRefused:
        faults, status = {"old_password": "That is not your password now."}, 422
    except Wait as wait:
        faults, status = {"old_password": too_many(wait)}, 429
        headers = {"Retry-After": str(wait.seconds)}
    else:
        answer = let_in(desk.database, desk.hosting, desk.who, "new password", PREFIX)
        flask.flash("Your password is changed. Your other browsers are signed out.", "done")
        return answer
    page, _, _ = _page(desk, _CHANGE, desk.who, faults, status, old=True)
    return page, status, headers


def _page(
    desk: Desk,
    title: str,
    whom: Person,
    faults: dict[str, str],
    status: int = 200,
    old: bool = False,
) -> Page:
    page = desk.page(
        "invitation.html",
        title,
        problem=bool(faults),
        faults=faults,
        whom=whom,
        old=old,
        shortest=SHORTEST,
        longest=LONGEST,
    )
    return page, status, {}
