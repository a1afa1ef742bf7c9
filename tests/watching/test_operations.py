"""The operations page shows administrators how the server is, and no figure of anybody's."""

import datetime as dt
import json
from pathlib import Path

import pytest
from sqlalchemy import insert

from dashboard import create_app
from dashboard.access.sessions import begin_session
from dashboard.record import now_text
from dashboard.watching.operations_facts import get_operations, next_dates
from dashboard.watching.slow import MOST, Slow, SlowRequests
from loaders.problems import Outcome
from schemas.area_settings import load_area_settings
from schemas.database import Database
from schemas.round_tables import submission
from tests.access.people import CLOSED, account, held_role
from tests.staff.people import DARLINGTON, DURHAM
from tests.watching.clients import whole_client

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
PAGE = f"/staff/{DARLINGTON}/operations"


def answer(endpoint: str, seconds: float, hours_ago: float = 0) -> Slow:
    return Slow(endpoint, "GET", seconds, NOW - dt.timedelta(hours=hours_ago), "0" * 32)


def test_the_slowest_of_each_endpoint_is_kept_with_how_many_there_were() -> None:
    slow = SlowRequests()
    for one in (answer("a", 0.6), answer("a", 2), answer("a", 0.7), answer("b", 0.49)):
        slow.add(one)
    (kept,) = slow.newest(NOW)
    assert (kept.endpoint, kept.seconds, kept.times) == ("a", 2, 3)


def test_what_was_slow_yesterday_is_forgotten() -> None:
    slow = SlowRequests()
    slow.add(answer("a", 9, hours_ago=25))
    slow.add(answer("b", 9, hours_ago=25))
    slow.add(answer("a", 1))
    assert [(one.endpoint, one.seconds) for one in slow.newest(NOW)] == [("a", 1)]


def test_twenty_are_shown_the_slowest_first() -> None:
    slow = SlowRequests()
    for number in range(30):
        slow.add(answer(f"e{number}", 1 + number))
    shown = slow.newest(NOW)
    assert len(shown) == MOST
    assert shown[0].seconds == 30


def test_an_administrator_sees_it_and_nobody_else(database: Database) -> None:
    server = create_app(database, hosting=CLOSED)
    seen = {}
    for role, code in (("administrator", DARLINGTON), ("publisher", DARLINGTON)):
        client = whole_client(server)
        who = account(database, f"{role}.{code}".lower(), held_role(role, code))
        client.set_cookie("__Host-session", begin_session(database, who, "test"))
        seen[role] = client.get(PAGE).status_code
        there = client.get("/staff/operations").headers["Location"]
        assert there == (PAGE if role == "administrator" else "/staff/")
    assert seen == {"administrator": 200, "publisher": 403}
    assert whole_client(server).get(PAGE).status_code == 302


def test_the_page_tells_versions_sizes_files_backup_and_dates(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEND_BACKUPS", str(tmp_path))
    (tmp_path / "one.manifest.json").write_text(json.dumps({"made_at": now_text()}))
    server = create_app(database, hosting=CLOSED)
    client = whole_client(server)
    who = account(database, "admin", held_role("administrator"))
    client.set_cookie("__Host-session", begin_session(database, who, "test"))
    _send_in(database, who.id, DARLINGTON, "refused")
    page = client.get(PAGE).text
    for words in ("Rows of each table", "role_held", "werkzeug", "Good"):
        assert words in page
    assert "The last backup was made on" in page
    assert "No publication is planned." in page
    assert '<tr><th scope="row">Could not be read</th><td>1</td></tr>' in page
    assert "family-named-in-a-file" not in page


def test_files_are_counted_for_this_area_and_these_thirty_days(database: Database) -> None:
    who = account(database, "admin", held_role("administrator"))
    _send_in(database, who.id, DARLINGTON, "refused", "refused", "cell_errors")
    _send_in(database, who.id, DURHAM, "refused")
    old = (dt.datetime.now(dt.UTC) - dt.timedelta(days=31)).isoformat(timespec="seconds")
    _send_in(database, who.id, DARLINGTON, "personal_data", at=old)
    counts = dict(get_operations(database, who, DARLINGTON).files)
    assert counts == {
        Outcome.accepted: 0,
        Outcome.warned: 0,
        Outcome.cell_errors: 1,
        Outcome.refused: 2,
        Outcome.personal_data: 0,
    }


def test_rows_and_size_are_those_of_the_database(database: Database) -> None:
    who = account(database, "admin", held_role("administrator"))
    facts = get_operations(database, who, DARLINGTON)
    assert dict(facts.rows)["person"] == 1
    assert facts.size > 10_000
    assert dict(facts.versions)["Python"].startswith("3.")


def _send_in(database: Database, person_id: int, area: str, *outcomes: str, at: str = "") -> None:
    row = {"area_code": area, "organisation": "x", "person_id": person_id, "sha256": "0" * 64}
    row |= {"name": "family-named-in-a-file.xlsx", "given": "{}", "report": "{}", "reason": ""}
    with database.writing() as connection:
        for outcome in outcomes:
            told = {"outcome": outcome, "state": "refused", "sent_at": at or now_text()}
            connection.execute(insert(submission).values(row | told))


def test_the_next_dates_are_in_order_and_not_past() -> None:
    area = load_area_settings()[DARLINGTON]
    today = dt.date(2026, 11, 22)
    dates = next_dates(area, today)
    assert len(dates) == 5
    assert dates == sorted(dates)
    assert dates[0][0] >= today
    assert "2026/27" in dates[0][1] or "2025/26" in dates[0][1]
