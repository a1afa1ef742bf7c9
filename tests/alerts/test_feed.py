"""The feed says what the page says, to whoever brings a token of a person who chose it."""

import base64
import datetime as dt
from dataclasses import replace
from html import unescape
from xml.etree.ElementTree import Element

import pytest
from bs4 import BeautifulSoup
from defusedxml.ElementTree import fromstring
from flask.testing import FlaskClient

from dashboard import create_app
from dashboard.access.person import Person
from dashboard.access.tokens import end_token, list_tokens, make_token
from dashboard.alerts.feed import build_feed
from dashboard.alerts.making import make_digests
from dashboard.alerts.told import Entry, list_told
from dashboard.hosting import demonstration
from dashboard.releases.withdrawals import withdraw
from schemas.database import Database
from schemas.people_tables import role_held
from tests.alerts.ground import (
    AREA,
    PLACES,
    SETTINGS,
    SITE,
    add_reader,
    ask,
    correct,
    publish_first,
)
from tests.staff.people import DARLINGTON, DURHAM

PATH = f"/partner/feed/{DARLINGTON}.atom"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def reader(database: Database) -> Person:
    found = add_reader(database, "reader")
    ask(database, found, f"measure:{PLACES}", by_mail=False)
    return found


@pytest.fixture
def people(database: Database, reader: Person) -> dict[str, Person]:
    """A release is out, and was corrected."""
    people, _ = publish_first(database)
    correct(database, dict(people), 5, what="A school was <b>counted</b> & twice.")
    make_digests(database, SETTINGS, AREA)
    return dict(people)


@pytest.fixture
def token(database: Database, reader: Person) -> str:
    return make_token(database, reader, DARLINGTON, "Reader", 30)


@pytest.fixture
def client(database: Database) -> FlaskClient:
    return create_app(database, SETTINGS, demonstration()).test_client()


def basic(token: str, name: str = "") -> dict[str, str]:
    given = base64.b64encode(f"{name}:{token}".encode()).decode()
    return {"Authorization": f"Basic {given}"}


def text(node: Element, name: str) -> str:
    found = node.find(f"{ATOM}{name}")
    assert found is not None, name
    assert found.text, name
    return found.text


def test_the_feed_is_what_the_standard_asks_for(
    client: FlaskClient, people: dict[str, Person], token: str
) -> None:
    answer = client.get(PATH, headers=basic(token))
    assert answer.status_code == 200
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    feed = fromstring(answer.data)
    assert feed.tag == f"{ATOM}feed"
    assert text(feed, "id").startswith("tag:localhost,2026-01-01:")
    assert text(feed, "rights").startswith("For the partnership")
    author = feed.find(f"{ATOM}author")
    assert author is not None
    assert text(author, "name") == AREA.partnership
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 1
    names = [text(one, "id") for one in (feed, *entries)]
    assert len(set(names)) == len(names)
    for one in (feed, *entries):
        assert dt.datetime.fromisoformat(text(one, "updated")).tzinfo
        assert text(one, "title")
    assert text(feed, "updated") == max(text(one, "updated") for one in entries)
    for link in feed.iter(f"{ATOM}link"):
        assert link.attrib["href"].startswith("http://localhost/")


def test_it_says_what_the_page_says_with_nothing_taken_for_markup(
    client: FlaskClient, database: Database, people: dict[str, Person], reader: Person, token: str
) -> None:
    [told] = list_told(database, reader, DARLINGTON)
    feed = fromstring(client.get(PATH, headers=basic(token)).data)
    content = text(feed.findall(f"{ATOM}entry")[0], "content")
    html = BeautifulSoup(content, "html.parser")
    read = html.get_text(" ", strip=True)
    for entry in told.entries:
        for words in (entry.title, *entry.said[0], entry.figure, entry.chart, told.looked):
            assert words in unescape(read)
    assert "A school was <b>counted</b> & twice." in read
    assert html.find("b") is None
    assert "7,924" in read


