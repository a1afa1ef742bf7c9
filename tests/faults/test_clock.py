"""Clocks that are wrong over an embargo: nothing comes out early, and nothing comes out twice."""

import datetime as dt
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.engine import URL

from dashboard.access.person import Person
from dashboard.access.sessions import begin_session, find_person
from dashboard.releases.clock import BELIEVED, Steady, embargo_time
from dashboard.releases.versions import Version, get_version
from schemas.database import Database, open_database
from schemas.people_tables import session
from schemas.round_tables import act
from tests.faults.cluster import postgresql
from tests.faults.ground import DARLINGTON, in_seconds, plan_next, prepare
from tests.production.ground import ROOT, environment

LIBRARY = Path("/usr/lib") / f"{os.uname().machine}-linux-gnu/faketime/libfaketimeMT.so.1"
HOUR = 3600.0
OUT = "corrected"  # the state of a correction that is published


class Clocks:
    """Two clocks that a test sets: `wall` can be wrong, `steady` cannot."""

    def __init__(self) -> None:
        self.wall, self.steady = 1_000_000.0, 50.0

    def pass_by(self, seconds: float) -> None:
        self.wall += seconds
        self.steady += seconds

    def made(self) -> Steady:
        return Steady(lambda: self.wall, lambda: self.steady)


def test_a_clock_that_leaps_ahead_and_comes_back_was_never_believed() -> None:
    clocks = Clocks()
    ours = clocks.made()
    clocks.wall += HOUR
    for _ in range(int(BELIEVED / 30) - 1):
        clocks.pass_by(30)
        assert ours.now() == pytest.approx(clocks.wall - HOUR)
    clocks.wall -= HOUR
    assert ours.now() == pytest.approx(clocks.wall)


def test_a_clock_that_keeps_to_its_new_time_is_believed_after_ten_minutes() -> None:
    clocks = Clocks()
    ours = clocks.made()
    clocks.wall += HOUR
    assert ours.now() == pytest.approx(clocks.wall - HOUR)
    clocks.pass_by(BELIEVED)
    assert ours.now() == pytest.approx(clocks.wall)


def test_a_clock_that_goes_back_is_believed_at_once() -> None:
    clocks = Clocks()
    ours = clocks.made()
    clocks.wall -= HOUR
    assert ours.now() == pytest.approx(clocks.wall)
    clocks.pass_by(30)
    assert ours.now() == pytest.approx(clocks.wall)


def test_a_clock_that_is_corrected_gently_is_followed() -> None:
    clocks = Clocks()
    ours = clocks.made()
    for _ in range(100):
        clocks.pass_by(30)
        clocks.wall += 0.015  # as much as a time service gains in half a minute
        assert ours.now() == pytest.approx(clocks.wall)


def test_the_earlier_of_two_clocks_decides(database: Database) -> None:
    behind, ahead = (Steady(lambda by=by: time.time() + by) for by in (-HOUR, HOUR))
    now = dt.datetime.now(dt.UTC).timestamp()
    found = dt.datetime.fromisoformat(embargo_time(database, behind)).timestamp()
    assert found == pytest.approx(now - HOUR, abs=60)
    found = dt.datetime.fromisoformat(embargo_time(database, ahead)).timestamp()
    postgresql = database.read.dialect.name == "postgresql"
    assert found == pytest.approx(now if postgresql else now + HOUR, abs=60)


def test_a_session_begun_by_a_clock_a_year_ahead_does_not_last_a_year(database: Database) -> None:
    from tests.staff.people import demo_people

    someone = demo_people(database)["publisher"]
    token = begin_session(database, someone, "test")
    assert find_person(database, token) == someone
    later = in_seconds(365 * 24 * HOUR).isoformat(timespec="seconds")
    with database.writing() as connection:
        connection.execute(update(session).values(began_at=later, seen_at=later))
    assert find_person(database, token) is None


def faked(offset: str) -> dict[str, str]:
    """Variables that give a process a clock of its own, such as `+2h`."""
    if not LIBRARY.exists():
        pytest.skip("libfaketime is not installed (Debian: apt-get install faketime)")
    return {"LD_PRELOAD": str(LIBRARY), "FAKETIME": offset, "FAKETIME_DONT_FAKE_MONOTONIC": "1"}


def publish_due(url: URL, folder: Path, **clock: str) -> str:
    """What a server with this clock does at one look."""
    told = environment(folder, 1, **clock)
    told["DATABASE_URL"] = url.render_as_string(hide_password=False)
    command = [sys.executable, "-W", "ignore", "-m", "dashboard.cli", "publish-due"]
    done = subprocess.run(command, cwd=ROOT, env=told, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def state_of(database: Database, version: Version) -> str:
    with database.reading() as connection:
        return get_version(connection, DARLINGTON, version.id).state


Made = tuple[URL, dict[str, Person]]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("clock") / "send-dashboard.sqlite3"
    prepare(URL.create("sqlite", database=str(file)))
    return file


def test_a_clock_forward_and_back_over_an_embargo_on_one_machine(
    prepared: Path, tmp_path: Path
) -> None:
    """It came out when the only clock there is had said so for good; set back, it stays out, and
    nothing comes out again."""
    file = tmp_path / prepared.name
    shutil.copy(prepared, file)
    url = URL.create("sqlite", database=str(file))
    database = open_database(url)
    version = plan_next(database, _publisher(database), in_seconds(HOUR))
    publish_due(url, tmp_path)
    assert state_of(database, version) == "agreed"
    publish_due(url, tmp_path, **faked("+2h"))
    assert state_of(database, version) == OUT
    publish_due(url, tmp_path)
    publish_due(url, tmp_path, **faked("+3h"))
    assert state_of(database, version) == OUT
    with database.reading() as connection:
        outs = select(func.count()).select_from(act).where(act.c.what == "published")
        assert connection.scalar(outs) == 2, "the first edition and this one"
    database.close()


@pytest.fixture(scope="module")
def on_postgresql() -> Iterator[Made]:
    with postgresql() as cluster:
        yield cluster.url, prepare(cluster.url)


def test_a_server_whose_clock_is_fast_publishes_nothing_early(
    on_postgresql: Made, tmp_path: Path
) -> None:
    url, people = on_postgresql
    database = open_database(url)
    version = plan_next(database, people, in_seconds(HOUR))
    publish_due(url, tmp_path, **faked("+2h"))
    assert state_of(database, version) == "agreed"
    due = in_seconds(2)
    plan_next(database, people, due)
    time.sleep(max(0.0, (due - in_seconds(0)).total_seconds()) + 1)
    publish_due(url, tmp_path, **faked("-2h"))
    assert state_of(database, version) == "agreed", "one that is slow leaves it to others"
    publish_due(url, tmp_path)
    assert state_of(database, version) == OUT
    database.close()


def _publisher(database: Database) -> dict[str, Person]:
    from dashboard.access.person import get_person
    from schemas.people_tables import person

    with database.reading() as connection:
        name = person.c.sign_in_name == "publisher@council.example"
        number = connection.scalar(select(person.c.id).where(name))
        found = get_person(connection, int(number or 0))
    assert found is not None
    return {"publisher": found}
