"""What administrators do for the people of their area, by the services and on the screens."""

import json
import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from dashboard import create_app
from dashboard.access import people
from dashboard.access.accounts import AccountProblem, cleaned
from dashboard.access.invitations import InvitationOver, accept
from dashboard.access.person import Person, get_person
from dashboard.access.sessions import begin_session, find_person
from dashboard.access.tasks import NotAllowed
from schemas.area_settings import load_area_settings
from schemas.database import Database
from schemas.people_tables import invitation, person, role_held
from schemas.round_tables import act
from tests.access.codes import App
from tests.access.people import CLOSED, PASSWORD, account, closed_client, held_role
from tests.staff.people import DARLINGTON, DURHAM, send

AREA = load_area_settings()[DARLINGTON]
PATH = f"/staff/{DARLINGTON}/people"
NEW = cleaned("New.Person@council.example ", "Performance  analyst", "Darlington Borough Council")
FORM = {
    "sign_in_name": "new.person@council.example",
    "job_title": "Performance analyst",
    "organisation": "Darlington Borough Council",
    "kind": "local",
    "role": "assurer",
    "of": "",
}


@pytest.fixture
def chief(database: Database) -> Person:
    return account(database, "chief", held_role("administrator"), password=PASSWORD)


@pytest.fixture
def second(database: Database, chief: Person) -> Person:
    return account(database, "second", held_role("administrator"))


@pytest.fixture
def durham(database: Database) -> Person:
    return account(database, "durham", held_role("administrator", DURHAM))


@pytest.fixture
def server(database: Database) -> Flask:
    return create_app(database, hosting=CLOSED)


@pytest.fixture
def client(server: Flask, database: Database, chief: Person) -> FlaskClient:
    return signed(server, database, chief)


def signed(server: Flask, database: Database, who: Person) -> FlaskClient:
    client = closed_client(server)
    client.set_cookie("__Host-session", begin_session(database, who, "test"))
    return client


def again(database: Database, number: int) -> Person | None:
    with database.reading() as connection:
        return get_person(connection, number)


def acts(database: Database) -> list[str]:
    with database.reading() as connection:
        return list(connection.scalars(select(act.c.what).order_by(act.c.id)))


def test_an_administrator_adds_somebody_who_then_chooses_a_password(
    client: FlaskClient, server: Flask, database: Database, chief: Person
) -> None:
    answer = send(client, PATH, FORM)
    assert answer.status_code == 303
    page = client.get(answer.location).text
    link = re.search(r"https://localhost(/staff/invitation/[\w-]+)", page)
    assert link is not None
    assert link[1] not in client.get(answer.location).text, "it is shown once"
    newcomer = closed_client(server)
    shown = newcomer.get(link[1])
    assert shown.status_code == 200
    assert 'autocomplete="new-password"' in shown.text
    weak = send(newcomer, link[1], {"password": "short"})
    assert weak.status_code == 422
    assert "15 characters or more" in weak.text
    assert send(newcomer, link[1], {"password": PASSWORD}).status_code == 303
    App(database).sign_in(newcomer, FORM["sign_in_name"])
    assert "checks figures that others sent" in newcomer.get("/staff/").text
    over = newcomer.get(link[1])
    assert over.status_code == 404
    assert "This link has been used" in over.text
    done = ["added an account", "gave a role", "invited", "chose a password", "set up codes"]
    assert acts(database)[-6:] == [*done, "signed in"]


def test_the_record_says_who_gave_what_to_whom(database: Database, chief: Person) -> None:
    number, _ = people.add_person(database, chief, DARLINGTON, AREA, NEW, held_role("analyst"))
    with database.reading() as connection:
        row = connection.execute(select(act).where(act.c.what == "gave a role")).all()[-1]
    assert (row.person_id, row.area_code, row.subject) == (chief.id, DARLINGTON, f"person {number}")
    assert json.loads(row.details) == {"role": "analyst", "organisation": AREA.organisations[0]}
    assert row.who == chief.words


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("sign_in_name", "a b", "letters, digits"),
        ("sign_in_name", "", "letters, digits"),
        ("sign_in_name", "demo-boss", "belong to the demonstration"),
        ("sign_in_name", "x" * 101, "3 to 100"),
        ("job_title", " ", "Enter the job title"),
        ("job_title", "x" * 81, "at most 80"),
        ("organisation", "", "Enter the organisation"),
        ("kind", "magic", "how they sign in"),
        ("role", "", "Choose a role."),
        ("role", "owner", "Choose a role."),
        ("of", AREA.organisations[0], "Only analysts"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_the_rest_stays_typed(
    client: FlaskClient, database: Database, field: str, value: str, said: str
) -> None:
    answer = send(client, PATH, FORM | {field: value})
    assert answer.status_code == 422
    assert said in answer.text
    assert f'href="#{field}"' in answer.text
    kept = next(name for name in ("job_title", "organisation") if name != field)
    assert f'value="{FORM[kept]}"' in answer.text
    with database.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(person)) == 1


