"""Signing in and out."""

from flask import redirect
from werkzeug.wrappers import Response

from dashboard.access.sessions import end_session
from dashboard.staff.cookies import drop_token, get_token
from dashboard.staff.desk import Desk
from dashboard.staff.doors import PREFIX, Doors

doors = Doors()


@doors.open("sign-in", None, signed_in=False)
def sign_in(desk: Desk) -> str:
    return desk.page("sign_in.html", "Sign in")


@doors.open("sign-out", None, methods=("POST",), signed_in=False)
def sign_out(desk: Desk) -> Response:
    end_session(desk.database, get_token(desk.hosting))
    answer = redirect(PREFIX, 303)
    drop_token(desk.hosting, answer)
    return answer
