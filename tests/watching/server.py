"""A real server process of a closed dashboard, and its log lines."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests
from sqlalchemy.engine import URL

HEALTH_KEY = "health-key-of-a-test-0123456789abcdef"
METRICS_KEY = "metrics-key-of-a-test-0123456789abcde"
_START = 60  # seconds


@dataclass(frozen=True)
class Server:
    """One that listens; `log` is the file of what it wrote to standard error."""

    port: int
    log: Path

    def get(self, path: str, **headers: str) -> requests.Response:
        given = {"Host": "localhost", **{k.replace("_", "-"): v for k, v in headers.items()}}
        return requests.get(f"http://127.0.0.1:{self.port}{path}", headers=given, timeout=20)

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(one) for one in self.log.read_text().splitlines()]


@contextmanager
def running(url: URL, folder: Path, more: Mapping[str, str] | None = None) -> Iterator[Server]:
    """A server of `url` as a council runs it, behind one proxy."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {key: value for key, value in os.environ.items() if key != "SEND_DEMO"}
    environment |= {
        "DATABASE_URL": url.render_as_string(hide_password=False),
        "SEND_VAR": str(folder),
        "SEND_SECRET_KEY": "k7Qe-long-and-random-enough-for-a-test-0123",
        "SEND_HOSTS": "localhost",
        "SEND_PROXIES": "1",
        "SEND_HEALTH_KEY": HEALTH_KEY,
        "SEND_METRICS_KEY": METRICS_KEY,
        **(more or {}),
    }
    log = folder / "server.log"
    command = [sys.executable, "-m", "dashboard.cli", "serve", "--port", str(port)]
    with log.open("w") as errors:
        process = subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=errors
        )
        try:
            server = Server(port, log)
            _wait(server, process)
            yield server
        finally:
            process.kill()
            process.wait()


def _wait(server: Server, process: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + _START
    while time.monotonic() < ends:
        assert process.poll() is None, server.log.read_text()
        try:
            if server.get("/health/live").status_code == 200:
                return
        except requests.ConnectionError:
            time.sleep(0.2)
    raise AssertionError("the server did not start")
