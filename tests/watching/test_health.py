"""A server says that it lives without its database, and that it is ready only with all it needs."""

import datetime as dt
import json
import time
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import create_engine, insert, text, update
from sqlalchemy.engine import URL

from dashboard import create_app
from dashboard.hosting import HostingProblem
from dashboard.watching import health, read_watching
from dashboard.watching.health import Health, State
from schemas.database import Database, open_database
from schemas.migrations import upgrade
from schemas.round_tables import plan
from schemas.tables import release, release_version
from tests.access.people import CLOSED, account, closed_client
from tests.staff.people import DARLINGTON
from tests.watching.server import HEALTH_KEY, running

GOOD = {
    "database": "good",
    "migrations": "good",
    "publication": "good",
    "disk": "good",
    "backup": "not watched",
}


def words(database: Database, backups: Path | None = None) -> dict[str, str]:
    return {one.check: one.word for one in Health(database, backups).look()}


def worst(database: Database, backups: Path | None = None) -> State:
    return max(one.state for one in Health(database, backups).look())


@pytest.fixture
def client(database: Database, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    monkeypatch.setenv("SEND_HEALTH_KEY", HEALTH_KEY)
    return closed_client(create_app(database, hosting=CLOSED))


def test_a_good_server_is_ready(client: FlaskClient) -> None:
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json) == (200, {"status": "ready", "checks": GOOD})
    assert answer.headers["Cache-Control"] == "no-store"


def test_strangers_are_told_the_status_only(client: FlaskClient) -> None:
    far = {"REMOTE_ADDR": "203.0.113.9"}
    assert client.get("/health/ready", environ_base=far).json == {"status": "ready"}
    for name in ("X-Forwarded-For", "Forwarded", "X-Real-IP"):
        sent_on = client.get("/health/ready", headers={name: "127.0.0.1"})
        assert sent_on.json == {"status": "ready"}, "it came through a proxy on this machine"
    wrong = {"Authorization": f"Bearer {HEALTH_KEY}x"}
    assert client.get("/health/ready", environ_base=far, headers=wrong).json == {"status": "ready"}


def test_the_key_shows_the_details_from_anywhere(client: FlaskClient) -> None:
    right = {"Authorization": f"Bearer {HEALTH_KEY}"}
    answer = client.get("/health/ready", environ_base={"REMOTE_ADDR": "203.0.113.9"}, headers=right)
    assert answer.json == {"status": "ready", "checks": GOOD}


def test_a_short_key_stops_the_start() -> None:
    keys = {"SEND_HEALTH_KEY": "short", "SEND_METRICS_KEY": "short too"}
    with pytest.raises(HostingProblem, match=r"SEND_HEALTH_KEY[\s\S]*SEND_METRICS_KEY"):
        read_watching(False, keys)


def test_a_database_of_an_older_program_is_not_ready(database: Database) -> None:
    _at_revision(database, "0001")
    assert words(database)["migrations"] == "behind"
    assert worst(database) is State.stops


def test_an_old_copy_goes_on_beside_a_newer_one(database: Database) -> None:
    _at_revision(database, "9999")
    assert words(database)["migrations"] == "ahead"
    assert worst(database) is State.attention


def test_an_old_copy_that_lacks_what_was_taken_away_is_not_ready(database: Database) -> None:
    _at_revision(database, "9999", oldest="9998")
    assert words(database)["migrations"] == "beyond"
    assert worst(database) is State.stops


def _at_revision(database: Database, revision: str, oldest: str = "0006") -> None:
    change = text("UPDATE alembic_version SET version_num = :revision, oldest = :oldest")
    with database.writing() as connection:
        connection.execute(change, {"revision": revision, "oldest": oldest})


@pytest.mark.parametrize(("minutes", "word"), [(4, "good"), (6, "overdue"), (-60, "good")], ids=str)
def test_a_publication_is_overdue_after_five_minutes(
    database: Database, minutes: int, word: str
) -> None:
    _plan(database, dt.datetime.now(dt.UTC) - dt.timedelta(minutes=minutes))
    assert words(database)["publication"] == word


def test_a_publication_that_was_carried_out_is_not_overdue(database: Database) -> None:
    _plan(database, dt.datetime.now(dt.UTC) - dt.timedelta(days=1))
    with database.writing() as connection:
        connection.execute(update(plan).values(ended_at="2026-11-21T09:30:00+00:00"))
    assert words(database)["publication"] == "good"


def _plan(database: Database, at: dt.datetime) -> None:
    who = account(database)
    made = "2026-11-01T09:00:00+00:00"
    with database.writing() as connection:
        row = {"area_code": DARLINGTON, "term": "2025-26 summer"}
        number = connection.scalar(insert(release).values(row).returning(release.c.id))
        row = {"release_id": number, "number": 1, "state": "draft", "invented": 1}
        new = insert(release_version).values(row | {"created_at": made})
        version = connection.scalar(new.returning(release_version.c.id))
        row = {"release_version_id": version, "publish_at": at.isoformat(timespec="seconds")}
        row |= {"person_id": who.id, "written_at": made}
        connection.execute(insert(plan).values(row))


