"""Signing in with a password, and choosing another."""

from dataclasses import dataclass

from sqlalchemy import Connection, Row, select, update

from dashboard.access.demo_people import MARK
from dashboard.access.passwords import find_fault, hash_password, is_outdated, is_right
from dashboard.access.person import Person, get_person
from dashboard.access.sessions import end_sessions
from dashboard.access.throttle import Throttle
from dashboard.record import add_act
from schemas.database import Database
from schemas.people_tables import person


class SignInRefused(Exception):
    """The name or the password is wrong, or the account has ended; nobody is told which."""

    def __init__(self) -> None:
        super().__init__("The sign-in name or the password is not right.")


class PasswordProblem(Exception):
    """The password cannot be taken; the message says why."""


@dataclass(frozen=True)
class Given:
    """What somebody typed, and the address they typed it at."""

    name: str
    password: str
    address: str


def sign_in(throttle: Throttle, given: Given, demo: bool) -> Person:
    """Whoever has this name and this password.

    Args:
        demo: whether this is a demonstration; elsewhere its ready-made accounts are nobody's.

    Raises:
        Wait: too many tries failed just now.
        SignInRefused: it is nobody, which is on the record.
    """
    name = given.name.strip().casefold()
    number = throttle.begin(name, given.address)
    with throttle.database.reading() as connection:
        found = _find(connection, name, demo)
    known_hash = found.password_hash if found else None
    right = is_right(given.password, known_hash)
    with throttle.database.writing() as connection:
        who = get_person(connection, found.id) if found and right else None
        if who is None:
            _refused(connection, throttle, name, found)
        else:
            throttle.worked(connection, number)
            if known_hash and is_outdated(known_hash):
                _store(connection, who.id, hash_password(given.password))
    if who is None:
        raise SignInRefused
    return who


def change_password(throttle: Throttle, who: Person, old: str, new: str, address: str) -> None:
    """A person's own new password; every browser in which they were signed in is signed out.

    Raises:
        Wait, SignInRefused: as for signing in, for the old one.
        PasswordProblem: the new one is not good enough.
    """
    fault = find_fault(new, who.sign_in_name, who.organisation)
    if fault is not None:
        raise PasswordProblem(fault)
    sign_in(throttle, Given(who.sign_in_name, old, address), demo=True)
    hashed = hash_password(new)
    with throttle.database.writing() as connection:
        set_password(connection, who, hashed)


def has_password(database: Database, who: Person) -> bool:
    """Not those who sign in with their council account, nor the ready-made ones."""
    with database.reading() as connection:
        query = select(person.c.password_hash).where(person.c.id == who.id)
        return connection.scalar(query) is not None


def set_password(connection: Connection, who: Person, password_hash: str) -> None:
    """In the caller's transaction; the password has been found good enough."""
    _store(connection, who.id, password_hash)
    end_sessions(connection, who.id)
    add_act(connection, who, "chose a password")


def _find(connection: Connection, name: str, demo: bool) -> Row[int, str | None] | None:
    if name.startswith(MARK) and not demo:
        return None
    return connection.execute(
        select(person.c.id, person.c.password_hash).where(
            person.c.sign_in_name == name, person.c.ended_at.is_(None)
        )
    ).first()


def _refused(
    connection: Connection, throttle: Throttle, name: str, found: Row[int, str | None] | None
) -> None:
    """No name that a stranger typed is kept: it may be anything, a password too."""
    subject = f"person {found.id}" if found else "somebody unknown"
    details = {"how": "password", "name_hash": throttle.hashed(name)[:16]}
    add_act(connection, None, "sign-in refused", subject=subject, details=details)


def _store(connection: Connection, person_id: int, password_hash: str) -> None:
    connection.execute(
        update(person).where(person.c.id == person_id).values(password_hash=password_hash)
    )
