"""A log line says what was done and by whom, and can hold nothing that somebody typed."""

import io
import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError

from dashboard import create_app
from dashboard.access.sessions import begin_session
from dashboard.record import add_act
from dashboard.settings import Settings
from dashboard.watching.logs import LineFormatter, describe_fault, write_lines
from dashboard.watching.requests import known_parts, plain_path
from schemas.database import Database, open_database
from schemas.migrations import upgrade
from tests.access.people import CLOSED, account, held_role
from tests.staff.people import DARLINGTON, send
from tests.watching.clients import whole_client
from tests.watching.server import running

CANARY = "Zebedee-Quill-07700900123"


@pytest.fixture
def written(capsys: pytest.CaptureFixture[str]) -> Iterator[Any]:
    """Reads the lines that were written since it was asked last."""
    root = logging.getLogger()
    before = [*root.handlers]
    write_lines()

    def lines() -> list[dict[str, Any]]:
        said = capsys.readouterr().err
        assert CANARY not in said
        return [json.loads(one) for one in said.splitlines()]

    yield lines
    for handler in [one for one in root.handlers if one not in before]:
        root.removeHandler(handler)


@pytest.fixture
def server(database: Database) -> Flask:
    return create_app(database, hosting=CLOSED)


def test_a_request_is_one_line_with_who_where_and_how_long(
    server: Flask, database: Database, written: Any
) -> None:
    who = account(database)
    client = whole_client(server)
    client.set_cookie("__Host-session", begin_session(database, who, "test"))
    written()
    answer = client.get(f"/staff/{DARLINGTON}/record?person={CANARY}")
    (line,) = [one for one in written() if one["event"] == "request"]
    assert line["request"] == answer.headers["X-Request-Id"]
    assert line["person"] == who.id
    assert line["method"] == "GET"
    assert line["path"] == f"/staff/{DARLINGTON}/record"
    assert line["endpoint"] == "staff.record.record"
    assert line["status"] == answer.status_code
    assert line["bytes"] == len(answer.data)
    assert 0 <= line["ms"] < 60_000
    assert line.keys() == {
        *("time", "level", "event", "request", "person", "method", "path"),
        *("endpoint", "status", "ms", "bytes"),
    }


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("/staff/E06000005/record", True),
        ("/dashboard/E06000005/measure/ehcp_20w_excl.csv", True),
        ("/data/darlington/2025-26-summer-v1.0/", True),
        ("/staff/E06000005/people/12/give", True),
        ("/staff/E06000005/people/4857773456", False),
        (f"/dashboard/{CANARY}", False),
        ("/dashboard/jane.smith", False),
        ("/staff/invitation/Vq0cYk3n-secret-of-a-link", False),
        ("/staff/early/0123456789abcdef/", False),
        ("/data/darlington/jane.csv", False),
        ("/data/\u00e9lo\u00efse", False),
    ],
)
def test_a_path_shows_only_what_the_program_knows(server: Flask, given: str, kept: bool) -> None:
    shown = plain_path(given, known_parts(server, Settings()))
    assert (shown == given) is kept
    assert kept or "…" in shown


def test_a_canary_is_in_no_line(server: Flask, database: Database, written: Any) -> None:
    def fail() -> str:
        try:
            with database.reading() as connection:
                connection.execute(text("SELECT :given FROM nowhere"), {"given": CANARY})
        except SQLAlchemyError as error:
            raise ValueError(CANARY) from error
        return ""

    server.add_url_rule("/fails/<path:rest>", "fails", lambda rest: fail())
    who = account(database, "kestrel", held_role("analyst"))
    client = whole_client(server)
    client.set_cookie("__Host-session", begin_session(database, who, "test"))
    client.get(f"/fails/{CANARY}?q={CANARY}", headers={"User-Agent": CANARY, "Referer": CANARY})
    client.get(f"/dashboard/{DARLINGTON}/?show={CANARY}", headers={"X-Request-Id": CANARY})
    client.open(f"/{CANARY}", method="GET")
    client.open("/", method=CANARY)
    client.get("/", headers={"Authorization": f"Bearer {CANARY}", "Cookie": f"a={CANARY}"})
    client.get("/", headers={"Host": f"{CANARY}.example"})
    client.get(f"/partner/tables/{CANARY}/", headers={"Authorization": f"Bearer {CANARY}"})
    send(client, "/staff/sign-in", {"name": CANARY, "password": CANARY})
    file = (io.BytesIO(CANARY.encode()), f"{CANARY}.xlsx")
    sent = send(client, f"/staff/{DARLINGTON}/send-in", {"file": file})
    assert sent.status_code == 303
    lines = written()
    assert {"request", "act", "program"} <= {one["event"] for one in lines}
    (failed,) = [one for one in lines if "fault" in one]
    assert failed["fault"]["kinds"][0] == "builtins.ValueError"
    assert any("tests/watching/test_logs.py" in one for one in failed["fault"]["at"])
    (act,) = [one for one in lines if one["event"] == "act" and one["act"] == "sent in"]
    assert (act["person"], act["area"]) == (who.id, DARLINGTON)
    posted = [one for one in lines if one.get("method") == "POST" and one["status"] == 303]
    assert act["request"] in {one["request"] for one in posted}