@pytest.mark.parametrize(
    ("limit", "word", "state"),
    [("_LOW", "low", State.attention), ("_FULL", "full", State.stops)],
)
def test_a_full_disk_stops_and_a_low_one_needs_attention(
    database: Database, monkeypatch: pytest.MonkeyPatch, limit: str, word: str, state: State
) -> None:
    monkeypatch.setattr(health, limit, 10**18)  # more than any disk has
    assert words(database)["disk"] == word
    assert worst(database) is state


def test_the_last_backup_is_told_by_its_manifest(database: Database, tmp_path: Path) -> None:
    assert words(database, tmp_path)["backup"] == "none"
    now = dt.datetime.now(dt.UTC)
    _manifest(tmp_path, "old", now - dt.timedelta(hours=27))
    (tmp_path / "broken.manifest.json").write_text('{"made_at": ')
    (tmp_path / "other.manifest.json").write_text("[]")
    assert words(database, tmp_path)["backup"] == "old"
    assert worst(database, tmp_path) is State.attention, "a copy that serves is not taken away"
    _manifest(tmp_path, "new", now - dt.timedelta(hours=25))
    assert words(database, tmp_path)["backup"] == "good"


def test_a_manifest_whose_file_is_gone_or_cut_short_speaks_for_no_backup(
    database: Database, tmp_path: Path
) -> None:
    told = {"made_at": dt.datetime.now(dt.UTC).isoformat(), "file": "whole.sqlite3", "size": 5}
    (tmp_path / "whole.sqlite3.manifest.json").write_text(json.dumps(told))
    assert words(database, tmp_path)["backup"] == "none"
    (tmp_path / "whole.sqlite3").write_text("1234")
    assert words(database, tmp_path)["backup"] == "none"
    (tmp_path / "whole.sqlite3").write_text("12345")
    assert words(database, tmp_path)["backup"] == "good"


def _manifest(folder: Path, name: str, at: dt.datetime) -> None:
    (folder / f"{name}.manifest.json").write_text(json.dumps({"made_at": at.isoformat()}))


def test_many_who_ask_at_once_ask_the_database_once_a_second(database: Database) -> None:
    one = Health(database, None)
    assert one.look() is one.look()


def test_a_sqlite_file_that_is_gone_is_told_at_once(sqlite_url: URL, tmp_path: Path) -> None:
    upgrade(database := open_database(sqlite_url))
    database.close()
    with running(sqlite_url, tmp_path) as server:
        assert server.get("/health/ready").json()["status"] == "ready"
        file = Path(str(sqlite_url.database))
        file.rename(tmp_path / "away")
        time.sleep(1.1)
        answer = server.get("/health/ready")
        assert answer.status_code == 503
        assert answer.json()["checks"]["database"] == "missing"
        assert not file.exists(), "looking made no empty database"
        assert server.get("/health/live").status_code == 200
        (tmp_path / "away").rename(file)
        time.sleep(1.1)
        assert server.get("/health/ready").status_code == 200


@pytest.fixture
def locked(new_postgresql: URL) -> URL:
    """A database with its tables."""
    upgrade(database := open_database(new_postgresql))
    database.close()
    return new_postgresql


def test_a_postgresql_that_does_not_answer_is_told_within_three_seconds(
    locked: URL, tmp_path: Path
) -> None:
    with running(locked, tmp_path) as server:
        assert server.get("/health/ready").status_code == 200
        holder = create_engine(locked)
        with holder.begin() as connection:
            connection.execute(text("LOCK TABLE plan, alembic_version IN ACCESS EXCLUSIVE MODE"))
            time.sleep(1.1)
            began = time.monotonic()
            answer = server.get("/health/ready")
            assert time.monotonic() - began < 3
            assert answer.status_code == 503
            assert answer.json()["checks"]["database"] == "unreachable"
            began = time.monotonic()
            assert server.get("/health/live").status_code == 200
            assert time.monotonic() - began < 1
        time.sleep(1.1)
        ends = time.monotonic() + 15
        while server.get("/health/ready").status_code != 200 and time.monotonic() < ends:
            time.sleep(0.5)
        assert server.get("/health/ready").status_code == 200, "it is ready again by itself"
        holder.dispose()


def test_a_postgresql_that_is_gone_is_told_within_three_seconds(
    locked: URL, postgresql: URL, tmp_path: Path
) -> None:
    admin = create_engine(postgresql, isolation_level="AUTOCOMMIT")
    end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"
    with running(locked, tmp_path) as server:
        with admin.connect() as connection:
            connection.execute(text(f"ALTER DATABASE {locked.database} ALLOW_CONNECTIONS false"))
            connection.execute(text(end), {"name": locked.database})
            time.sleep(1.1)
            began = time.monotonic()
            answer = server.get("/health/ready", X_Forwarded_For="203.0.113.9")
            assert time.monotonic() - began < 3
            assert (answer.status_code, answer.json()) == (503, {"status": "not ready"})
            assert server.get("/health/live").status_code == 200
            connection.execute(text(f"ALTER DATABASE {locked.database} ALLOW_CONNECTIONS true"))
        time.sleep(1.1)
        assert server.get("/health/ready").status_code == 200
    admin.dispose()
