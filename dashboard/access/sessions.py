"""Sessions: browsers that are signed in, kept in a table so that signing out really ends them."""

import datetime as dt

from sqlalchemy import Connection, delete, insert, select, update

from dashboard.access.person import Person, get_person
from dashboard.access.secret import hash_secret, new_secret
from dashboard.record import add_act, now_text
from schemas.database import Database
from schemas.people_tables import session, sign_in_begun

IDLE = dt.timedelta(minutes=30)
LONGEST = dt.timedelta(hours=12)
_KEPT = dt.timedelta(days=1)  # the record knows who was signed in; this table need not
_NOTED = dt.timedelta(minutes=1)  # so that reading pages does not write at each one


def begin_session(database: Database, person: Person, how: str) -> str:
    """Signs a person in, in a new session, whatever session the browser had before.

    Returns:
        The token for the browser's cookie; only its hash is kept.
    """
    token = new_secret()
    now = now_text()
    row = {
        "token_sha256": hash_secret(token),
        "person_id": person.id,
        "began_at": now,
        "seen_at": now,
    }
    over = (dt.datetime.now(dt.UTC) - _KEPT).isoformat(timespec="seconds")
    with database.writing() as connection:
        connection.execute(delete(session).where(session.c.began_at < over))
        connection.execute(insert(session).values(row))
        add_act(connection, person, "signed in", details={"how": how})
    return token


def find_person(database: Database, token: str) -> Person | None:
    """Who holds a token whose session has not ended by itself or by signing out."""
    now = dt.datetime.now(dt.UTC)
    with database.reading() as connection:
        found = connection.execute(
            select(session).where(
                session.c.token_sha256 == hash_secret(token),
                session.c.ended_at.is_(None),
                session.c.seen_at >= (now - IDLE).isoformat(timespec="seconds"),
                session.c.began_at >= (now - LONGEST).isoformat(timespec="seconds"),
                # By a clock that was far ahead, which would make it last for as long.
                session.c.seen_at <= (now + IDLE).isoformat(timespec="seconds"),
            )
        ).first()
        person = get_person(connection, found.person_id) if found else None
    if found and person and dt.datetime.fromisoformat(found.seen_at) < now - _NOTED:
        _note(database, token)
    return person


def end_session(database: Database, token: str) -> None:
    """Signs out: the token is worth nothing any more, wherever a copy of it is."""
    with database.writing() as connection:
        this = (session.c.token_sha256 == hash_secret(token)) & session.c.ended_at.is_(None)
        found = connection.scalar(select(session.c.person_id).where(this))
        if found is None:
            return
        connection.execute(update(session).where(this).values(ended_at=now_text()))
        add_act(connection, get_person(connection, found), "signed out")


def sign_out_everywhere(database: Database, person: Person) -> None:
    """Ends every session of a person at their own wish."""
    with database.writing() as connection:
        end_sessions(connection, person.id)
        add_act(connection, person, "signed out everywhere")


def end_sessions(connection: Connection, person_id: int) -> None:
    """Signs a person out everywhere, in the caller's transaction, as when a role is taken away.
    Whoever has just typed the password and not yet a code begins anew too."""
    connection.execute(delete(sign_in_begun).where(sign_in_begun.c.person_id == person_id))
    connection.execute(
        update(session)
        .where(session.c.person_id == person_id, session.c.ended_at.is_(None))
        .values(ended_at=now_text())
    )


def _note(database: Database, token: str) -> None:
    with database.writing() as connection:
        connection.execute(
            update(session)
            .where(session.c.token_sha256 == hash_secret(token), session.c.ended_at.is_(None))
            .values(seen_at=now_text())
        )
