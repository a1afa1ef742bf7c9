"""The ready-made accounts of the demonstration: one for each role, refused everywhere else."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, insert, inspect, select

from dashboard.access.person import Person, get_person
from dashboard.hosting import HostingProblem
from dashboard.record import now_text
from schemas.area_settings import AreaSettings
from schemas.database import Database
from schemas.people_tables import person, role_held
from schemas.roles import Role

MARK = "demo-"  # how their sign-in names begin


class _Made(NamedTuple):
    name: str
    job_title: str
    role: Role


_PEOPLE = (
    _Made("partner", "Partnership member", Role.viewer),
    _Made("council-analyst", "Council performance analyst", Role.analyst),
    _Made("health-analyst", "NHS performance analyst", Role.analyst),
    _Made("assurer", "Second analyst, who checks", Role.assurer),
    _Made("approver", "Secretary of the Partnership Board", Role.approver),
    _Made("publisher", "Local Offer publisher", Role.publisher),
    _Made("administrator", "Administrator of accounts", Role.administrator),
)


def add_demo_people(database: Database, areas: Iterable[AreaSettings]) -> list[Person]:
    """Makes the accounts and gives the roles, in every area given, that are not there yet."""
    areas = list(areas)
    with database.writing() as connection:
        ids = [_add(connection, made, areas, place) for place, made in enumerate(_PEOPLE)]
        found = [get_person(connection, number) for number in ids]
    return [one for one in found if one is not None]


def is_demo(person: Person) -> bool:
    return person.sign_in_name.startswith(MARK)


def find_demo_people(database: Database) -> list[Person]:
    """The ready-made accounts that go on, in the order of the list above."""
    query = select(person.c.id).where(
        person.c.sign_in_name.startswith(MARK, autoescape=True), person.c.ended_at.is_(None)
    )
    with database.reading() as connection:
        if not inspect(connection).has_table(person.name):
            return []  # nobody has made the tables yet
        numbers = list(connection.scalars(query.order_by(person.c.id)))
        found = [get_person(connection, number) for number in numbers]
    return [one for one in found if one is not None]


def refuse_demo_people(database: Database) -> None:
    """What a demonstration left behind must not let anybody in elsewhere.

    Raises:
        HostingProblem: there are ready-made accounts; it says how to end them.
    """
    names = " ".join(one.sign_in_name for one in find_demo_people(database))
    if names:
        raise HostingProblem(
            "This database holds ready-made accounts of the demonstration, which need no "
            f"password. End them first: send-dashboard people end {names}"
        )


def _add(connection: Connection, made: _Made, areas: list[AreaSettings], place: int) -> int:
    """An account that is there already is given the roles of areas that came later."""
    name = MARK + made.name
    known = connection.execute(select(person).where(person.c.sign_in_name == name)).first()
    if known is not None and known.ended_at is not None:
        return int(known.id)
    number = int(known.id) if known is not None else _make(connection, name, made.job_title)
    of_theirs = role_held.c.person_id == number, role_held.c.role == made.role
    had = set(connection.scalars(select(role_held.c.area_code).where(*of_theirs)))
    for area in areas:
        if area.code not in had:  # nor ever had: what an administrator took away stays away
            _give(connection, number, made.role, area, place)
    return number


def _make(connection: Connection, name: str, job_title: str) -> int:
    row = {"sign_in_name": name, "job_title": job_title, "organisation": "Demonstration"}
    row |= {"kind": "local", "made_at": now_text()}
    return int(connection.execute(insert(person).values(row).returning(person.c.id)).scalar_one())


def _give(connection: Connection, number: int, role: Role, area: AreaSettings, place: int) -> None:
    """The council's analyst is of an area's first organisation, the health trust's of its last."""
    organisation = area.organisations[0 if place == 1 else -1] if role is Role.analyst else ""
    row = {"person_id": number, "role": role, "area_code": area.code, "given_at": now_text()}
    connection.execute(insert(role_held).values(row | {"organisation": organisation}))
