"""The second step of signing in with a password: a code, and at first giving the app its secret."""

import textwrap

import flask
import segno
from flask import redirect, request
from markupsafe import Markup
from werkzeug.wrappers import Response

from dashboard.access.person import Person
from dashboard.access.second_step import (
    DIGITS,
    Begun,
    CodeRefused,
    SecretLost,
    StepOver,
    begin,
    find_begun,
    finish,
)
from dashboard.access.throttle import Throttle, Wait
from dashboard.staff.cookies import let_in
from dashboard.staff.desk import Desk
from dashboard.staff.doors import Doors
from dashboard.staff.return_to import own_path

doors = Doors()
HOW = "password and code"
_BEGUN = "begun"  # where the browser's own cookie says whose password was right
Page = tuple[str, int, dict[str, str]]


def ask_for_code(throttle: Throttle, who: Person, to: str) -> Response:
    """After a right password. Nothing that the browser brought is taken over."""
    flask.session.clear()
    flask.session[_BEGUN] = begin(throttle, who)
    return redirect(flask.url_for("staff.second_step.code", next=to), 303)


@doors.open("sign-in/code", None, methods=("GET", "POST"), signed_in=False)
def code(desk: Desk) -> Page | Response:
    throttle = Throttle(desk.database, desk.hosting.secret_key)
    token, to = flask.session.get(_BEGUN, ""), own_path(request.values.get("next", ""))
    try:
        begun = find_begun(throttle, token)
        if request.method == "GET":
            return _page(desk, begun, to, {})
        typed = request.form.get("code", "")
        if not typed.strip():
            return _page(desk, begun, to, {"code": f"Enter the {DIGITS} digits."}, 422)
        who = finish(throttle, token, typed, request.remote_addr or "")
    except StepOver as over:
        if flask.session.pop(_BEGUN, ""):
            flask.flash(str(over), "error")
        return redirect(flask.url_for("staff.sign_in.sign_in", next=to), 303)
    except SecretLost as lost:
        return desk.page("refused.html", "You are not signed in", why=str(lost)), 403, {}
    except CodeRefused as refused:
        return _page(desk, begun, to, {"code": str(refused)}, 422)
    except Wait as wait:
        faults = {"code": f"Too many codes were wrong. {wait}"}
        page, status, _ = _page(desk, begun, to, faults, 429)
        return page, status, {"Retry-After": str(wait.seconds)}
    return let_in(desk.database, desk.hosting, who, HOW, to)


def _page(desk: Desk, begun: Begun, to: str, faults: dict[str, str], status: int = 200) -> Page:
    """Somebody whose app makes no codes for here yet is shown what to give it."""
    new = begun.new_secret
    page = desk.page(
        "second_step.html",
        "Set up your codes" if new else "Enter a code",
        problem=bool(faults),
        faults=faults,
        next=to,
        letters=" ".join(textwrap.wrap(new, 4)),
        address=begun.address if new else "",
        square=_square(begun.address) if new else "",
        digits=DIGITS,
    )
    return page, status, {}


def _square(address: str) -> Markup:
    """A QR code as a drawing in the page itself: black on white, with the margin that cameras
    need."""
    drawn = segno.make_qr(address, error="m").svg_inline(scale=5, border=4, light="#fff")
    return Markup(drawn)
