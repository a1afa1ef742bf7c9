"""`python -m tests.many.rounds N`: N publications, and in each the copy that is at it is killed.

It makes a PostgreSQL of its own, three copies and an nginx, and prints a Markdown table of what was
seen. A killed copy is started again, as systemd does.
"""

import glob
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.engine import URL

from schemas.database import open_database
from schemas.migrations import upgrade
from tests.conftest import _new_postgresql, _serve_postgresql
from tests.many.copies import Browser, Deployment, serving
from tests.many.killing import Seen, publish_and_kill
from tests.many.round import Round, digests, new_round
from tests.staff.smtp_server import Post
from tests.staff.smtp_server import serving as posting

_LONGEST = 4.0  # seconds that a copy is left at work at first; making the pages takes as long
_TOLD_WITHIN = 70.0  # seconds: each copy looks twice


def run(rounds: int) -> int:
    """How many rounds had a fault, or 1 when something was told twice."""
    folder = Path(tempfile.mkdtemp(prefix="many-"))
    try:
        with _postgresql() as url, posting(Post()) as post:
            return _run(url, folder, post, rounds)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _postgresql() -> Iterator[URL]:
    """An empty database on a server of its own."""
    [*_, programs] = sorted(glob.glob("/usr/lib/postgresql/*/bin"))
    for server in _serve_postgresql(Path(programs), Path(tempfile.mkdtemp(prefix="many-"))):
        yield from _new_postgresql(server, "template1")


def _run(url: URL, folder: Path, post: Post, rounds: int) -> int:
    database = open_database(url)
    upgrade(database)
    round_ = new_round(database)
    mail = {"SEND_SMTP_HOST": "127.0.0.1", "SEND_SMTP_PORT": str(post.port)}
    told = {**mail, "SEND_SMTP_FROM": "send@council.example", "SEND_LOGS": "0"}
    chance, faulty, longest = random.Random(20261122), 0, _LONGEST
    with serving(url, folder, told) as deployment:
        print(
            "| round | killed | after the moment (s) | out by then | out after the kill (s) | ",
            end="",
        )
        print("all copies show it | faults |\n|---|---|---|---|---|---|---|", flush=True)
        for number in range(1, rounds + 1):
            seen = publish_and_kill(deployment, round_, chance.uniform(0, longest))
            longest *= 0.8 if seen.was_out else 1.3  # so that both come about
            killed = deployment.named(seen.killed)
            killed.start()
            killed.wait()
            same = _shown_by_all(deployment)
            faulty += bool(seen.faults) or not same
            print(_row(number, seen, same), flush=True)
        once = _told_once(round_, post)
    database.close()
    print(f"\n{rounds} rounds, {faulty} with a fault. {once}")
    return faulty + once.startswith("Told twice")


def _shown_by_all(deployment: Deployment) -> bool:
    """Whether every copy names the same newest edition."""
    time.sleep(1.1)  # what became of an area's pages is asked once a second
    path = "/api/v1/areas/darlington/versions/"
    newest = [Browser().get(one.port, path).json()["versions"][0] for one in deployment.copies]
    return all(one == newest[0] and one["state"] == "current" for one in newest)


def _row(number: int, seen: Seen, same: bool) -> str:
    faults = "; ".join(seen.faults) or "none"
    out = "yes" if seen.was_out else "no"
    after = "" if seen.was_out else f"{seen.out_after:.1f}"
    shown = "yes" if same else "NO"
    return (
        f"| {number} | {seen.killed} | {seen.killed_after:.1f} | {out} | {after} | {shown} | "
        f"{faults} |"
    )


def _told_once(round_: Round, post: Post) -> str:
    until = time.monotonic() + _TOLD_WITHIN
    while time.monotonic() < until:
        time.sleep(1)
    found, sent = digests(round_.database), [to for to, _ in post.messages]
    twice = len(found) != len(set(found)) or len(sent) > 1
    said = "Told twice" if twice else "Told once"
    return f"{said}: {len(found)} digests of {len(set(found))} occasions, {len(sent)} e-mail."


if __name__ == "__main__":
    sys.exit(min(run(int(sys.argv[1]) if sys.argv[1:] else 10), 1))
