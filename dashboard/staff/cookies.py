"""The cookie that says which session a browser has."""

from flask import Response, redirect, request, session
from werkzeug.wrappers import Response as Answer

from dashboard.access.person import Person
from dashboard.access.sessions import LONGEST, begin_session, end_session
from dashboard.hosting import Hosting
from schemas.database import Database


def cookie_name(hosting: Hosting) -> str:
    """`__Host-` makes browsers refuse it without HTTPS; a demonstration has none."""
    return "session" if hosting.demo else "__Host-session"


def get_token(hosting: Hosting) -> str:
    return request.cookies.get(cookie_name(hosting), "")


def let_in(database: Database, hosting: Hosting, person: Person, how: str, to: str) -> Answer:
    """Signs a person in and leads on. Nothing that the browser brought is taken over: its session
    ends, and so do the forms it had open."""
    if before := get_token(hosting):
        end_session(database, before)
    session.clear()
    answer = redirect(to, 303)
    set_token(hosting, answer, begin_session(database, person, how))
    return answer


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
    answer.headers["Clear-Site-Data"] = '"cache"'  # pages for partners that the browser kept
