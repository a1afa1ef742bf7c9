"""A server starts only when it can be safe, and answers only to its own names."""

import itertools
import socket
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from dash import Dash
from flask import request

from dashboard import create_app
from dashboard.cli import main
from dashboard.hosting import Hosting, HostingProblem, demonstration, read_hosting
from schemas.database import Database
from tests.access.people import CLOSED, HTTPS, SECRET, account, closed_client
from tests.staff.people import DARLINGTON, demo_people

GOOD = {"SEND_SECRET_KEY": SECRET, "SEND_HOSTS": "send.council.example"}
TENANT = "01234567-89AB-cdef-0123-456789abcdef"
ENTRA = {"SEND_ENTRA_TENANT": TENANT, "SEND_ENTRA_CLIENT": "client", "SEND_ENTRA_SECRET": "s"}


@pytest.mark.parametrize(
    "key", ["", "short", "x" * 40, "changeme" * 6, "secret" + "abcdefghijklmnopqrstuvwxyz01"]
)
def test_a_weak_secret_stops_the_start(key: str) -> None:
    with pytest.raises(HostingProblem, match="SEND_SECRET_KEY"):
        read_hosting(GOOD | {"SEND_SECRET_KEY": key})


@pytest.mark.parametrize("hosts", ["", " , ", "*", "https://send.example", "send.example:443"])
def test_names_that_are_none_stop_the_start(hosts: str) -> None:
    with pytest.raises(HostingProblem, match="SEND_HOSTS"):
        read_hosting(GOOD | {"SEND_HOSTS": hosts})


@pytest.mark.parametrize("tenant", ["common", "organizations", "consumers", "council.example"])
def test_only_one_tenant_by_its_id_can_sign_people_in(tenant: str) -> None:
    with pytest.raises(HostingProblem, match="SEND_ENTRA_TENANT"):
        read_hosting(GOOD | ENTRA | {"SEND_ENTRA_TENANT": tenant})


def test_every_fault_is_named_at_once() -> None:
    wrong = {"SEND_PROXIES": "one", "SEND_ENTRA_TENANT": "common", "SEND_SMTP_HOST": "mail"}
    with pytest.raises(HostingProblem) as told:
        read_hosting(wrong)
    said = str(told.value)
    for name in ("SECRET_KEY", "HOSTS", "PROXIES", "ENTRA_TENANT", "ENTRA_CLIENT", "SMTP_FROM"):
        assert f"SEND_{name}" in said


def test_a_good_environment_is_read_whole_and_its_secrets_are_not_printed() -> None:
    hosting = read_hosting(GOOD | ENTRA | {"SEND_PROXIES": "2"})
    assert not hosting.demo
    assert hosting.proxies == 2
    assert hosting.open_id is not None
    assert hosting.open_id.tenant_id == TENANT.casefold()
    assert hosting.open_id.metadata_url == (
        f"https://login.microsoftonline.com/{TENANT.casefold()}/v2.0/"
        ".well-known/openid-configuration"
    )
    assert SECRET not in repr(hosting)


