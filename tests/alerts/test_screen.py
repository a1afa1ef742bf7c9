"""The page on which people choose what to be told of, and read what there was to tell."""

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from dashboard import create_app
from dashboard.access.person import Person
from dashboard.alerts.choices import list_choices
from dashboard.hosting import Hosting, Mail
from dashboard.releases.withdrawals import withdraw
from dashboard.words.acts import act_sentence
from schemas.database import Database
from schemas.round_tables import act
from tests.alerts.ground import (
    PLACES,
    SETTINGS,
    add_reader,
    ask,
    correct,
    mail_to,
    publish_first,
    tell,
)
from tests.staff.people import DARLINGTON, send, signed_in
from tests.staff.smtp_server import Post

SCREEN = f"/staff/{DARLINGTON}/alerts"


@pytest.fixture
def reader(database: Database) -> Person:
    return add_reader(database, "reader")


def server_with(database: Database, mail: Mail | None = None) -> Flask:
    return create_app(
        database, SETTINGS, Hosting(True, "k7Qe-long-enough-for-a-test-of-the-screen", mail=mail)
    )


@pytest.fixture
def client(database: Database, reader: Person, post: Post) -> FlaskClient:
    return signed_in(server_with(database, mail_to(post)), database, reader)


def page_of(client: FlaskClient) -> BeautifulSoup:
    answer = client.get(SCREEN)
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html.parser")


def words(page: BeautifulSoup) -> str:
    return " ".join(page.get_text(" ").split())


def test_a_choice_is_made_and_ended_on_screen(
    client: FlaskClient, database: Database, reader: Person
) -> None:
    assert "Nothing, so you are told nothing." in words(page_of(client))
    made = send(client, SCREEN, {"what": f"measure:{PLACES}", "way": "mail"})
    assert made.status_code == 303
    title = SETTINGS.measures[PLACES].short_title
    page = words(page_of(client))
    assert f"The measure “{title}”" in page
    assert "By e-mail, on this page and in the feed." in page
    [one] = list_choices(database, reader, DARLINGTON)
    assert send(client, f"{SCREEN}/{one.id}/end").status_code == 303
    assert list_choices(database, reader, DARLINGTON) == []
    assert send(client, f"{SCREEN}/{one.id}/end").status_code == 422


@pytest.mark.parametrize("what", ["", "measure:x", "theme:health_waits", "everything:x"])
def test_what_is_not_in_the_list_is_refused_with_a_reason(client: FlaskClient, what: str) -> None:
    answer = send(client, SCREEN, {"what": what, "way": "screen"})
    assert answer.status_code == 422
    page = BeautifulSoup(answer.text, "html.parser")
    problem = page.select_one(".problems a")
    assert problem
    assert problem.get_text() == "Choose everything, a theme or a measure from the list."
    assert page.select_one(str(problem["href"]))


def test_without_a_mail_server_nobody_is_offered_e_mail(database: Database, reader: Person) -> None:
    client = signed_in(server_with(database), database, reader)
    page = page_of(client)
    assert page.select("#way option") == []
    assert "No mail server is set up" in words(page)
    answer = send(client, SCREEN, {"what": "everything", "way": "mail"})
    assert answer.status_code == 422
    assert "No mail server is set up" in answer.text
    assert send(client, SCREEN, {"what": "everything"}).status_code == 303


def test_nobody_sees_or_ends_what_others_chose(
    client: FlaskClient, database: Database, reader: Person
) -> None:
    other = add_reader(database, "other")
    ask(database, other)
    [theirs] = list_choices(database, other, DARLINGTON)
    assert "Nothing, so you are told nothing." in words(page_of(client))
    assert send(client, f"{SCREEN}/{theirs.id}/end").status_code == 422
    assert list_choices(database, other, DARLINGTON) == [theirs]


def test_what_there_was_to_tell_stands_there_with_its_figures(
    client: FlaskClient, database: Database, reader: Person, post: Post
) -> None:
    ask(database, reader)
    people, _ = publish_first(database)
    correct(database, dict(people), 5, what="<i>One</i> school was counted twice.")
    tell(database, post)
    page = page_of(client)
    text = words(page)
    assert "The figures of the autumn term 2025/26 were corrected" in text
    assert "The headline was 7,914 and is 7,924 now." in text
    assert "<i>One</i> school was counted twice." in text
    assert "Sent to you by e-mail on" in text
    assert "For the partnership: small numbers are not hidden." in text
    assert text.index("were corrected") < text.index("were published")


def test_what_was_withdrawn_is_not_shown_any_more(
    client: FlaskClient, database: Database, reader: Person, post: Post
) -> None:
    ask(database, reader)
    people, _ = publish_first(database)
    version = correct(database, dict(people), 5)
    tell(database, post)
    told = ("Schools were counted twice.", "Two lists.", "Do not use it.")
    withdraw(database, people["approver"], DARLINGTON, version.id, *told)
    text = words(page_of(client))
    assert "Withdrawn: the figures of the autumn term 2025/26 were corrected" in text
    assert "7,924" not in text
    assert "7,914" not in text


def test_an_e_mail_that_failed_is_said(
    client: FlaskClient, database: Database, reader: Person, post: Post
) -> None:
    ask(database, reader)
    publish_first(database)
    post.refuse = ("reader@example.gov.uk",)
    tell(database, post)
    assert "could not be sent. It is tried again on another day." in words(page_of(client))


def test_the_home_page_leads_there(client: FlaskClient) -> None:
    home = BeautifulSoup(client.get("/staff/").text, "html.parser")
    assert home.select_one(f'a[href="{SCREEN}"]')


def test_choosing_is_told_in_words_on_the_record(client: FlaskClient, database: Database) -> None:
    send(client, SCREEN, {"what": "everything", "way": "screen"})
    with database.reading() as connection:
        found = connection.execute(select(act).where(act.c.what == "asked to be told")).one()
    assert found.subject == "everything"
    said = act_sentence(found.what, "Ann", found.subject)
    assert said == "Ann asked to be told of everything."
