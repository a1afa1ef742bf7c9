"""A database that is gone for a while: everyone is told so, and nothing is restarted."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import ArgumentError, OperationalError

from dashboard.public.served import Shelf
from dashboard.unavailable import as_unavailable
from dashboard.watching.health import KEPT
from schemas.area_settings import load_area_settings
from schemas.database import open_database
from tests.faults.cluster import Cluster, postgresql
from tests.faults.deployment import deployed
from tests.faults.evidence import Promised, find_harm
from tests.faults.ground import (
    DARLINGTON,
    EASY_READ,
    SEND_IN,
    Reader,
    in_seconds,
    plan_next,
    prepare,
    signed_in,
    told_of,
)
from tests.staff.round_of_one import timeliness_file

GONE = "cannot be reached at the moment"
FILE = {"file": ("a.xlsx", timeliness_file())}


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with postgresql() as one:
        yield one


def test_while_the_database_is_gone_everyone_is_told_and_then_all_goes_on(
    cluster: Cluster, tmp_path: Path
) -> None:
    """What was due meanwhile comes out once."""
    people = prepare(cluster.url)
    database = open_database(cluster.url)
    with deployed(told_of(cluster.url, tmp_path / "var"), tmp_path / "lines.log") as deployment:
        anyone, analyst = (
            Reader(deployment.port),
            signed_in(deployment.port, database, people["council-analyst"]),
        )
        before = anyone.get(EASY_READ)
        assert before.status == 200
        workers = deployment.workers
        due = in_seconds(3).replace(microsecond=0)
        version = plan_next(database, people, due)
        cluster.stop()
        assert anyone.get(EASY_READ).body == before.body, "what was read just before is held"
        for reader, path in (
            (anyone, "/"),
            (anyone, "/data/darlington/versions/none/x.csv"),
            (analyst, f"/staff/{DARLINGTON}/"),
            (analyst, f"/dashboard/{DARLINGTON}/"),
        ):
            seen = reader.get(path)
            assert seen.status in (404, 503), path
            assert seen.in_a_sentence, path
            if seen.status == 503:
                assert GONE in seen.body
                assert seen.headers["Retry-After"] == "30"
        assert analyst.get(SEND_IN).status == 503
        time.sleep(KEPT)
        assert anyone.get("/health/ready").status == 503
        assert anyone.get("/health/live").status == 200
        time.sleep(max(0.0, (due - in_seconds(0)).total_seconds()) + 1)
        cluster.start()
        deployment.wait_until_ready()
        assert analyst.get(f"/staff/{DARLINGTON}/").status == 200, "still signed in"
        sent = analyst.send(SEND_IN, {}, FILE)
        assert sent.status == 303
        until = time.monotonic() + 150
        while "v1.1" not in anyone.get("/api/v1/areas/darlington/versions/").body:
            assert time.monotonic() < until, "what was due did not come out"
            time.sleep(0.5)
        assert deployment.workers == workers, "nothing was restarted"
        assert deployment.starts == 1
    number = int(sent.headers["Location"].rpartition("/")[2])
    assert find_harm(database, Promised([number], [], due, version.id)) == []
    database.close()
    assert "Traceback" not in (tmp_path / "lines.log").read_text()


def test_what_became_of_publications_is_held_for_two_minutes_and_no_longer(
    cluster: Cluster,
) -> None:
    database = open_database(cluster.url)
    now = [0.0]
    areas = load_area_settings()
    shelf = Shelf(database, areas, clock=lambda: now[0])
    standing = shelf.standing(areas[DARLINGTON])
    cluster.stop()
    now[0] = 119.0
    assert shelf.standing(areas[DARLINGTON]) is standing
    now[0] = 121.0
    with pytest.raises(OperationalError):
        shelf.standing(areas[DARLINGTON])
    cluster.start()
    assert shelf.standing(areas[DARLINGTON]) == standing
    database.close()


def test_a_fault_of_another_kind_is_not_called_an_outage() -> None:
    for fault in (ArgumentError("x"), ValueError("x"), PermissionError("x")):
        with pytest.raises(type(fault)):
            as_unavailable(fault)