@pytest.mark.parametrize("of", ["", "Another trust"])
def test_an_analyst_sends_for_an_organisation_of_the_area(client: FlaskClient, of: str) -> None:
    answer = send(client, PATH, FORM | {"role": "analyst", "of": of})
    assert answer.status_code == 422
    assert "Choose whose figures they send" in answer.text


def test_somebody_known_in_another_area_gets_the_role_and_no_new_link(
    database: Database, chief: Person, durham: Person
) -> None:
    new = cleaned("DURHAM", "Something else", "Elsewhere")
    number, token = people.add_person(database, chief, DARLINGTON, AREA, new, held_role())
    assert (number, token) == (durham.id, "")
    now = again(database, durham.id)
    assert now is not None
    assert now.job_title == durham.job_title
    assert now.area_codes == (DARLINGTON, DURHAM)


def test_roles_are_given_and_taken_on_the_screen(
    client: FlaskClient, database: Database, second: Person
) -> None:
    path = f"{PATH}/{second.id}"
    given = send(client, f"{path}/give", {"role": "analyst", "of": AREA.organisations[-1]})
    assert given.status_code == 303
    page = client.get(path).text
    assert f"for {AREA.organisations[-1]}" in page
    assert "They are an analyst now." in page
    twice = send(client, f"{path}/give", {"role": "analyst", "of": AREA.organisations[-1]})
    assert twice.status_code == 422
    assert "They hold this role already." in twice.text
    taken = send(client, f"{path}/take", {"role": "analyst", "of": AREA.organisations[-1]})
    assert taken.status_code == 303
    now = again(database, second.id)
    assert now is not None
    assert [held.role for held in now.held] == ["administrator"]
    assert send(client, f"{path}/take", {"role": "owner"}).status_code == 400


def test_the_last_administrator_stays(
    client: FlaskClient, database: Database, chief: Person
) -> None:
    path = f"{PATH}/{chief.id}"
    for answer in (
        send(client, f"{path}/take", {"role": "administrator"}),
        send(client, f"{path}/end", {"sure": "1"}),
    ):
        assert answer.status_code == 422
        assert "last administrator" in answer.text
    now = again(database, chief.id)
    assert now is not None
    assert now.held == chief.held


def test_of_two_administrators_one_may_go_and_then_no_more(
    database: Database, chief: Person, second: Person
) -> None:
    people.take(database, chief, DARLINGTON, chief.id, held_role("administrator"))
    with pytest.raises(AccountProblem, match="last administrator"):
        people.end(database, second, DARLINGTON, second.id)
    with pytest.raises(NotAllowed):
        people.end(database, chief, DARLINGTON, second.id)


def test_an_administrator_who_was_one_a_moment_ago_is_not_believed(
    database: Database, chief: Person, second: Person
) -> None:
    people.take(database, chief, DARLINGTON, second.id, held_role("administrator"))
    with pytest.raises(NotAllowed):
        people.add_person(database, second, DARLINGTON, AREA, NEW, held_role())


def test_an_account_ends_after_a_tick_and_its_browsers_with_it(
    client: FlaskClient, database: Database, second: Person
) -> None:
    token = begin_session(database, second, "test")
    path = f"{PATH}/{second.id}"
    unsure = send(client, f"{path}/end")
    assert unsure.status_code == 422
    assert "Tick the box" in unsure.text
    assert send(client, f"{path}/end", {"sure": "1"}).status_code == 303
    assert again(database, second.id) is None
    assert find_person(database, token) is None
    assert client.get(path).status_code == 404
    with database.reading() as connection:
        live = select(func.count()).where(
            role_held.c.person_id == second.id, role_held.c.ended_at.is_(None)
        )
        assert connection.scalar(live) == 0


def test_a_name_is_never_given_to_another(database: Database, chief: Person) -> None:
    number, _ = people.add_person(database, chief, DARLINGTON, AREA, NEW, held_role())
    people.end(database, chief, DARLINGTON, number)
    with pytest.raises(AccountProblem, match="is or was an account"):
        people.add_person(database, chief, DARLINGTON, AREA, NEW, held_role())


OTHERS: dict[str, Callable[[Database, Person, str, int], object]] = {
    "see": lambda d, a, code, n: people.get_account(d, a, code, n),
    "give": lambda d, a, code, n: people.give(
        d, a, code, load_area_settings()[code], n, held_role("viewer", code)
    ),
    "take": lambda d, a, code, n: people.take(d, a, code, n, held_role()),
    "end": lambda d, a, code, n: people.end(d, a, code, n),
    "invite": lambda d, a, code, n: people.invite_again(d, a, code, n),
}


@pytest.mark.parametrize("what", OTHERS)
def test_an_administrator_can_do_nothing_to_people_of_another_area(
    what: str, database: Database, durham: Person
) -> None:
    theirs = account(database, "kestrel")
    with pytest.raises(NotAllowed):
        OTHERS[what](database, durham, DARLINGTON, theirs.id)
    with pytest.raises(AccountProblem, match=r"Nobody of this number|do not hold"):
        OTHERS[what](database, durham, DURHAM, theirs.id)
    assert again(database, theirs.id) == theirs


