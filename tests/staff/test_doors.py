"""The staff side is shut to everyone it is not for."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.engine import URL

from dashboard import create_app
from dashboard.access.sessions import begin_session
from dashboard.staff.routes import doors
from schemas.database import Database, open_database
from schemas.migrations import upgrade
from schemas.roles import Role
from tests.access.people import CLOSED, PASSWORD, account, closed_client, held_role
from tests.staff.people import DARLINGTON, DURHAM, demo_people, send, signed_in


@pytest.fixture
def server(database: Database) -> Flask:
    return create_app(database)


def test_a_stranger_is_led_to_sign_in_and_back(server: Flask) -> None:
    answer = server.test_client().get("/staff/")
    assert answer.status_code == 302
    assert answer.location == "/staff/sign-in?next=/staff/"


def test_someone_signed_in_sees_their_roles(server: Flask, database: Database) -> None:
    client = signed_in(server, database, demo_people(database)["assurer"])
    page = client.get("/staff/")
    assert page.status_code == 200
    assert "checks figures that others sent" in page.text
    assert page.headers["Cache-Control"] == "no-store"


def test_a_copied_cookie_is_worth_nothing_after_signing_out(
    server: Flask, database: Database
) -> None:
    client = signed_in(server, database, demo_people(database)["assurer"])
    stolen = client.get_cookie("session")
    assert stolen is not None
    assert send(client, "/staff/sign-out").status_code == 303
    thief = server.test_client()
    thief.set_cookie("session", stolen.value)
    assert thief.get("/staff/").status_code == 302


def test_an_address_nobody_listed_is_not_there(server: Flask, database: Database) -> None:
    client = signed_in(server, database, demo_people(database)["administrator"])
    assert client.get("/staff/nowhere").status_code == 404
    assert client.get("/staff/E99999999/").status_code == 404
    for number in (2**31, 2**63, 10**30):  # no table holds such a number
        assert client.get(f"/staff/{DARLINGTON}/people/{number}").status_code == 404


def test_a_form_without_its_token_does_nothing(server: Flask, database: Database) -> None:
    client = signed_in(server, database, demo_people(database)["assurer"])
    answer = client.post("/staff/sign-out")
    assert answer.status_code == 400
    assert "Nothing was done" in answer.text
    assert client.get("/staff/").status_code == 200


def test_a_server_that_is_no_demonstration_shows_an_area_to_its_people_only(
    database: Database,
) -> None:
    server = create_app(database, hosting=CLOSED)
    path = f"/dashboard/{DARLINGTON}/"
    stranger, partner = closed_client(server), closed_client(server)
    sent = stranger.get(f"{path}?show=all")
    assert (sent.status_code, sent.location) == (302, f"/staff/sign-in?next={path}%3Fshow%3Dall")
    viewer = account(database, "partner", held_role("viewer"))
    partner.set_cookie("__Host-session", begin_session(database, viewer, "test"))
    page = partner.get(path)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "private, no-cache"
    other = partner.get(f"/dashboard/{DURHAM}/")
    assert other.status_code == 403
    assert "You may not read what is published here" in other.text


# Everything a form can be sent to; numbers and terms that may or may not be there.
_FILLED = {"area": DARLINGTON, "term": "2025-26-summer", "token": "x" * 43}
POSTS = sorted({door.rule for door in doors() if "POST" in door.methods})


def address(rule: str) -> str:
    """An address of a rule: `<area>` and `<term>` as they are, any number 1."""

    def fill(found: re.Match[str]) -> str:
        return _FILLED.get(found[2], "1")

    return re.sub(r"<(?:(\w+):)?(\w+)>", fill, rule)


@pytest.fixture(scope="module")
def everybody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """Somebody who holds every role, so that nothing but the form's token can refuse them."""
    file = tmp_path_factory.mktemp("doors") / "doors.sqlite3"
    database = open_database(URL.create("sqlite", database=str(file)))
    upgrade(database)
    everything = [held_role(role) for role in Role]
    whom = account(database, "everything", *everything, password=PASSWORD)
    server = create_app(database)
    client = server.test_client()
    client.set_cookie("session", begin_session(database, whom, "test"))
    yield client
    assert client.get("/staff/").status_code == 200, "one of the forms did something"
    database.close()


@pytest.mark.parametrize("rule", POSTS)
def test_no_form_does_anything_without_its_token(rule: str, everybody: FlaskClient) -> None:
    for token in ({}, {"csrf_token": "x"}):
        answer = everybody.post(address(rule), data=token)
        assert answer.status_code == 400
        assert "Nothing was done" in answer.text


@pytest.mark.parametrize("rule", POSTS)
def test_no_form_is_taken_from_another_site_nor_as_json(rule: str, everybody: FlaskClient) -> None:
    path = address(rule)
    sites = (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    )
    for headers in sites:
        assert everybody.post(path, json={}, headers=headers).status_code == 403
        assert everybody.post(path, data={}, headers=headers).status_code == 403
    assert everybody.post(path, json={"csrf_token": "x"}).status_code == 400
    plain = everybody.post(path, data="{}", content_type="text/plain")
    assert plain.status_code == 400


@pytest.mark.parametrize("rule", POSTS)
def test_a_stranger_s_form_is_not_even_read(rule: str, everybody: FlaskClient) -> None:
    stranger = everybody.application.test_client()
    answer = stranger.post(address(rule), data={"a": "b"})
    free = {door.rule for door in doors() if not door.signed_in}
    assert answer.status_code == (400 if rule in free else 302)


def test_a_method_nobody_listed_is_refused(server: Flask, database: Database) -> None:
    client = signed_in(server, database, demo_people(database)["administrator"])
    for method in ("PUT", "PATCH", "DELETE"):
        answer = client.open(f"/staff/{DARLINGTON}/people", method=method)
        assert answer.status_code == 405
    assert client.get("/staff/sign-out").status_code == 404


def test_an_address_of_an_area_may_lack_its_last_stroke(server: Flask, database: Database) -> None:
    client = signed_in(server, database, demo_people(database)["assurer"])
    answer = client.get(f"/staff/{DARLINGTON}")
    assert (answer.status_code, answer.location.endswith(f"/staff/{DARLINGTON}/")) == (308, True)
