"""A real production server in a process of its own, with settings that are right."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.engine import URL

from schemas.database import Database, open_database
from schemas.migrations import upgrade

ROOT = Path(__file__).resolve().parents[2]
SECRET = "k7Qe-long-and-random-enough-for-a-test-0123"
GOOD = {"SEND_SECRET_KEY": SECRET, "SEND_HOSTS": "send.council.example", "SEND_PROXIES": "1"}
_PATIENCE = 120  # seconds: the machine may be busy
_NAME = "send.council.example"


def new_database(folder: Path) -> Database:
    """A database with its tables, where SEND_VAR=folder finds it."""
    folder.mkdir(exist_ok=True)
    database = open_database(_url(folder))
    upgrade(database)
    return database


def _url(folder: Path) -> URL:
    return URL.create("sqlite", database=str(folder / "send-dashboard.sqlite3"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(folder: Path, port: int, **more: str) -> dict[str, str]:
    """What a production server is told, without anything that this process was told."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("SEND_", "DATABASE_", "PORT"))}
    return {**kept, **GOOD, "SEND_VAR": str(folder), "PORT": str(port), "SEND_WORKERS": "1", **more}


@contextmanager
def serving(told: dict[str, str], name: str = _NAME) -> Iterator[subprocess.Popen[str]]:
    """The server, once it answers; killed at the end if it is still there."""
    with starting(told) as process:
        wait_until_it_answers(int(told["PORT"]), process, name)
        yield process


@contextmanager
def starting(told: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "dashboard.cli", "serve", "--production"]
    process = subprocess.Popen(
        command, cwd=ROOT, env=told, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def wait_until_it_answers(port: int, process: subprocess.Popen[str], name: str = _NAME) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        assert process.poll() is None, process.communicate()[0]
        if answer(port, "/healthz", name) == 200:
            return
        time.sleep(0.1)
    raise AssertionError("it did not answer in time")


def answer(port: int, path: str, name: str = _NAME) -> int:
    """The status of a page; 0 when nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers={"Host": name, "X-Forwarded-Proto": "https"})
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()