def test_giving_somebody_a_role_here_gives_no_power_over_their_account_elsewhere(
    database: Database, durham: Person
) -> None:
    theirs = account(database, "kestrel")
    there = load_area_settings()[DURHAM]
    new = cleaned("kestrel", "Data officer", "Durham")
    people.add_person(database, durham, DURHAM, there, new, held_role("viewer", DURHAM))
    with pytest.raises(AccountProblem, match="another area"):
        people.invite_again(database, durham, DURHAM, theirs.id)
    with pytest.raises(AccountProblem, match="another area"):
        people.end(database, durham, DURHAM, theirs.id)
    with pytest.raises(AccountProblem, match="not hold this role here"):
        people.take(database, durham, DURHAM, theirs.id, held_role())
    with pytest.raises(AccountProblem, match="not the settings"):
        people.give(database, durham, DURHAM, AREA, theirs.id, held_role("publisher"))
    with pytest.raises(AccountProblem, match="not a role in"):
        people.give(database, durham, DURHAM, there, theirs.id, held_role("publisher"))
    people.take(database, durham, DURHAM, theirs.id, held_role("viewer", DURHAM))
    now = again(database, theirs.id)
    assert now is not None
    assert now.held == theirs.held


def test_a_new_link_ends_the_old_password_the_old_link_and_the_sessions(
    client: FlaskClient, database: Database, chief: Person
) -> None:
    whom = account(database, "kestrel", password=PASSWORD)
    session = begin_session(database, whom, "test")
    first = people.invite_again(database, chief, DARLINGTON, whom.id)
    newer = people.invite_again(database, chief, DARLINGTON, whom.id)
    assert find_person(database, session) is None
    signing_in = {"name": "kestrel", "password": PASSWORD}
    assert send(closed_client(client.application), "/staff/sign-in", signing_in).status_code == 422
    with pytest.raises(InvitationOver):
        accept(database, first, PASSWORD)
    assert accept(database, newer, "lantern under seven hedges").id == whom.id
    with pytest.raises(InvitationOver):
        accept(database, newer, PASSWORD)


def test_a_link_is_over_after_two_days_and_only_its_hash_is_kept(
    database: Database, chief: Person
) -> None:
    number, token = people.add_person(database, chief, DARLINGTON, AREA, NEW, held_role())
    with database.writing() as connection:
        assert token not in str(connection.execute(select(invitation)).all())
        ours = invitation.c.person_id == number
        made, ends = connection.execute(
            select(invitation.c.made_at, invitation.c.ends_at).where(ours)
        ).one()
        assert made[:10] < ends[:10]
        connection.execute(update(invitation).where(ours).values(ends_at=made))
    with pytest.raises(InvitationOver):
        accept(database, token, PASSWORD)


@pytest.mark.parametrize("token", ["x", "x" * 43, "..", "%00", "' OR 1=1 --"])
def test_a_link_that_never_was_one_is_a_plain_page(server: Flask, token: str) -> None:
    client = closed_client(server)
    assert client.get(f"/staff/invitation/{token}").status_code == 404
    assert send(client, f"/staff/invitation/{token}", {"password": PASSWORD}).status_code == 404


def test_the_link_of_an_ended_account_is_over(database: Database, chief: Person) -> None:
    number, token = people.add_person(database, chief, DARLINGTON, AREA, NEW, held_role())
    people.end(database, chief, DARLINGTON, number)
    with pytest.raises(InvitationOver):
        accept(database, token, PASSWORD)


def test_people_of_the_council_s_own_sign_in_get_no_link(database: Database, chief: Person) -> None:
    new = cleaned("heron@council.example", "Data officer", "Darlington", "entra")
    number, token = people.add_person(database, chief, DARLINGTON, AREA, new, held_role())
    assert token == ""
    with pytest.raises(AccountProblem, match="council account"):
        people.invite_again(database, chief, DARLINGTON, number)


def test_the_page_is_for_administrators_of_the_area_only(
    server: Flask, database: Database, chief: Person, durham: Person
) -> None:
    analyst = account(database, "analyst", held_role("analyst"))
    for who in (analyst, durham):
        client = signed(server, database, who)
        for path in (PATH, f"{PATH}/{chief.id}"):
            assert client.get(path).status_code == 403
        for path in (PATH, *(f"{PATH}/{chief.id}/{step}" for step in ("give", "take", "end"))):
            assert send(client, path, FORM).status_code == 403


def test_the_list_shows_who_may_do_what(client: FlaskClient, database: Database) -> None:
    account(database, "analyst", held_role("analyst"))
    page = client.get(PATH).text
    assert f"Analyst for {AREA.organisations[0]}" in page
    assert "No password yet" in page
    assert '<th scope="row">' in page
    assert "<caption>" in page
