"""A disk that is really full: a sentence for whoever sends something, nothing half, and everything
goes on when there is room again."""

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from dashboard.operations.backup import make_backup
from dashboard.operations.kept_backups import BackupProblem
from dashboard.unavailable import FULL
from schemas.database import open_database
from tests.faults.cluster import postgresql
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

_DISK = 500  # megabytes: under 200 free are called full already


@contextmanager
def small_disk(megabytes: int) -> Iterator[Path]:
    """A disk of its own, which only root can make."""
    folder = Path(tempfile.mkdtemp())
    made = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=755", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(made, capture_output=True).returncode != 0:
        folder.rmdir()
        pytest.skip("a small disk can be made by root only")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
        folder.rmdir()


def fill(disk: Path) -> Path:
    """Writes until not one byte more goes on it."""
    file = disk / "filler"
    with file.open("wb", buffering=0) as stream:
        for size in (1 << 20, 4096, 1):
            try:
                while stream.write(b"\0" * size) == size:
                    pass
            except OSError:
                continue
    assert os.statvfs(disk).f_bavail == 0
    return file


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_full_disk_is_said_leaves_nothing_half_and_passes(kind: str) -> None:
    """The database, temporary files and log lines are all on it."""
    with small_disk(_DISK) as disk:
        if kind == "sqlite":
            _fill_and_empty(URL.create("sqlite", database=f"{disk}/send-dashboard.sqlite3"), disk)
            return
        with postgresql(disk) as cluster:
            _fill_and_empty(cluster.url, disk)


def _fill_and_empty(url: URL, disk: Path) -> None:
    people = prepare(url)
    database = open_database(url)
    content = [timeliness_file(note=f"Number {number}") for number in range(3)]
    told = told_of(url, disk, TMPDIR=str(disk))
    with deployed(told, disk / "lines.log") as deployment:
        anyone = Reader(deployment.port)
        analyst = signed_in(deployment.port, database, people["council-analyst"])
        first = analyst.send(SEND_IN, {}, {"file": ("a.xlsx", content[0])})
        assert first.status == 303
        due = in_seconds(5).replace(microsecond=0)
        version = plan_next(database, people, due)
        filler = fill(disk)
        small, large = (
            analyst.send(SEND_IN, {}, {"file": ("b.xlsx", content[1] + b"\0" * size)})
            for size in (0, 3_000_000)  # the second has to lie on the disk on its way already
        )
        # PostgreSQL has room left in its own files for something small: then it is kept.
        roomy = url.get_backend_name() == "postgresql" and small.status == 303
        for refused in (large,) if roomy else (small, large):
            assert refused.status == 503
            assert FULL in refused.body
        assert anyone.get(EASY_READ).status == 200, "whoever reads notices nothing"
        assert analyst.get(f"/staff/{DARLINGTON}/").status == 200
        assert anyone.get("/health/ready").status == 503
        assert "no" in _backup_refused(url, disk)
        time.sleep(max(0.0, (due - in_seconds(0)).total_seconds()) + 1)
        filler.unlink()
        deployment.wait_until_ready()
        sent = analyst.send(SEND_IN, {}, {"file": ("b.xlsx", content[2])})
        assert sent.status == 303
        until = time.monotonic() + 150
        while "v1.1" not in anyone.get("/api/v1/areas/darlington/versions/").body:
            assert time.monotonic() < until, "what was due did not come out"
            time.sleep(0.5)
        assert deployment.starts == 1
    kept = (first, small, sent) if roomy else (first, sent)
    numbers = [int(one.headers["Location"].rpartition("/")[2]) for one in kept]
    assert find_harm(database, Promised(numbers, [], due, version.id)) == []
    database.close()


def _backup_refused(url: URL, disk: Path) -> str:
    with pytest.raises(BackupProblem) as refused:
        make_backup(url, disk / "backups")
    return str(refused.value)
