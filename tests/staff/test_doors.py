"""The staff side is shut to everyone it is not for."""

import pytest
from flask import Flask

from dashboard import create_app
from dashboard.hosting import Hosting
from schemas.database import Database
from tests.staff.people import DARLINGTON, demo_people, send, signed_in

CLOSED = Hosting(
    secret_key="k7Qe-long-and-random-enough-for-a-test-0123", trusted_hosts=("localhost",)
)


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
    people = demo_people(database)
    path = f"/dashboard/{DARLINGTON}/"
    assert server.test_client().get(path, base_url="https://localhost").status_code == 302
    partner = signed_in(server, database, people["partner"])
    page = partner.get(path, base_url="https://localhost")
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "private, no-cache"
    other = partner.get("/dashboard/E06000047/", base_url="https://localhost")
    assert other.status_code == 403
    assert "You may not read what is published here" in other.text
