"""A PostgreSQL server of our own in a folder, kept between runs, for measuring and nothing else."""

import glob
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL

# Nothing is flushed: what is measured is reading and working out, on data that is made anew.
_OPTIONS = (
    "listen_addresses=''",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "shared_buffers=1GB",
    "effective_cache_size=8GB",
    "maintenance_work_mem=512MB",
    "max_wal_size=8GB",
    "max_connections=100",
    "max_parallel_workers_per_gather=0",  # so that all of a query's work is its own backend's
)


@contextmanager
def serving(folder: Path) -> Iterator[URL]:
    """Starts the server in the folder, making it first where there is none; stops it at the end."""
    programs = Path(sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1])
    data, run = folder / "postgresql", _as_its_user(folder)
    if not data.is_dir():
        init = ["-D", data, "-U", "app", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
        _run([*run, programs / "initdb", *init, "--no-sync"])
    options = " ".join(f"-c {one}" for one in _OPTIONS)
    control = [*run, programs / "pg_ctl", "-D", data, "-w"]
    _run([*control, "-l", data / "log", "-o", f"-k {data} {options}", "start"])
    try:
        yield URL.create(
            "postgresql+psycopg", username="app", database="postgres", query={"host": str(data)}
        )
    finally:
        _run([*control, "-m", "fast", "stop"])


def names(server: URL) -> list[str]:
    """The databases there are."""
    engine = create_engine(server)
    with engine.connect() as connection:
        found = list(connection.scalars(text("SELECT datname FROM pg_database")))
    engine.dispose()
    return found


def new_database(server: URL, name: str, like: str = "template1") -> URL:
    """A database that begins as a copy of another, which nobody may be using."""
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}"'))
        connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{like}"'))
    engine.dispose()
    return server.set(database=name)


def _as_its_user(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root."""
    folder.mkdir(parents=True, exist_ok=True)
    if os.geteuid() != 0:
        return []
    shutil.chown(folder, "postgres", "postgres")
    user = ["--reuid=postgres", "--regid=postgres", "--clear-groups"]
    return ["setpriv", *user, "env", "-C", "/"]


def _run(command: Sequence[object]) -> None:
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL)
