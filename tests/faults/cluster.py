"""A PostgreSQL server of a test's own that can be stopped, killed, filled up and started again."""

import glob
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL

_AS_POSTGRES = ("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "env", "-C")


class Cluster:
    """PostgreSQL in a folder, on a socket there. Unlike that of the other tests it writes to the
    disk before it says that something is done, as a real one does.

    Args:
        clock: variables that give it a clock of its own.
    """

    def __init__(self, programs: Path, folder: Path, clock: Mapping[str, str]) -> None:
        self._programs, self.folder, self.data = programs, folder, folder / "data"
        self._run = [*_AS_POSTGRES, "/"] if os.geteuid() == 0 else ["env"]
        self._clock = [f"{name}={value}" for name, value in clock.items()]
        init = ["-D", self.data, "-U", "app", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
        self._do("initdb", *init, "--no-sync", "--data-checksums")

    @property
    def url(self) -> URL:
        where = {"host": str(self.folder)}
        return URL.create("postgresql+psycopg", username="app", database="postgres", query=where)

    def start(self) -> None:
        """A process that was killed may have left its lock behind, which is no hindrance."""
        options = f"-c listen_addresses='' -k {self.folder} -c max_connections=200"
        self._control("-w", "-t", "120", "-l", self.folder / "log", "-o", options, "start")

    def stop(self) -> None:
        """At once, without asking who is connected; what was done is safe in its log."""
        self._control("-w", "-m", "immediate", "stop")

    @property
    def postmaster(self) -> int:
        return int((self.data / "postmaster.pid").read_text().split()[0])

    def kill(self) -> None:
        """SIGKILL of its first process; the others notice and end."""
        first = self.postmaster
        others = children(first)
        os.kill(first, signal.SIGKILL)
        until = time.monotonic() + 60
        while any(Path(f"/proc/{one}").exists() for one in (first, *others)):
            assert time.monotonic() < until, "a process of PostgreSQL was left behind"
            time.sleep(0.05)

    def backends(self) -> list[int]:
        """The processes that serve a connection, other than the one that asks."""
        engine = create_engine(self.url)
        query = text(
            "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' "
            "AND pid <> pg_backend_pid()"
        )
        try:
            with engine.connect() as connection:
                return [int(one) for one in connection.scalars(query)]
        finally:
            engine.dispose()

    def _control(self, *words: object) -> None:
        self._do("pg_ctl", "-D", self.data, *words)

    def _do(self, program: str, *words: object) -> None:
        command = [*self._run, *self._clock, self._programs / program, *words]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=180)


def children(process: int) -> list[int]:
    """The numbers of the processes that one has begun; none when it is gone."""
    try:
        found = Path(f"/proc/{process}/task/{process}/children").read_text()
    except OSError:
        return []
    return [int(one) for one in found.split()]


def programs() -> Path | None:
    """Where Debian puts PostgreSQL's own programs, the newest; None where there is none."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda p: int(p.split("/")[4]))
    return Path(found[-1]) if found else None


@contextmanager
def postgresql(inside: Path | None = None, **clock: str) -> Iterator[Cluster]:
    """A server that has been started; it is stopped and its folder removed at the end.

    Args:
        inside: a folder to make its own in, such as a small disk.
        clock: variables that give it a clock of its own.
    """
    where = programs()
    if where is None:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    folder = Path(tempfile.mkdtemp(dir=inside))
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(folder, "postgres", "postgres")
    cluster = Cluster(where, folder, clock)
    cluster.start()
    try:
        yield cluster
    finally:
        if (cluster.data / "postmaster.pid").exists():
            subprocess.run(
                [*cluster._run, where / "pg_ctl", "-D", cluster.data, "-m", "immediate", "stop"],
                capture_output=True,
            )
        shutil.rmtree(folder, ignore_errors=True)
