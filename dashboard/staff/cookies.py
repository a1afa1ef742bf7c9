"""The cookie that says which session a browser has."""

from flask import Response, request
from werkzeug.wrappers import Response as Answer

from dashboard.access.sessions import LONGEST
from dashboard.hosting import Hosting


def cookie_name(hosting: Hosting) -> str:
    """`__Host-` makes browsers refuse it without HTTPS; a demonstration has none."""
    return "session" if hosting.demo else "__Host-session"


def get_token(hosting: Hosting) -> str:
    return request.cookies.get(cookie_name(hosting), "")


def set_token(hosting: Hosting, answer: Response | Answer, token: str) -> None:
    answer.set_cookie(
        cookie_name(hosting),
        token,
        max_age=int(LONGEST.total_seconds()),
        secure=not hosting.demo,
        httponly=True,
        samesite="Lax",
        path="/",
    )


def drop_token(hosting: Hosting, answer: Response | Answer) -> None:
    answer.delete_cookie(
        cookie_name(hosting), secure=not hosting.demo, httponly=True, samesite="Lax", path="/"
    )
