"""The ready-made accounts of a demonstration, made once and given what came later."""

from collections.abc import Mapping

from sqlalchemy import func, select, update

from dashboard.access.demo_people import add_demo_people, find_demo_people
from dashboard.access.people import take
from dashboard.access.person import Held, Person
from dashboard.record import now_text
from schemas.area_settings import load_area_settings
from schemas.database import Database
from schemas.people_tables import person, role_held
from schemas.roles import Role
from tests.staff.people import DARLINGTON, DURHAM, demo_people


def held(people: Mapping[str, Person]) -> dict[str, tuple[Held, ...]]:
    return {name: one.held for name, one in people.items()}


def rows(database: Database) -> int:
    with database.reading() as connection:
        return connection.scalar(select(func.count()).select_from(role_held)) or 0


def test_accounts_that_are_there_get_the_roles_of_an_area_that_came_later(
    database: Database,
) -> None:
    first = demo_people(database, DARLINGTON)
    later = demo_people(database, DARLINGTON, DURHAM)
    assert {one.id for one in first.values()} == {one.id for one in later.values()}
    assert all(one.area_codes == (DARLINGTON, DURHAM) for one in later.values())
    for name, one in later.items():
        assert one.held[: len(first[name].held)] == first[name].held
        assert one.roles_in(DURHAM) == one.roles_in(DARLINGTON)
    area = load_area_settings()[DURHAM]
    theirs = [
        later[name].organisations_in(DURHAM) for name in ("council-analyst", "health-analyst")
    ]
    assert theirs == [(area.organisations[0],), (area.organisations[-1],)]


def test_in_two_goes_or_in_one_they_hold_the_same_and_never_twice(database: Database) -> None:
    demo_people(database, DARLINGTON)
    both = demo_people(database, DURHAM)
    count = rows(database)
    assert held(demo_people(database, DARLINGTON, DURHAM)) == held(both)
    assert rows(database) == count == 2 * len(both)


def test_a_role_that_was_taken_away_stays_away(database: Database) -> None:
    people = demo_people(database)
    away = Held(Role.assurer, DARLINGTON)
    take(database, people["administrator"], DARLINGTON, people["assurer"].id, away)
    assert demo_people(database, DARLINGTON, DURHAM)["assurer"].held == (
        Held(Role.assurer, DURHAM),
    )


def test_an_account_that_ended_is_left_as_it_is(database: Database) -> None:
    people = demo_people(database)
    with database.writing() as connection:
        this = person.c.id == people["publisher"].id
        connection.execute(update(person).where(this).values(ended_at=now_text()))
    count = rows(database)
    made = add_demo_people(database, [load_area_settings()[DURHAM]])
    assert "demo-publisher" not in {one.sign_in_name for one in made}
    assert made == find_demo_people(database)
    assert rows(database) == count + len(made)
