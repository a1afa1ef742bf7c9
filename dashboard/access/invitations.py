"""Invitations: a link, good once and for two days, by which a person chooses their password."""

import datetime as dt

from sqlalchemy import Connection, insert, select, update

from dashboard.access.accounts import COMMAND_LINE, AccountProblem
from dashboard.access.local import PasswordProblem, set_password
from dashboard.access.passwords import find_fault, hash_password
from dashboard.access.person import Person, get_person
from dashboard.access.second_step import forget
from dashboard.access.secret import hash_secret, new_secret
from dashboard.access.sessions import end_sessions
from dashboard.record import add_act, now_text
from schemas.database import Database
from schemas.people_tables import invitation, person

GOOD_FOR = dt.timedelta(hours=48)
PATH = "/staff/invitation/"


class InvitationOver(Exception):
    """The link was used, is too old, or never was one."""

    def __init__(self) -> None:
        super().__init__(
            "This link has been used, has been replaced by a newer one, or is more than two days "
            "old. Ask an administrator of your area for a new one."
        )


def invite(connection: Connection, by: Person | None, area_code: str, whom: Person) -> str:
    """Makes a link. Their password and codes so far, older links and sessions end at once, so that
    a new invitation is also what helps when a password was forgotten or a telephone was lost.

    Returns:
        The token that the link ends with; it cannot be shown again.

    Raises:
        AccountProblem: they sign in with the council's own sign-in.
    """
    this = person.c.id == whom.id
    if connection.scalar(select(person.c.kind).where(this)) != "local":
        raise AccountProblem("They sign in with their council account and need no password here.")
    now, token = dt.datetime.now(dt.UTC), new_secret()
    _use_up(connection, whom.id)
    connection.execute(update(person).where(this).values(password_hash=None))
    forget(connection, whom.id)
    end_sessions(connection, whom.id)
    row = {"token_sha256": hash_secret(token), "person_id": whom.id, "made_at": now_text()}
    ends_at = (now + GOOD_FOR).isoformat(timespec="seconds")
    connection.execute(insert(invitation).values(row | {"ends_at": ends_at}))
    subject = f"person {whom.id}"
    add_act(connection, by, "invited", area_code=area_code, subject=subject, program=COMMAND_LINE)
    return token


def find_invited(connection: Connection, token: str) -> Person:
    """Whom a link is for.

    Raises:
        InvitationOver: it is not good any more, or the account has ended.
    """
    found = connection.scalar(
        select(invitation.c.person_id).where(
            invitation.c.token_sha256 == hash_secret(token),
            invitation.c.used_at.is_(None),
            invitation.c.ends_at > now_text(),
        )
    )
    whom = None if found is None else get_person(connection, found)
    if whom is None:
        raise InvitationOver
    return whom


def accept(database: Database, token: str, password: str) -> Person:
    """Gives the person of a link this password; the link is used up.

    Raises:
        InvitationOver: it is not good any more.
        PasswordProblem: the password is not good enough; the link stays good.
    """
    with database.reading() as connection:
        whom = find_invited(connection, token)
    if fault := find_fault(password, whom.sign_in_name, whom.organisation):
        raise PasswordProblem(fault)
    hashed = hash_password(password)
    with database.writing() as connection:
        whom = find_invited(connection, token)
        _use_up(connection, whom.id)
        set_password(connection, whom, hashed)
    return whom


def _use_up(connection: Connection, person_id: int) -> None:
    """Every link of a person: the newest is the only one there is."""
    connection.execute(
        update(invitation)
        .where(invitation.c.person_id == person_id, invitation.c.used_at.is_(None))
        .values(used_at=now_text())
    )