def test_each_demonstration_has_a_key_of_its_own() -> None:
    assert demonstration().secret_key != demonstration().secret_key
    assert read_hosting({"SEND_DEMO": "1"}).demo


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty folder and environment; a port that is free."""
    for name in ("DATABASE_URL", "SEND_VAR", "SEND_DEMO", *GOOD, *ENTRA):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def test_serve_says_what_is_missing_and_does_not_start(
    empty: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", "--port", empty]) == 1
    said = capsys.readouterr().err
    assert "The server was not started." in said
    assert "SEND_SECRET_KEY" in said
    assert "SEND_HOSTS" in said


def test_serve_does_not_start_with_accounts_of_a_demonstration(
    empty: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["demo", "--load-only"]) == 0
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)
    assert main(["serve", "--port", empty]) == 1
    said = capsys.readouterr().err
    command = said.partition("send-dashboard ")[2].split()
    assert command[:3] == ["people", "end", "demo-partner"]
    assert main(command) == 0
    with pytest.raises(SystemExit, match="it started"):
        start(monkeypatch, empty)


def start(monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    """`serve` up to the moment at which it would wait for requests for ever."""

    def stop(*_: object, **__: object) -> None:
        raise SystemExit("it started")

    monkeypatch.setattr("waitress.serve", stop)
    main(["serve", "--port", port])


def test_a_server_over_a_database_of_a_demonstration_is_not_made(database: Database) -> None:
    demo_people(database)
    with pytest.raises(HostingProblem, match="send-dashboard people end demo-partner"):
        create_app(database, hosting=CLOSED)


def test_an_unknown_host_is_not_answered(database: Database) -> None:
    client = create_app(database, hosting=CLOSED).test_client()
    for host in ("evil.example", "localhost.evil.example", "", "a b", "[::1"):
        for path in ("/", "/staff/", "/staff/sign-in", "/dashboard/", "/nowhere"):
            for method in ("GET", "POST"):
                answer = client.open(path, method=method, base_url=HTTPS, headers={"Host": host})
                assert answer.status_code == 400, (host, path, method)
                assert "evil" not in answer.text
                assert "Content-Security-Policy" in answer.headers


def seen_address(hosting: Hosting, database: Database, forwarded: str) -> str | None:
    server = create_app(database, hosting=hosting)
    server.add_url_rule("/healthz/who", "who", lambda: request.remote_addr or "")
    headers = {"X-Forwarded-For": forwarded, "X-Forwarded-Proto": "https"}
    return server.test_client().get("/healthz/who", base_url=HTTPS, headers=headers).text


def test_exactly_as_many_proxies_are_believed_as_there_are(database: Database) -> None:
    said = "203.0.113.9, 198.51.100.2, 192.0.2.3"
    assert seen_address(CLOSED, database, said) == "127.0.0.1"
    assert seen_address(replace(CLOSED, proxies=1), database, said) == "192.0.2.3"
    assert seen_address(replace(CLOSED, proxies=2), database, said) == "198.51.100.2"


PATHS = [
    "/",
    "/healthz",
    "/nowhere",
    "/staff/",
    "/staff/nowhere",
    "/staff/sign-in",
    f"/dashboard/{DARLINGTON}/",
]


def test_every_answer_of_a_closed_server_has_its_headers(database: Database) -> None:
    client = closed_client(create_app(database, hosting=CLOSED))
    for path, method in itertools.product(PATHS, ("GET", "POST", "PUT")):
        headers = client.open(path, method=method).headers
        assert headers["Strict-Transport-Security"].startswith("max-age=31536000")
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        if path.startswith("/staff"):
            assert headers["Cache-Control"] == "no-store"


def test_a_fault_of_ours_has_the_headers_and_tells_nothing(database: Database) -> None:
    server = create_app(database, hosting=CLOSED)

    def fail() -> str:
        raise RuntimeError("the inside")

    server.add_url_rule("/healthz/fails", "fails", fail)
    answer = closed_client(server).get("/healthz/fails")
    assert answer.status_code == 500
    assert "the inside" not in answer.text
    assert "Strict-Transport-Security" in answer.headers
    assert "Content-Security-Policy" in answer.headers


def test_a_demonstration_asks_no_browser_for_https(database: Database) -> None:
    answer = create_app(database).test_client().get("/staff/sign-in")
    assert "Strict-Transport-Security" not in answer.headers


def test_dash_offers_no_tool_server_and_no_sockets(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even when Dash's own environment asks for it."""
    monkeypatch.setenv("DASH_MCP_ENABLED", "true")
    made: list[Dash] = []
    init: Any = Dash.__init__

    def watch(self: Dash, *args: Any, **named: Any) -> None:
        init(self, *args, **named)
        made.append(self)

    monkeypatch.setattr(Dash, "__init__", watch)
    server = create_app(database, hosting=CLOSED)
    [app] = made
    settings: Any = app
    assert settings._enable_mcp is False
    assert not settings._websocket_callbacks
    assert not [rule.rule for rule in server.url_map.iter_rules() if "mcp" in rule.rule.lower()]


def test_what_is_signed_with_an_old_key_is_worth_nothing(database: Database) -> None:
    account(database, "kestrel")
    client = closed_client(create_app(database, hosting=CLOSED))
    client.get("/staff/sign-in")
    cookie = client.get_cookie("__Host-form")
    assert cookie is not None
    newer = replace(CLOSED, secret_key=SECRET[::-1])
    other = closed_client(create_app(database, hosting=newer))
    other.set_cookie("__Host-form", cookie.value)
    token = client.get("/staff/sign-in").text.split('csrf_token" value="')[1].split('"')[0]
    assert other.post("/staff/sign-in", data={"csrf_token": token}).status_code == 400