def test_only_a_token_opens_it(
    client: FlaskClient, database: Database, people: dict[str, Person], reader: Person, token: str
) -> None:
    assert client.get(PATH).status_code == 401
    assert client.get(PATH, headers=basic("send_no_such")).status_code == 401
    assert client.get(PATH, headers=basic(token, "somebody.else")).status_code == 401
    assert client.get(PATH, headers=basic(token, reader.sign_in_name)).status_code == 200
    elsewhere = PATH.replace(DARLINGTON, DURHAM)
    assert client.get(elsewhere, headers=basic(token)).status_code == 401
    assert client.post(PATH, headers=basic(token)).status_code in (400, 405)
    [held] = list_tokens(database, reader, DARLINGTON)
    end_token(database, reader, DARLINGTON, held.id)
    assert client.get(PATH, headers=basic(token)).status_code == 401


def test_whoever_lost_their_role_reads_nothing_more(
    client: FlaskClient, database: Database, people: dict[str, Person], reader: Person, token: str
) -> None:
    with database.writing() as connection:
        mine = role_held.c.person_id == reader.id
        connection.execute(role_held.update().where(mine).values(ended_at="x"))
    answer = client.get(PATH, headers=basic(token))
    assert answer.status_code == 403
    assert b"7,924" not in answer.data


def test_each_token_opens_what_its_holder_chose(
    client: FlaskClient, database: Database, people: dict[str, Person], token: str
) -> None:
    other = add_reader(database, "other")
    empty = make_token(database, other, DARLINGTON, "Reader", 30)
    feed = fromstring(client.get(PATH, headers=basic(empty)).data)
    assert feed.findall(f"{ATOM}entry") == []
    assert text(feed, "updated").startswith("2000-01-01")
    ask(database, other, by_mail=False)
    feed = fromstring(client.get(PATH, headers=basic(empty)).data)
    assert len(feed.findall(f"{ATOM}entry")) == 2


def test_a_reader_that_has_it_already_is_told_so(
    client: FlaskClient, people: dict[str, Person], token: str
) -> None:
    first = client.get(PATH, headers=basic(token))
    assert first.headers["Cache-Control"] == "private, no-store"
    assert first.headers["X-Sharing"] == "not for sharing"
    assert client.get(PATH, headers=basic(token)).data == first.data
    known = {"If-None-Match": first.headers["ETag"]}
    again = client.get(PATH, headers=basic(token) | known)
    assert (again.status_code, again.data) == (304, b"")
    assert client.get(PATH, headers=known).status_code == 401


def test_an_entry_that_is_withdrawn_keeps_its_name_and_says_so(
    client: FlaskClient, database: Database, people: dict[str, Person], reader: Person, token: str
) -> None:
    before = fromstring(client.get(PATH, headers=basic(token)).data).find(f"{ATOM}entry")
    [told] = list_told(database, reader, DARLINGTON)
    words = ("Schools were counted twice.", "Two lists.", "Do not use it.")
    withdraw(database, people["approver"], DARLINGTON, told.digest.version_id, *words)
    answer = client.get(PATH, headers=basic(token))
    after = fromstring(answer.data).find(f"{ATOM}entry")
    assert before is not None
    assert after is not None
    assert text(after, "id") == text(before, "id")
    assert text(after, "title").startswith("Withdrawn: ")
    assert text(after, "updated") >= text(before, "updated")
    assert "were withdrawn on" in text(after, "content")
    assert b"7,924" not in answer.data


def test_names_are_of_the_host_the_server_is_known_by(
    database: Database, people: dict[str, Person], reader: Person
) -> None:
    told = list_told(database, reader, DARLINGTON)
    one = fromstring(build_feed(AREA, told, SITE, "send.example.gov.uk"))
    entry = one.find(f"{ATOM}entry")
    assert entry is not None
    made_on = told[0].kept.made_at[:10]
    name = f"tag:send.example.gov.uk,{made_on}:alerts/{DARLINGTON}/{told[0].kept.id}"
    assert text(entry, "id") == name


def test_whatever_stands_in_a_title_is_escaped(
    database: Database, people: dict[str, Person], reader: Person
) -> None:
    [told] = list_told(database, reader, DARLINGTON)
    bad = Entry('"><script>alert(1)</script>', '/"onclick="x', (("A & B", "1 < 2"),))
    feed = fromstring(build_feed(AREA, [replace(told, entries=(bad,))], SITE, "h"))
    html = BeautifulSoup(text(feed.findall(f"{ATOM}entry")[0], "content"), "html.parser")
    assert html.find("script") is None
    assert [link.attrs for link in html.find_all("a")] == [{"href": f'{SITE}/"onclick="x'}]
    assert "1 < 2" in html.get_text()
