"""What answers say of themselves, and what a form cannot be made to do."""

import io
import json

import pytest
from flask import Flask
from sqlalchemy import select

from dashboard.access.accounts import cleaned
from dashboard.access.sessions import begin_session
from dashboard.access.tokens import make_token
from dashboard.pages.render import figure_json
from schemas.database import Database
from schemas.people_tables import role_held
from schemas.public_tables import access_token
from schemas.round_tables import act
from tests.access.people import account, closed_client, held_role
from tests.staff.people import DARLINGTON, send

CANARY = "Zebedee-Quill-07700900123"


def test_texts_say_their_characters(server: Flask) -> None:
    client = closed_client(server)
    paths = ("/", "/staff/sign-in", "/nothing", "/robots.txt", "/healthz", "/api/v1/areas/")
    for path in (*paths, f"/partner/tables/{DARLINGTON}/x.csv"):
        kind = client.get(path).headers["Content-Type"]
        if kind.startswith("text/"):
            assert "charset=utf-8" in kind, path
        else:
            assert kind in ("application/json", "application/problem+json"), path


def test_words_in_the_data_of_a_chart_end_no_script() -> None:
    words = {"title": "</script><script>alert(1)</script><!--"}
    written = figure_json(words, {})
    assert "<" not in written
    assert json.loads(written)["wide"] == words


def test_who_is_refused_is_on_the_record_by_number(server: Flask, database: Database) -> None:
    person = account(database, "dunlin")
    client = closed_client(server)
    client.set_cookie("__Host-session", begin_session(database, person, "test"))
    assert client.get(f"/staff/{DARLINGTON}/people").status_code == 403
    with database.reading() as connection:
        refused = select(act).where(act.c.what == "refused").order_by(act.c.id.desc())
        last = connection.execute(refused).first()
    assert last is not None
    assert (last.person_id, last.area_code) == (person.id, DARLINGTON)
    assert last.subject == "look after accounts"
    assert "dunlin" not in str(tuple(last))


def test_a_token_in_an_address_opens_nothing(server: Flask, database: Database) -> None:
    token = make_token(database, account(database, "avocet"), DARLINGTON, "Report", 30)
    client = closed_client(server)
    for name in ("token", "access_token", "password", "key"):
        assert client.get(f"/partner/tables/{DARLINGTON}/?{name}={token}").status_code == 401
    opened = client.get(
        f"/partner/tables/{DARLINGTON}/", headers={"Authorization": f"Bearer {token}"}
    )
    assert opened.status_code == 404, "let in, and told that nothing has been published yet"


def test_trace_answers_nothing_and_folders_are_not_listed(server: Flask) -> None:
    client = closed_client(server)
    for path in ("/", "/staff/", "/assets/", "/health/live"):
        answer = client.open(path, method="TRACE", headers={"X-Secret": CANARY})
        assert answer.status_code in (404, 405), path
        assert CANARY not in answer.text
    for path in ("/assets/", "/assets", "/data/../", "/.git/config", "/pyproject.toml", "/var/"):
        assert client.get(path).status_code == 404, path


def test_a_field_that_a_form_does_not_have_changes_nothing(
    server: Flask, database: Database
) -> None:
    """Neither beside the fields of a form nor in its address."""
    person = account(database, "linnet")
    client = closed_client(server)
    client.set_cookie("__Host-session", begin_session(database, person, "test"))
    more = {"person_id": "1", "role": "administrator", "area_code": "E06000047", "label": "A"}
    answer = send(client, f"/staff/{DARLINGTON}/tokens?days=9999", more | {"days": "30"})
    assert answer.status_code < 400
    with database.reading() as connection:
        made = connection.execute(select(access_token).where(access_token.c.person_id == person.id))
        rows = made.all()
        roles = connection.scalars(
            select(role_held.c.role).where(role_held.c.person_id == person.id)
        ).all()
    assert [row.area_code for row in rows] == [DARLINGTON]
    assert roles == ["assurer"]


@pytest.mark.parametrize(
    "name", ["a\nb", "<script>", "x" * 101, "", "ab", "a\x00bc", "..", "a b c"]
)
def test_names_of_people_are_looked_at_whatever_is_typed(name: str) -> None:
    assert "sign_in_name" in cleaned(name, "Officer", "Council").find_faults()


def test_what_is_sent_as_a_file_is_never_sent_back_as_a_page(
    server: Flask, database: Database
) -> None:
    analyst = account(database, "heron", held_role("analyst"))
    client = closed_client(server)
    client.set_cookie("__Host-session", begin_session(database, analyst, "test"))
    page = b"<html><script>alert(1)</script></html>"
    sent = send(client, f"/staff/{DARLINGTON}/send-in", {"file": (io.BytesIO(page), "x.html")})
    shown = client.get(sent.headers.get("Location", "/staff/"))
    assert b"<script>alert" not in shown.data
    assert "script-src 'self'" in shown.headers["Content-Security-Policy"]
