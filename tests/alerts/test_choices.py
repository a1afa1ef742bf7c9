"""People choose what to be told of, each for themselves, and end it when they like."""

import pytest
from sqlalchemy import select

from dashboard.access.person import Person
from dashboard.access.tasks import NotAllowed
from dashboard.alerts.choices import ChoiceProblem, choose, end_choice, list_choices
from schemas.database import Database
from schemas.people_tables import role_held
from schemas.plan_tables import subscription
from schemas.round_tables import act
from tests.alerts.ground import PLACES, SETTINGS, add_reader, ask
from tests.staff.people import DARLINGTON, DURHAM, demo_people


@pytest.fixture
def reader(database: Database) -> Person:
    return add_reader(database, "reader")


def held(database: Database, who: Person) -> list[tuple[str, str, bool]]:
    found = list_choices(database, who, DARLINGTON)
    return [(one.scope, one.subject, one.by_mail) for one in found]


def test_everything_a_theme_and_a_measure_can_be_chosen(database: Database, reader: Person) -> None:
    ask(database, reader, "everything:")
    ask(database, reader, "theme:where_learning", by_mail=False)
    ask(database, reader, f"measure:{PLACES}")
    assert held(database, reader) == [
        ("everything", "", True),
        ("theme", "where_learning", False),
        ("measure", PLACES, True),
    ]


@pytest.mark.parametrize(
    "what",
    ["", "everything:plans", "theme:", "theme:x", "measure:", "measure:ehcp_20w_excl", "all:x"],
)
def test_what_nobody_is_told_of_here_is_refused(
    database: Database, reader: Person, what: str
) -> None:
    with pytest.raises(ChoiceProblem, match="from the list"):
        ask(database, reader, what)
    assert held(database, reader) == []


def test_the_same_cannot_be_chosen_twice_but_in_another_way(
    database: Database, reader: Person
) -> None:
    ask(database, reader, by_mail=False)
    with pytest.raises(ChoiceProblem, match="already"):
        ask(database, reader, by_mail=False)
    ask(database, reader, by_mail=True)
    assert held(database, reader) == [("everything", "", True)]


def test_whoever_signs_in_without_an_address_chooses_no_e_mail(database: Database) -> None:
    partner = demo_people(database)["partner"]
    with pytest.raises(ChoiceProblem, match="not an e-mail address"):
        ask(database, partner)
    ask(database, partner, by_mail=False)
    assert held(database, partner) == [("everything", "", False)]


def test_a_choice_is_ended_once_and_only_by_whoever_made_it(
    database: Database, reader: Person
) -> None:
    ask(database, reader)
    [one] = list_choices(database, reader, DARLINGTON)
    other = add_reader(database, "other")
    with pytest.raises(ChoiceProblem, match="no such thing"):
        end_choice(database, other, DARLINGTON, SETTINGS, one.id)
    end_choice(database, reader, DARLINGTON, SETTINGS, one.id)
    with pytest.raises(ChoiceProblem, match="ended it already"):
        end_choice(database, reader, DARLINGTON, SETTINGS, one.id)
    assert held(database, reader) == []
    ask(database, reader)
    assert len(held(database, reader)) == 1


def test_nobody_chooses_where_they_have_no_role(database: Database, reader: Person) -> None:
    with pytest.raises(NotAllowed):
        choose(database, reader, DURHAM, SETTINGS, "everything", "", False)
    with database.writing() as connection:
        connection.execute(role_held.update().values(ended_at="x"))
    with pytest.raises(NotAllowed):
        ask(database, reader)


def test_it_is_on_the_record_and_the_row_stays(database: Database, reader: Person) -> None:
    ask(database, reader, f"measure:{PLACES}")
    [one] = list_choices(database, reader, DARLINGTON)
    end_choice(database, reader, DARLINGTON, SETTINGS, one.id)
    with database.reading() as connection:
        acts = connection.execute(select(act.c.what, act.c.subject).order_by(act.c.id)).all()
        row = connection.execute(select(subscription)).one()
    title = SETTINGS.measures[PLACES].short_title
    assert [tuple(one) for one in acts] == [
        ("asked to be told", f"the measure “{title}”"),
        ("asked no longer to be told", f"the measure “{title}”"),
    ]
    assert row.ended_at
