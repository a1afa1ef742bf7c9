"""Signing in through a provider that is not what it should be, signing out, and the way to the
database."""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface

from dashboard import create_app
from dashboard.access.sessions import begin_session
from dashboard.hosting import HostingProblem, read_hosting
from schemas.database import Database
from tests.access.people import CLOSED, PASSWORD, SECRET, account, closed_client
from tests.access.provider import running_provider
from tests.staff.people import DARLINGTON, send

GOOD = {"SEND_SECRET_KEY": SECRET, "SEND_HOSTS": "send.council.example"}


def test_signing_out_clears_what_the_browser_kept(server: Flask, database: Database) -> None:
    client = closed_client(server)
    client.set_cookie("__Host-session", begin_session(database, account(database, "wren"), "test"))
    answer = send(client, "/staff/sign-out")
    assert answer.headers["Clear-Site-Data"] == '"cache"'


def test_every_page_of_somebody_signed_in_offers_to_sign_out(
    server: Flask, database: Database
) -> None:
    client = closed_client(server)
    client.set_cookie("__Host-session", begin_session(database, account(database, "swift"), "test"))
    for path in ("/staff/", f"/staff/{DARLINGTON}/", f"/staff/{DARLINGTON}/record"):
        page = client.get(path)
        assert page.status_code == 200
        assert 'action="/staff/sign-out"' in page.text


def test_a_provider_that_says_it_is_another_is_not_believed(database: Database) -> None:
    with running_provider() as provider:
        metadata = {"issuer": "https://login.example/v2.0", "authorization_endpoint": "https://x"}
        provider.answers["openid-configuration"] = (200, json.dumps(metadata).encode())
        server = create_app(database, hosting=replace(CLOSED, open_id=provider.open_id))
        client = closed_client(server)
        answer = client.get("/staff/sign-in/council")
        assert answer.status_code == 503
        assert "Location" not in answer.headers


def test_the_cookie_of_forms_has_every_attribute(server: Flask) -> None:
    answer = closed_client(server).get("/staff/sign-in")
    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-form=")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie.split("; ")
    assert "Domain" not in cookie


def test_what_is_typed_as_a_password_is_masked_and_may_be_pasted(
    server: Flask, database: Database
) -> None:
    someone = account(database, "plover", password=PASSWORD)
    client = closed_client(server)
    client.set_cookie("__Host-session", begin_session(database, someone, "test"))
    for path, fields in (("/staff/sign-in", 1), ("/staff/password", 2)):
        page = client.get(path).text
        asked = re.findall(r"<input[^>]*password[^>]*>", page)
        assert len(asked) == fields
        assert all('type="password"' in one for one in asked)
        assert not any("readonly" in one for one in asked)
        assert not re.search(r"onpaste|oncopy|<script", page)


def test_no_two_sessions_are_the_same_and_each_is_long(server: Flask, database: Database) -> None:
    someone = account(database, "curlew")
    tokens = {begin_session(database, someone, "test") for _ in range(20)}
    assert len(tokens) == 20
    assert all(len(one) >= 43 for one in tokens), "256 bits as letters and digits"


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_no_other_site_begins_a_session_for_somebody(database: Database, site: str) -> None:
    with running_provider() as provider:
        server = create_app(database, hosting=replace(CLOSED, open_id=provider.open_id))
        client = closed_client(server)
        answer = client.get(
            "/staff/sign-in/council?next=/staff/password", headers={"Sec-Fetch-Site": site}
        )
        assert answer.location == "/staff/sign-in?next=/staff/password"
        assert not provider.asked
        pressed = {"Sec-Fetch-Site": "same-origin"}
        there = client.get("/staff/sign-in/council", headers=pressed).location
        assert there.startswith(provider.address)


def test_nothing_that_the_provider_gave_is_in_the_browser(database: Database) -> None:
    account(database, "kestrel@council.example", kind="entra")
    with running_provider() as provider:
        server = create_app(database, hosting=replace(CLOSED, open_id=provider.open_id))
        client = closed_client(server)
        there = client.get("/staff/sign-in/council").location
        answer = client.get("/staff/sign-in/council/back", query_string=provider.allow(there))
    assert answer.status_code == 303
    form, session = (client.get_cookie(name) for name in ("__Host-form", "__Host-session"))
    assert session is not None
    assert len(session.value) == 43
    assert "." not in session.value, "no token that says something by itself"
    reader = SecureCookieSessionInterface().get_signing_serializer(server)
    assert reader is not None
    held = reader.loads(form.value) if form and form.value else {}
    assert set(held) <= {"csrf_token", "_flashes", "next"}


def test_a_provider_that_leads_elsewhere_is_not_followed(database: Database) -> None:
    with running_provider() as real, leading_to(real.address) as elsewhere:
        open_id = replace(real.open_id, authority=elsewhere)
        server = create_app(database, hosting=replace(CLOSED, open_id=open_id))
        assert closed_client(server).get("/staff/sign-in/council").status_code == 503
        assert not real.asked


@contextmanager
def leading_to(address: str) -> Iterator[str]:
    """A server that sends everybody on to the same place of another."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the library's name
            self.send_response(302)
            self.send_header("Location", f"{address}{self.path}")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    "address",
    [
        "",
        "postgresql:///send?host=/var/run/postgresql",
        "postgresql://send@localhost/send",
        "postgresql://send:Zm9vYmFy@127.0.0.1:5432/send",
        "postgres://send:Zm9vYmFy@db.council.example/send?sslmode=verify-full",
        "sqlite:////var/lib/send/send.sqlite3",
    ],
)
def test_a_private_way_to_the_database_is_taken(address: str) -> None:
    assert not read_hosting(GOOD | {"DATABASE_URL": address}).demo


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://send:Zm9vYmFy@db.council.example/send",
        "postgresql://send:Zm9vYmFy@db.council.example/send?sslmode=prefer",
        "postgresql://send:Zm9vYmFy@db.council.example/send?sslmode=require",
        "postgresql:///send?host=db.council.example",
        "postgresql://send:Zm9vYmFy@/send?host=/run,db.council.example",
    ],
)
def test_an_open_way_to_a_database_elsewhere_stops_the_start(address: str) -> None:
    with pytest.raises(HostingProblem, match="DATABASE_URL names another machine") as told:
        read_hosting(GOOD | {"DATABASE_URL": address})
    assert "Zm9vYmFy" not in str(told.value)
    read_hosting(GOOD | {"DATABASE_URL": address.split("?")[0], "PGSSLMODE": "verify-full"})
