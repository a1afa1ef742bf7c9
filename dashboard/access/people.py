"""What an administrator does for the people of an area, and for no other area's."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from dashboard.access.accounts import (
    AccountProblem,
    NewPerson,
    add_account,
    end_account,
    find_account,
    find_held_fault,
    give_role,
    take_role,
)
from dashboard.access.invitations import invite
from dashboard.access.person import Held, Person, get_person
from dashboard.access.second_step import has_codes
from dashboard.access.service import service
from dashboard.access.tasks import Task
from schemas.area_settings import AreaSettings
from schemas.database import Database
from schemas.people_tables import person, role_held
from schemas.roles import Role
from schemas.round_tables import act

_LAST = "They are the last administrator of this area. Make somebody else one first."


@dataclass(frozen=True)
class Account:
    """A person as administrators see them. `waits` while they have no password yet, `codes` once
    an app makes codes for them; `elsewhere` when they have or had a role in an area the
    administrator does not look after."""

    person: Person
    kind: str
    waits: bool
    codes: bool
    last_in: dt.date | None
    elsewhere: bool


@service(Task.manage_people)
def list_accounts(database: Database, actor: Person, area_code: str, /) -> list[Account]:
    """Everyone who has or had a role in the area and whose account goes on, by job title."""
    with database.reading() as connection:
        query = select(role_held.c.person_id).where(role_held.c.area_code == area_code)
        numbers = sorted(set(connection.scalars(query)))
        every = [_account(connection, actor, number) for number in numbers]
    found = [one for one in every if one is not None]
    return sorted(found, key=lambda one: (one.person.job_title.casefold(), one.person.id))


@service(Task.manage_people)
def get_account(database: Database, actor: Person, area_code: str, /, number: int) -> Account:
    """One person of the area.

    Raises:
        AccountProblem: nobody of this number has an account in this area.
    """
    with database.reading() as connection:
        _in_area(connection, area_code, number)
        found = _account(connection, actor, number)
    assert found is not None
    return found


@service(Task.manage_people)
def add_person(
    database: Database,
    actor: Person,
    area_code: str,
    /,
    area: AreaSettings,
    new: NewPerson,
    held: Held,
) -> tuple[int, str]:
    """Makes an account with its first role, or gives the role to who has this name already: then
    their account stays as it is.

    Returns:
        The person's number, and the token of their invitation: "" when they need none.

    Raises:
        AccountProblem: what is missing or wrong.
    """
    _same(area_code, area)
    if fault := find_held_fault(held, area):
        raise AccountProblem(fault, "of")
    with database.writing() as connection:
        known = find_account(connection, new.sign_in_name)
        if known is not None:
            give_role(connection, actor, area, known.id, held)
            return known.id, ""
        number = add_account(connection, actor, area_code, new)
        give_role(connection, actor, area, number, held)
        made = _in_area(connection, area_code, number)
        return number, invite(connection, actor, area_code, made) if new.kind == "local" else ""


@service(Task.manage_people)
def give(
    database: Database,
    actor: Person,
    area_code: str,
    /,
    area: AreaSettings,
    number: int,
    held: Held,
) -> None:
    """Gives a person of the area one more role in it.

    Raises:
        AccountProblem: it is not theirs to have, or they have it.
    """
    _same(area_code, area)
    with database.writing() as connection:
        _in_area(connection, area_code, number)
        give_role(connection, actor, area, number, held)


@service(Task.manage_people)
def take(database: Database, actor: Person, area_code: str, /, number: int, held: Held) -> None:
    """Takes a role in the area away; the person is signed out everywhere.

    Raises:
        AccountProblem: they do not hold it here, or nobody would look after accounts any more.
    """
    with database.writing() as connection:
        _in_area(connection, area_code, number)
        if held.area_code != area_code:
            raise AccountProblem("They do not hold this role here.", "role")
        if held.role is Role.administrator:
            _keep_one(connection, area_code, number)
        take_role(connection, actor, number, held)


@service(Task.manage_people)
def end(database: Database, actor: Person, area_code: str, /, number: int) -> None:
    """Ends an account for good.

    Raises:
        AccountProblem: they hold a role elsewhere, or are the last administrator.
    """
    with database.writing() as connection:
        whom = _in_area(connection, area_code, number)
        for code in whom.area_codes:
            if Role.administrator not in actor.roles_in(code):
                raise AccountProblem(
                    "They also hold a role in another area. Take their roles here away instead."
                )
            if Role.administrator in whom.roles_in(code):
                _keep_one(connection, code, number)
        end_account(connection, actor, area_code, whom)


@service(Task.manage_people)
def invite_again(database: Database, actor: Person, area_code: str, /, number: int) -> str:
    """A new link for a new password. Only for people of the administrator's own areas, now and
    before: who resets a password could sign in with it, also where they look after nothing.

    Raises:
        AccountProblem: they have or had a role elsewhere, or need no password.
    """
    with database.writing() as connection:
        whom = _in_area(connection, area_code, number)
        if _elsewhere(connection, actor, number):
            raise AccountProblem(
                "They have or had a role in another area too, so the link has to come from who "
                "runs this server: send-dashboard people invite."
            )
        return invite(connection, actor, area_code, whom)


def _account(connection: Connection, actor: Person, number: int) -> Account | None:
    whom = get_person(connection, number)
    if whom is None:
        return None
    kind, password_hash = connection.execute(
        select(person.c.kind, person.c.password_hash).where(person.c.id == number)
    ).one()
    came_in = (act.c.person_id == number) & (act.c.what == "signed in")
    last = connection.scalar(select(func.max(act.c.done_at)).where(came_in))
    waits = kind == "local" and password_hash is None
    last_in = dt.datetime.fromisoformat(last).date() if last else None
    codes = has_codes(connection, number)
    return Account(whom, kind, waits, codes, last_in, _elsewhere(connection, actor, number))


def _in_area(connection: Connection, area_code: str, number: int) -> Person:
    known = connection.scalar(
        select(role_held.c.id)
        .where(role_held.c.person_id == number, role_held.c.area_code == area_code)
        .limit(1)
    )
    whom = None if known is None else get_person(connection, number)
    if whom is None:
        raise AccountProblem("Nobody of this number has an account in this area.")
    return whom


def _elsewhere(connection: Connection, actor: Person, number: int) -> bool:
    query = select(role_held.c.area_code).where(role_held.c.person_id == number).distinct()
    codes = connection.scalars(query)
    return any(Role.administrator not in actor.roles_in(code) for code in codes)


def _keep_one(connection: Connection, area_code: str, number: int) -> None:
    """Somebody besides this person has to be an administrator; writers take turns, so two cannot
    take each other's role at once."""
    other = connection.scalar(
        select(role_held.c.id)
        .where(
            role_held.c.role == Role.administrator,
            role_held.c.area_code == area_code,
            role_held.c.person_id != number,
            role_held.c.ended_at.is_(None),
        )
        .limit(1)
    )
    if other is None:
        raise AccountProblem(_LAST, "role")


def _same(area_code: str, area: AreaSettings) -> None:
    if area.code != area_code:
        raise AccountProblem("These are not the settings of this area.")
