"""The database is gone for a while and comes back: what readers and staff see each second.

Run: `.venv/bin/python -m tests.faults.outage --seconds 60`. It prints a row of docs/faults.md.
"""

import argparse
import tempfile
import time
from collections import Counter
from pathlib import Path

from schemas.database import open_database
from tests.faults.cluster import postgresql
from tests.faults.deployment import deployed
from tests.faults.evidence import Promised, find_harm
from tests.faults.ground import (
    DARLINGTON,
    EASY_READ,
    Reader,
    in_seconds,
    plan_next,
    prepare,
    signed_in,
    told_of,
)
from tests.faults.rows import row

_OUT = "v1.1"  # in the list of editions, when the one that was due is out
_EDITIONS = "/api/v1/areas/darlington/versions/"
_PATIENCE = 180  # seconds


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=float, default=60)
    seconds = asked.parse_args().seconds
    with postgresql() as cluster, tempfile.TemporaryDirectory() as place:
        people = prepare(cluster.url)
        database = open_database(cluster.url)
        seen: dict[str, Counter[int]] = {}
        told = told_of(cluster.url, Path(place) / "var", SEND_WORKERS="2")
        with deployed(told, Path(place) / "lines.log") as deployment:
            anyone = Reader(deployment.port)
            analyst = signed_in(deployment.port, database, people["council-analyst"])
            for _ in range(20):  # both workers have read it
                anyone.get(EASY_READ)
            due = in_seconds(seconds / 2).replace(microsecond=0)
            version = plan_next(database, people, due)
            cluster.stop()
            until = time.monotonic() + seconds
            while time.monotonic() < until:
                for who, path in (
                    (anyone, EASY_READ),
                    (analyst, f"/staff/{DARLINGTON}/"),
                    (anyone, "/health/ready"),
                ):
                    seen.setdefault(path, Counter())[who.get(path).status] += 1
                time.sleep(0.5)
            cluster.start()
            ready = deployment.wait_until_ready()
            began = time.monotonic()
            while _OUT not in anyone.get(_EDITIONS).body:
                assert time.monotonic() - began < _PATIENCE, "what was due did not come out"
                time.sleep(0.2)
            out, starts = time.monotonic() - began, deployment.starts
        harm = find_harm(database, Promised([], [], due, version.id))
        database.close()
    answers = "; ".join(f"`{path}` {dict(sorted(n.items()))}" for path, n in seen.items())
    print(
        row(
            f"database gone for {seconds:g} s",
            "PostgreSQL stopped at once and started again, 2 workers",
            f"answers by status: {answers}; ready {ready:.1f} s after its start, what was due out "
            f"{out:.0f} s later; {starts} start of the server; "
            + ("; ".join(harm) or "nothing lost, early or twice"),
        )
    )


if __name__ == "__main__":
    main()
