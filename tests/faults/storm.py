"""Kill -9 of every process in turn, again and again, while people send in files and announce days,
an edition is due and alerts are made.

Run: `.venv/bin/python -m tests.faults.storm --minutes 10`. It prints a row of docs/faults.md.
"""

import argparse
import datetime as dt
import itertools
import os
import random
import signal
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dashboard.access.person import Person
from schemas.database import Database, open_database
from tests.faults.cluster import Cluster, postgresql
from tests.faults.deployment import Deployment, deployed
from tests.faults.evidence import Promised, find_harm
from tests.faults.ground import (
    DARLINGTON,
    EASY_READ,
    SEND_IN,
    Reader,
    Seen,
    in_seconds,
    plan_next,
    prepare,
    signed_in,
    told_of,
)
from tests.faults.rows import row
from tests.staff.round_of_one import timeliness_file

ANNOUNCE = f"/staff/{DARLINGTON}/2030-31-autumn/publish/announce"
VICTIMS = ("worker", "first process", "backend", "postmaster")
_FIRST_DAY = dt.date(2030, 9, 1)


@dataclass
class Told:
    """What people were told, by what they did, and what anybody saw instead of an answer."""

    files: list[int] = field(default_factory=list)
    days: list[str] = field(default_factory=list)
    seen: Counter[int] = field(default_factory=Counter)
    unclear: list[str] = field(default_factory=list)
    calm: threading.Event = field(default_factory=threading.Event)
    stop: threading.Event = field(default_factory=threading.Event)

    def note(self, path: str, seen: Seen) -> None:
        self.seen[seen.status] += 1
        if seen.status >= 500 and (seen.status != 503 or not seen.in_a_sentence):
            self.unclear.append(f"{seen.status} of {path}")


def storm(
    cluster: Cluster, folder: Path, kills: int, between: float, seed: int = 20261122
) -> tuple[Told, Counter[str], list[str]]:
    """Kills one process after another of a deployment that is being used.

    Args:
        kills: how many; each kind of process has its turn.
        between: seconds from one to the next, at most.

    Returns:
        What people were told, how often each kind of process was killed, and what was found to be
        lost, early or twice.
    """
    people = prepare(cluster.url)
    database = open_database(cluster.url)
    due = in_seconds(kills * between / 2 + 5).replace(microsecond=0)
    version = plan_next(database, people, due)
    told, killed, chance = Told(), Counter[str](), random.Random(seed)
    lines = folder / "lines.log"
    with deployed(told_of(cluster.url, folder, SEND_WORKERS="2"), lines) as deployment:
        workers = [*_people(deployment, database, people, told)]
        for one in workers:
            one.start()
        for victim in itertools.islice(itertools.cycle(VICTIMS), kills):
            time.sleep(chance.uniform(0.3, 1) * between)
            killed[victim] += kill(victim, cluster, deployment, chance)
        told.calm.set()
        deployment.wait_until_ready()
        _wait_until_out(deployment, due)
        told.stop.set()
        for one in workers:
            one.join(120)
    promised = Promised(told.files, told.days, due, version.id)
    harm = find_harm(database, promised)
    database.close()
    harm += [f"not in plain words: {one}" for one in told.unclear]
    if told.unclear:
        harm += [line for line in lines.read_text().splitlines() if '"level": "error"' in line]
    return told, killed, harm


def kill(victim: str, cluster: Cluster, deployment: Deployment, chance: random.Random) -> int:
    """SIGKILL of one process of this kind; 0 when there is none just now."""
    if victim == "postmaster":
        cluster.kill()
        cluster.start()
        return 1
    if victim == "first process":
        found = [deployment.first]
    elif victim == "worker":
        found = deployment.workers
    else:
        found = cluster.backends()
    if not found:
        return 0
    try:
        os.kill(chance.choice(found), signal.SIGKILL)
    except ProcessLookupError:
        return 0
    return 1


def _people(
    deployment: Deployment, database: Database, people: dict[str, Person], told: Told
) -> Iterator[threading.Thread]:
    analyst = signed_in(deployment.port, database, people["council-analyst"])
    publisher = signed_in(deployment.port, database, people["publisher"])
    works: tuple[Callable[[], None], ...] = (
        lambda: _send_files(analyst, told),
        lambda: _announce_days(publisher, told),
        lambda: _read(Reader(deployment.port), told),
    )
    for work in works:
        yield threading.Thread(target=work, daemon=True)


def _send_files(analyst: Reader, told: Told) -> None:
    """A file that nobody acknowledged is sent again, as a person would."""
    for number in itertools.count():
        content = timeliness_file(note=f"Number {number}")
        while not told.stop.is_set():
            seen = analyst.send(SEND_IN, {}, {"file": ("a.xlsx", content)})
            told.note(SEND_IN, seen)
            where = seen.headers.get("Location", "").rpartition("/")[2]
            if seen.status == 303:
                if where.isdecimal():
                    told.files.append(int(where))
                break
            time.sleep(0.3)
        if told.stop.is_set():
            return


def _announce_days(publisher: Reader, told: Told) -> None:
    """While anything is killed; each day is on the pages for everyone, which are then made anew,
    so that an edition waits for them to stay as they are."""
    for number in itertools.count():
        if told.calm.is_set():
            return
        day = (_FIRST_DAY + dt.timedelta(days=number)).isoformat()
        seen = publisher.send(ANNOUNCE, {"on_day": day})
        told.note(ANNOUNCE, seen)
        if seen.status == 303:
            told.days.append(day)
        time.sleep(0.5)


def _read(anyone: Reader, told: Told) -> None:
    while not told.stop.is_set():
        seen = anyone.get(EASY_READ)
        told.note(EASY_READ, seen)
        time.sleep(0.1)


def _wait_until_out(deployment: Deployment, due: dt.datetime, seconds: float = 180) -> None:
    """Until everyone sees that the edition which was due is out."""
    until = time.monotonic() + seconds + max(0.0, (due - in_seconds(0)).total_seconds())
    reader = Reader(deployment.port)
    while "v1.1" not in reader.get("/api/v1/areas/darlington/versions/").body:
        assert time.monotonic() < until, "what was due did not come out"
        time.sleep(0.5)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--minutes", type=float, default=10)
    asked.add_argument("--between", type=float, default=6, help="seconds between two, at most")
    given = asked.parse_args()
    kills = max(len(VICTIMS), round(given.minutes * 60 / given.between))
    with postgresql() as cluster, tempfile.TemporaryDirectory() as folder:
        told, killed, harm = storm(cluster, Path(folder) / "var", kills, given.between)
    print(
        row(
            "kill −9 of any process",
            f"{sum(killed.values())} kills: "
            + ", ".join(f"{name} {n}" for name, n in killed.items()),
            f"{len(told.files)} files and {len(told.days)} announcements acknowledged; "
            f"answers by status: {dict(sorted(told.seen.items()))}; "
            + ("; ".join(harm) or "none lost, none twice, the planned edition out once, not early"),
        )
    )


if __name__ == "__main__":
    main()
