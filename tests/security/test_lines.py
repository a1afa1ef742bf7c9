"""Who tried what is in the log, and no value that anybody typed, whatever the settings say."""

import datetime as dt
import json
import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.engine import URL

from dashboard import create_app
from dashboard.access.tokens import make_token
from dashboard.record import add_act
from dashboard.watching.logs import write_lines
from schemas.database import Database, open_database
from schemas.migrations import upgrade
from schemas.round_tables import act
from tests.access.codes import App
from tests.access.people import CLOSED, PASSWORD, account
from tests.staff.people import DARLINGTON, send
from tests.watching.clients import whole_client
from tests.watching.server import running

CANARY = "Zebedee-Quill-07700900123"


@pytest.fixture
def root_logger() -> Iterator[logging.Logger]:
    """As it is before a server is made, and put back afterwards."""
    root = logging.getLogger()
    before, hook, levels = [*root.handlers], sys.excepthook, {}
    for name in ("dashboard", "loaders", "schemas"):
        levels[name] = logging.getLogger(name).level
        logging.getLogger(name).setLevel(logging.NOTSET)
    yield root
    for handler in [one for one in root.handlers if one not in before]:
        root.removeHandler(handler)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)
    sys.excepthook = hook


def lines(said: str) -> list[dict[str, Any]]:
    return [json.loads(one) for one in said.splitlines()]


def test_a_program_with_a_token_is_told_by_its_holder(
    server: Flask, database: Database, root_logger: logging.Logger, capsys: Any
) -> None:
    write_lines()
    who = account(database, "partner")
    token = make_token(database, who, DARLINGTON, "Report", 30)
    client = whole_client(server)
    given = {"Authorization": f"Bearer {token}"}
    for path in (f"/partner/tables/{DARLINGTON}/", f"/partner/feed/{DARLINGTON}.atom"):
        client.get(path, headers=given)
    client.get(f"/partner/tables/{DARLINGTON}/", headers={"Authorization": "Bearer send_no"})
    told = [one for one in lines(capsys.readouterr().err) if one["event"] == "request"]
    assert [one["person"] for one in told] == [who.id, who.id, None]


def test_lines_and_the_record_are_in_utc(
    server: Flask, database: Database, root_logger: logging.Logger, capsys: Any
) -> None:
    write_lines()
    with database.writing() as connection:
        add_act(connection, None, "refused", area_code=DARLINGTON)
        written = connection.scalar(select(act.c.done_at).order_by(act.c.id.desc()))
    [line] = lines(capsys.readouterr().err)
    assert dt.datetime.fromisoformat(line["time"]).utcoffset() == dt.timedelta(0)
    assert dt.datetime.fromisoformat(str(written)).utcoffset() == dt.timedelta(0)


def test_signing_in_is_told_by_number_and_how_and_so_is_signing_out(
    server: Flask, database: Database, root_logger: logging.Logger, capsys: Any
) -> None:
    write_lines()
    who = account(database, "whimbrel", password=PASSWORD)
    client = whole_client(server)
    capsys.readouterr()
    App(database).sign_in(client, "whimbrel")
    send(client, "/staff/sign-out")
    said = capsys.readouterr().err
    acts = [one for one in lines(said) if one["event"] == "act"]
    assert [(one["act"], one["person"]) for one in acts] == [
        ("set up codes", who.id),
        ("signed in", who.id),
        ("signed out", who.id),
    ]
    assert "whimbrel" not in said
    with database.reading() as connection:
        details = connection.scalar(
            select(act.c.details).where(act.c.person_id == who.id, act.c.what == "signed in")
        )
    assert json.loads(str(details)) == {"how": "password and code"}


def test_tries_to_get_round_something_are_told(
    server: Flask, database: Database, root_logger: logging.Logger, capsys: Any
) -> None:
    write_lines()
    client = whole_client(server)
    client.post("/staff/sign-in", headers={"Origin": f"https://{CANARY}.example"})
    client.get("/", headers={"Host": f"{CANARY}.example"})
    client.post("/staff/sign-out", data={"csrf_token": CANARY})
    for _ in range(9):
        send(client, "/staff/sign-in", {"name": CANARY, "password": CANARY})
    said = capsys.readouterr().err
    assert CANARY not in said
    warned = {one["said"] for one in lines(said) if one["event"] == "program"}
    assert warned == {
        "a form of another site was refused",
        "a host that is not ours was asked for",
        "a try was not looked at: too many failed before it",
    }
    requests = [one for one in lines(said) if one["event"] == "request"]
    assert {400, 403, 422, 429} <= {one["status"] for one in requests}
    refused = [one for one in lines(said) if one["event"] == "act"]
    assert {one["act"] for one in refused} == {"sign-in refused"}


def test_without_log_lines_a_fault_still_shows_no_value(
    database: Database, root_logger: logging.Logger, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEND_LOGS", "0")
    server = create_app(database, hosting=CLOSED)

    def fail() -> str:
        raise ValueError(CANARY)

    server.add_url_rule("/fails", "fails", fail)
    assert whole_client(server).get(f"/fails?{CANARY}").status_code == 500
    said = capsys.readouterr().err
    assert CANARY not in said
    [line] = lines(said)
    assert line["fault"]["kinds"] == ["builtins.ValueError"]


def test_a_real_server_without_log_lines_prints_no_values(sqlite_url: URL, tmp_path: Path) -> None:
    upgrade(database := open_database(sqlite_url))
    with running(sqlite_url, tmp_path, {"SEND_LOGS": "0"}) as server:
        assert server.get(f"/{CANARY}").status_code == 404
        with database.writing() as connection:
            connection.exec_driver_sql("DROP TABLE act")  # so that signing in fails
        server.get("/staff/sign-in", X_Forwarded_Proto="https")
        bad = server.get(f"/partner/tables/{DARLINGTON}/", Authorization=f"Bearer {CANARY}")
        assert bad.status_code >= 500
    assert CANARY not in server.log.read_text()
    assert {one["event"] for one in server.lines()} == {"program"}
    database.close()
