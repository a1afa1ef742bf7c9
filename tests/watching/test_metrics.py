"""Metrics are for whoever holds the key, count what happened, and cannot grow without end."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from prometheus_client import REGISTRY
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError

from dashboard import create_app
from dashboard.record import add_act
from dashboard.watching.metrics import watch_database
from schemas.database import Database, open_database
from schemas.migrations import upgrade
from tests.access.people import CLOSED
from tests.staff.people import DARLINGTON
from tests.watching.clients import whole_client
from tests.watching.server import METRICS_KEY, running

Values = dict[tuple[str, frozenset[tuple[str, str]]], float]
WITH_KEY = {"Authorization": f"Bearer {METRICS_KEY}"}


@pytest.fixture
def client(database: Database, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    monkeypatch.setenv("SEND_METRICS_KEY", METRICS_KEY)
    return whole_client(create_app(database, hosting=CLOSED))


def read(said: str) -> Values:
    return {
        (one.name, frozenset(one.labels.items())): one.value
        for family in text_string_to_metric_families(said)
        for one in family.samples
    }


def got(client: FlaskClient) -> Values:
    return read(client.get("/metrics", headers=WITH_KEY).text)


def more(before: Values, after: Values, name: str, **labels: str) -> float:
    key = (name, frozenset(labels.items()))
    return after.get(key, 0) - before.get(key, 0)


def test_nobody_without_the_key_sees_any(client: FlaskClient, database: Database) -> None:
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer x"}).status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer é"}).status_code == 404
    assert client.get("/metrics", headers=WITH_KEY).status_code == 200


def test_without_a_key_nobody_sees_any(database: Database) -> None:
    client = whole_client(create_app(database, hosting=CLOSED))
    for given in ("Bearer ", "Bearer", ""):
        assert client.get("/metrics", headers={"Authorization": given}).status_code == 404


def test_requests_are_counted_by_endpoint_and_status(client: FlaskClient) -> None:
    before = got(client)
    for _ in range(3):
        client.get("/health/live")
    after = got(client)
    said = {"endpoint": "live", "method": "GET", "status": "200"}
    assert more(before, after, "send_requests_total", **said) == 3
    assert more(before, after, "send_request_seconds_count", endpoint="live") == 3


def test_addresses_that_are_none_make_one_row(client: FlaskClient) -> None:
    client.get("/nowhere/0")
    before = got(client)
    for number in range(50):
        client.open(f"/nowhere/{number}", method="GET" if number % 2 else f"M{number}")
    after = got(client)
    assert {key for key, _ in after} == {key for key, _ in before}
    new = [labels for name, labels in after.keys() - before.keys()]
    assert all(dict(one)["method"] == "other" for one in new), new


@pytest.mark.parametrize(
    ("what", "details", "name", "labels"),
    [
        ("published", {}, "send_publications_total", {}),
        ("sent an alert", {}, "send_digests_total", {"result": "sent"}),
        ("could not send an alert", {}, "send_digests_total", {"result": "failed"}),
        ("sent in", {"outcome": "refused"}, "send_uploads_total", {"outcome": "refused"}),
    ],
)
def test_what_is_on_the_record_is_counted(
    client: FlaskClient,
    database: Database,
    what: str,
    details: dict[str, str],
    name: str,
    labels: dict[str, str],
) -> None:
    before = got(client)
    with database.writing() as connection:
        add_act(connection, None, what, area_code=DARLINGTON, details=details)
    after = got(client)
    assert more(before, after, name, **labels) == 1
    assert more(before, after, "send_acts_total", act=what) == 1
    assert more(before, after, "send_database_wait_seconds_count") >= 1


@pytest.mark.parametrize("then", ["SELECT 1", ""])
def test_when_postgresql_breaks_off_that_is_the_fault_and_no_act_is_counted(
    new_postgresql: URL, then: str
) -> None:
    database = open_database(new_postgresql)
    upgrade(database)
    watch_database(database)
    key = {"act": "broken off"}
    with pytest.raises(OperationalError):
        _act_and_break_off(database, key["act"], then)
    database.close()
    assert REGISTRY.get_sample_value("send_acts_total", key) is None


def _act_and_break_off(database: Database, what: str, then: str) -> None:
    with database.writing() as connection:
        add_act(connection, None, what, area_code=DARLINGTON)
        own = connection.scalar(text("SELECT pg_backend_pid()"))
        with database.reading() as other:
            assert other.scalar(text("SELECT pg_terminate_backend(:own, 5000)"), {"own": own})
        if then:
            connection.execute(text(then))


def test_the_checks_are_there_as_numbers(client: FlaskClient) -> None:
    after = got(client)
    found = {
        dict(labels)["check"]: v for (n, labels), v in after.items() if n == "send_check_state"
    }
    assert found == dict.fromkeys(("database", "migrations", "publication", "disk", "backup"), 0)


@pytest.mark.parametrize("together", [False, True])
def test_a_real_server_tells_them(sqlite_url: URL, tmp_path: Path, together: bool) -> None:
    upgrade(database := open_database(sqlite_url))
    database.close()
    folder = tmp_path / "several"
    folder.mkdir()
    more = {"PROMETHEUS_MULTIPROC_DIR": str(folder)} if together else {}
    with running(sqlite_url, tmp_path, more) as server:
        server.get("/")
        after = read(server.get("/metrics", **WITH_KEY).text)
    key = frozenset({"endpoint": "front", "method": "GET", "status": "200"}.items())
    assert after["send_requests_total", key] == 1
    assert ("process_open_fds", frozenset()) in after or together
