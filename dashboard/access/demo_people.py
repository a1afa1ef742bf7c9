"""The ready-made accounts of the demonstration: one for each role, refused everywhere else."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, insert, inspect, select

from dashboard.access.person import Person, get_person
from dashboard.hosting import HostingProblem
from dashboard.record import now_text
from schemas.area import AreaSettings
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
    """Makes the accounts that are not there yet, with their roles in every area given."""
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
    """The council's analyst is of an area's first organisation, the health trust's of its last."""
    name = MARK + made.name
    known = connection.scalar(select(person.c.id).where(person.c.sign_in_name == name))
    if known is not None:
        return int(known)
    now = now_text()
    row = {"sign_in_name": name, "job_title": made.job_title, "organisation": "Demonstration"}
    number = connection.scalar(
        insert(person).values(row | {"kind": "local", "made_at": now}).returning(person.c.id)
    )
    assert number is not None
    for area in areas:
        organisation = ""
        if made.role is Role.analyst:
            organisation = area.organisations[0 if place == 1 else -1]
        held = {"person_id": number, "role": made.role, "area_code": area.code}
        connection.execute(
            insert(role_held).values(held | {"organisation": organisation, "given_at": now})
        )
    return int(number)
