"""Accounts and roles as they are kept: made, given, taken away and ended, each on the record.

These ask nobody's right: `people.py` does for the screens, and the command line is trusted."""

import re
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from dashboard.access.demo_people import MARK
from dashboard.access.person import Held, Person, get_person
from dashboard.access.second_step import forget
from dashboard.access.sessions import end_sessions
from dashboard.record import add_act, now_text
from schemas.area_settings import AreaSettings
from schemas.people_tables import person, role_held
from schemas.roles import Role

COMMAND_LINE = "The command line"
KINDS = ("local", "entra")
_NAME = re.compile(r"[a-z0-9][a-z0-9._@+'-]{2,99}")
_LONGEST = 80  # characters of a job title or an organisation


class AccountProblem(Exception):
    """It cannot be done; the message says why, `field` what it is about."""

    def __init__(self, said: str, field: str = "") -> None:
        super().__init__(said)
        self.field = field


@dataclass(frozen=True)
class NewPerson:
    """Who is to have an account. `kind`: `local` with a password here, `entra` with the council's
    own sign-in, known at first by `sign_in_name` and then by tenant and object id."""

    sign_in_name: str
    job_title: str
    organisation: str
    kind: str = "local"

    def find_faults(self) -> dict[str, str]:
        """Every fault by its field, in sentences."""
        faults = {}
        if not _NAME.fullmatch(self.sign_in_name):
            faults["sign_in_name"] = (
                "Enter a sign-in name of 3 to 100 letters, digits and . _ @ + ' -, "
                "beginning with a letter or digit."
            )
        elif self.sign_in_name.startswith(MARK):
            faults["sign_in_name"] = f"Names that begin “{MARK}” belong to the demonstration."
        for field, words in (("job_title", "job title"), ("organisation", "organisation")):
            value = getattr(self, field)
            if not value or len(value) > _LONGEST or not value.isprintable():
                faults[field] = f"Enter the {words}, in at most {_LONGEST} characters."
        if self.kind not in KINDS:
            faults["kind"] = "Choose how they sign in."
        return faults


def cleaned(name: str, job_title: str, organisation: str, kind: str = "local") -> NewPerson:
    """As somebody typed it, in the form it is kept."""
    title, employer = (" ".join(text.split()) for text in (job_title, organisation))
    return NewPerson(name.strip().casefold(), title, employer, kind)


def find_held_fault(held: Held, area: AreaSettings) -> str | None:
    """Why nobody can hold this role in an area."""
    if held.area_code != area.code:
        return f"This is not a role in {area.name}."
    if held.role is Role.analyst and held.organisation not in area.organisations:
        return "Choose whose figures they send: " + " or ".join(area.organisations) + "."
    if held.role is not Role.analyst and held.organisation:
        return "Only analysts send figures for an organisation."
    return None


def add_account(connection: Connection, by: Person | None, area_code: str, new: NewPerson) -> int:
    """Makes an account that has no role and no password yet.

    Args:
        by: who does it; None on the command line.
        area_code: where the record shows it.

    Raises:
        AccountProblem: somebody has or had this name, or what is said of them is not usable.
    """
    for field, fault in new.find_faults().items():
        raise AccountProblem(fault, field)
    taken = connection.scalar(select(person.c.id).where(person.c.sign_in_name == new.sign_in_name))
    if taken is not None:
        raise AccountProblem("There is or was an account with this sign-in name.", "sign_in_name")
    row = vars(new) | {"made_at": now_text(), "made_by_id": by.id if by else None}
    query = insert(person).values(row).returning(person.c.id)
    number = int(connection.execute(query).scalar_one())
    _record(connection, by, "added an account", number, area_code, kind=new.kind)
    return number


def give_role(
    connection: Connection, by: Person | None, area: AreaSettings, person_id: int, held: Held
) -> None:
    """Gives a role from now on.

    Raises:
        AccountProblem: there is no such account or role, or they hold it already.
    """
    whom = get_person(connection, person_id)
    if whom is None:
        raise AccountProblem("There is no such account, or it has ended.", "sign_in_name")
    if fault := find_held_fault(held, area):
        raise AccountProblem(fault, "of")
    if held in whom.held:
        raise AccountProblem("They hold this role already.", "role")
    row = vars(held) | {"person_id": person_id, "given_at": now_text()}
    connection.execute(insert(role_held).values(row | {"given_by_id": by.id if by else None}))
    _record(connection, by, "gave a role", person_id, area.code, **_said(held))


def take_role(connection: Connection, by: Person | None, person_id: int, held: Held) -> None:
    """Takes a role away; they are signed out everywhere.

    Raises:
        AccountProblem: they do not hold it.
    """
    taken = connection.execute(
        update(role_held)
        .where(
            role_held.c.person_id == person_id,
            role_held.c.ended_at.is_(None),
            *(role_held.c[name] == value for name, value in vars(held).items()),
        )
        .values(ended_at=now_text(), ended_by_id=by.id if by else None)
    )
    if taken.rowcount != 1:
        raise AccountProblem("They do not hold this role.", "role")
    end_sessions(connection, person_id)
    _record(connection, by, "took a role away", person_id, held.area_code, **_said(held))


def end_account(connection: Connection, by: Person | None, area_code: str, whom: Person) -> None:
    """Ends an account for good with all its roles; its name is never given to another."""
    now = get_person(connection, whom.id)
    for held in now.held if now else ():
        take_role(connection, by, whom.id, held)
    done = {"ended_at": now_text(), "password_hash": None}
    connection.execute(update(person).where(person.c.id == whom.id).values(done))
    forget(connection, whom.id)
    end_sessions(connection, whom.id)
    _record(connection, by, "ended an account", whom.id, area_code)


def find_account(connection: Connection, sign_in_name: str) -> Person | None:
    """Whose account has this name and has not ended."""
    name = sign_in_name.strip().casefold()
    found = connection.scalar(select(person.c.id).where(person.c.sign_in_name == name))
    return None if found is None else get_person(connection, found)


def _said(held: Held) -> dict[str, str]:
    said = {"role": held.role.value, "organisation": held.organisation}
    return {key: value for key, value in said.items() if value}


def _record(
    connection: Connection,
    by: Person | None,
    what: str,
    person_id: int,
    area_code: str,
    **details: str,
) -> None:
    subject = f"person {person_id}"
    add_act(
        connection,
        by,
        what,
        area_code=area_code,
        subject=subject,
        details=details,
        program=COMMAND_LINE,
    )