def test_what_other_libraries_say_is_not_repeated() -> None:
    for name in ("waitress", "dashboard", "authlib.x"):
        line = _formatted(name, f"Client {CANARY} gone: %s", CANARY)
        assert CANARY not in line
        assert json.loads(line)["place"]


def test_our_own_texts_are_said_without_their_values() -> None:
    line = json.loads(_formatted("dashboard.releases.due", "%s: %s", CANARY, 12))
    assert line["said"] == "%s: %s"


def _formatted(name: str, said: str, *values: object) -> str:
    record = logging.LogRecord(name, logging.INFO, "/x/y/z.py", 3, said, values, None)
    return LineFormatter().format(record)


def test_a_fault_is_told_by_kind_and_line() -> None:
    try:
        int(CANARY)
    except ValueError as error:
        told = describe_fault(error)
    assert told["kinds"] == ["builtins.ValueError"]
    assert CANARY not in json.dumps(told)
    assert told["at"][-1].startswith("tests/watching/test_logs.py:")


def test_a_line_is_a_line(server: Flask, written: Any) -> None:
    """Nobody can forge one by a line's end in an address."""
    whole_client(server).get("/x%0a{%22event%22:%22act%22}")
    (line,) = written()
    assert line["path"] == "/…"


@pytest.mark.parametrize("proxies", [0, 1])
def test_only_a_plain_number_of_a_proxy_is_taken_on(
    database: Database, written: Any, proxies: int
) -> None:
    client = whole_client(create_app(database, hosting=replace(CLOSED, proxies=proxies)))
    good = "0123456789abcdef0123456789abcdef"
    answers = {
        given: client.get("/health/live", headers={"X-Request-Id": given}).headers["X-Request-Id"]
        for given in (good, good.upper(), "4857773456", CANARY, good * 2, "")
    }
    assert (answers.pop(good) == good) is (proxies == 1)
    assert all(len(got) == 32 and got != given for given, got in answers.items())
    written()


def test_an_act_that_is_taken_back_is_not_told(
    server: Flask, database: Database, written: Any
) -> None:
    def begin_and_fail() -> None:
        with database.writing() as connection:
            add_act(connection, None, "published", area_code=DARLINGTON)
            raise ValueError(CANARY)

    with pytest.raises(ValueError, match=CANARY):
        begin_and_fail()
    assert not [one for one in written() if one["event"] == "act"]
    with database.writing() as connection:
        add_act(connection, None, "published", area_code=DARLINGTON)
        assert not written(), "not before it is there for good"
    (line,) = written()
    assert (line["act"], line["person"]) == ("published", None)


def test_an_area_that_is_none_is_not_told(server: Flask, database: Database, written: Any) -> None:
    with database.writing() as connection:
        add_act(connection, None, "refused", area_code=CANARY)
    (line,) = written()
    assert line["area"] == ""


def test_a_real_server_writes_nothing_but_lines(sqlite_url: URL, tmp_path: Path) -> None:
    upgrade(database := open_database(sqlite_url))
    database.close()
    with running(sqlite_url, tmp_path) as server:
        for path in (f"/{CANARY}?{CANARY}", "/", f"/staff/early/{CANARY}/"):
            server.get(path, X_Request_Id=CANARY, User_Agent=CANARY)
    assert CANARY not in server.log.read_text()
    assert {one["event"] for one in server.lines()} == {"request"}
