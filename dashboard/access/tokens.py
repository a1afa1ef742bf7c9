"""Tokens: with one, a person's own program reads what that person may read in one area."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, insert, select, update

from dashboard.access.demo_people import is_demo
from dashboard.access.local import Given
from dashboard.access.person import Person, get_person
from dashboard.access.secret import hash_secret, new_secret
from dashboard.access.service import service
from dashboard.access.tasks import Task
from dashboard.access.throttle import Throttle
from dashboard.record import add_act, now_text
from schemas.database import Database
from schemas.public_tables import access_token

LONGEST = 365  # days that a token can be good for
MOST = 10  # tokens of one person in one area at a time
MARK = "send_"  # so that people, and programs that look for secrets, know one when they see it
_LABEL = 60  # characters


class TokenProblem(Exception):
    """It cannot be done; the message says why, `field` what it is about."""

    def __init__(self, said: str, field: str = "") -> None:
        super().__init__(said)
        self.field = field


class TokenRefused(Exception):
    """It opens nothing here; nobody is told why."""

    def __init__(self) -> None:
        super().__init__("This needs a token for this area that has not ended.")


@dataclass(frozen=True)
class Token:
    """A token as its holder sees it: everything but itself, which nobody can see again."""

    id: int
    label: str
    made_on: dt.date
    ends_on: dt.date
    last_used_on: dt.date | None
    good: bool


@service(Task.hold_token)
def make_token(database: Database, actor: Person, area_code: str, /, label: str, days: int) -> str:
    """Makes a token for the actor. Only its hash is kept, so it can be shown this once.

    Args:
        label: what it is for, in the holder's words, which the record does not repeat.
        days: how long it is good for.

    Raises:
        TokenProblem: it has no label, is to last too long, or there are too many already.
    """
    label = " ".join(label.split())
    if not label or len(label) > _LABEL or not label.isprintable():
        raise TokenProblem(f"Say what it is for, in at most {_LABEL} characters.", "label")
    if not 1 <= days <= LONGEST:
        raise TokenProblem("A token is good for a year at most.", "days")
    token = f"{MARK}{new_secret()}"
    now = dt.datetime.now(dt.UTC)
    ends_at = (now + dt.timedelta(days=days)).isoformat(timespec="seconds")
    row = {"person_id": actor.id, "area_code": area_code, "label": label, "made_at": now_text()}
    with database.writing() as connection:
        _leave_room(connection, actor, area_code)
        new = insert(access_token).values(
            row | {"token_sha256": hash_secret(token), "ends_at": ends_at}
        )
        number = connection.scalar(new.returning(access_token.c.id))
        _note(connection, actor, "made a token", area_code, number, {"ends": ends_at[:10]})
    return token


@service(Task.hold_token)
def list_tokens(database: Database, actor: Person, area_code: str, /) -> list[Token]:
    """The actor's own in the area, the newest first."""
    query = select(access_token).where(_of(actor, area_code)).order_by(access_token.c.id.desc())
    with database.reading() as connection:
        return [_token(row) for row in connection.execute(query)]


@service(Task.hold_token)
def end_token(database: Database, actor: Person, area_code: str, /, number: int) -> None:
    """Ends one of the actor's own; it is worth nothing from now on.

    Raises:
        TokenProblem: they hold no such token here.
    """
    this = _of(actor, area_code) & (access_token.c.id == number) & access_token.c.ended_at.is_(None)
    with database.writing() as connection:
        ended = connection.execute(update(access_token).where(this).values(ended_at=now_text()))
        if not ended.rowcount:
            raise TokenProblem("You hold no such token here.", "token")
        _note(connection, actor, "ended a token", area_code, number)


@service(Task.hold_token)
def use_token(database: Database, actor: Person, area_code: str, /, number: int) -> None:
    """Notes the day on which a token was last used, and puts its first use of a day on the
    record; once a day, so that reading tables does not write at each one."""
    today = now_text()[:10]
    used = access_token.c.last_used_on
    this = (
        _of(actor, area_code) & (access_token.c.id == number) & (used.is_(None) | (used != today))
    )
    with database.reading() as connection:
        if connection.scalar(select(access_token.c.id).where(this)) is None:
            return
    with database.writing() as connection:
        first = update(access_token).where(this).values(last_used_on=today)
        if connection.execute(first).rowcount:
            _note(connection, actor, "read with a token", area_code, number)


def admit(throttle: Throttle, given: Given, area_code: str, demo: bool) -> Person:
    """Whoever holds this token, which is given as the password; a name that is given beside it
    has to be theirs.

    Only wrong ones are counted and made to wait: a program asks for many tables at once, and
    nobody comes to 256 random bits by trying. They are counted apart from signing in, so that a
    program whose token has ended does not keep its holder out.

    Raises:
        Wait: too many were wrong just now.
        TokenRefused: it is nobody's, has ended, or is for another area, which is on the record.
        NotAllowed: its holder has no role in the area any more.
    """
    name = given.name.strip().casefold()
    with throttle.database.reading() as connection:
        row = _find(connection, given.password)
        who = get_person(connection, row.person_id) if row else None
    is_good = row is not None and _is_good(row) and row.area_code == area_code
    is_theirs = who is not None and name in ("", who.sign_in_name) and (demo or not is_demo(who))
    if row is None or who is None or not is_good or not is_theirs:
        throttle.begin(f"token of {name}", f"token from {given.address}")
        _refused(throttle, name, area_code, row)
        raise TokenRefused
    use_token(throttle.database, who, area_code, row.id)
    return who


def _find(connection: Connection, token: str) -> Row[Any] | None:
    """A token is 256 random bits, so a quick hash keeps it as well as a slow one."""
    found = access_token.c.token_sha256 == hash_secret(token)
    return connection.execute(select(access_token).where(found)).first()


def _refused(throttle: Throttle, name: str, area_code: str, row: Row[Any] | None) -> None:
    """No name that a stranger gave is kept."""
    subject = f"token {row.id}" if row else "an unknown token"
    details = {"name_hash": throttle.hashed(name)[:16]} if name else {}
    with throttle.database.writing() as connection:
        add_act(
            connection,
            None,
            "token refused",
            area_code=area_code,
            subject=subject,
            details=details,
        )


def _of(actor: Person, area_code: str) -> ColumnElement[bool]:
    return (access_token.c.person_id == actor.id) & (access_token.c.area_code == area_code)


def _leave_room(connection: Connection, actor: Person, area_code: str) -> None:
    still = access_token.c.ended_at.is_(None), access_token.c.ends_at > now_text()
    query = select(func.count()).select_from(access_token).where(_of(actor, area_code), *still)
    if (connection.scalar(query) or 0) >= MOST:
        raise TokenProblem(f"You have {MOST} tokens here. End one that is not used first.", "label")


def _note(
    connection: Connection,
    actor: Person,
    what: str,
    area_code: str,
    number: int | None,
    details: dict[str, str] | None = None,
) -> None:
    subject = f"token {number}"
    add_act(connection, actor, what, area_code=area_code, subject=subject, details=details)


def _token(row: Row[Any]) -> Token:
    last = dt.date.fromisoformat(row.last_used_on) if row.last_used_on else None
    made, ends = (dt.datetime.fromisoformat(at).date() for at in (row.made_at, row.ends_at))
    return Token(row.id, row.label, made, ends, last, _is_good(row))


def _is_good(row: Row[Any]) -> bool:
    return row.ended_at is None and row.ends_at > now_text()
