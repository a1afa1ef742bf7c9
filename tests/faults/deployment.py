"""A production server with what starts it again, as systemd does, and what can be killed of it."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.faults.cluster import children
from tests.faults.ground import Reader
from tests.production.ground import ROOT

_PATIENCE = 300  # seconds: the machine may be busy
_AGAIN = 2.0  # seconds, as RestartSec in the unit


class Deployment:
    """`serve --production`, begun again two seconds after it ended by itself.

    Args:
        told: what the server is told.
        lines: the file for its log lines.
    """

    def __init__(self, told: Mapping[str, str], lines: Path) -> None:
        self.told, self.lines = told, lines
        self.port = int(told["PORT"])
        self.starts = 0
        self.first = 0
        self._stopped = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._keeper = threading.Thread(target=self._keep, daemon=True)

    @property
    def workers(self) -> list[int]:
        """The processes that answer, not the one that tidies up after them."""
        return [one for one in children(self.first) if b"spawn_main" in _command(one)]

    def wait_until_ready(self, seconds: float = _PATIENCE) -> float:
        """Seconds until it can do its work."""
        began = time.monotonic()
        reader = Reader(self.port)
        while reader.get("/health/ready").status != 200:
            assert time.monotonic() - began < seconds, self.lines.read_text()[-2000:]
            time.sleep(0.1)
        return time.monotonic() - began

    def start(self) -> None:
        self._keeper.start()

    def stop(self) -> None:
        self._stopped.set()
        if self._process and self._process.poll() is None:
            self._process.terminate()
        self._keeper.join(60)

    def _keep(self) -> None:
        command = [sys.executable, "-m", "dashboard.cli", "serve", "--production"]
        while not self._stopped.is_set():
            with self.lines.open("ab") as lines:
                self._process = subprocess.Popen(
                    command, cwd=ROOT, env=self.told, stdout=lines, stderr=lines
                )
            self.first, self.starts = self._process.pid, self.starts + 1
            while self._process.poll() is None:
                if self._stopped.wait(0.1):
                    self._end()
                    return
            self._stopped.wait(_AGAIN)

    def _end(self) -> None:
        assert self._process is not None
        left = self.workers
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for one in left:
            if b"spawn_main" in _command(one):
                os.kill(one, signal.SIGKILL)


def _command(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


@contextmanager
def deployed(told: Mapping[str, str], lines: Path) -> Iterator[Deployment]:
    """It is ready when this is entered, and stopped when it is left."""
    deployment = Deployment(told, lines)
    deployment.start()
    try:
        deployment.wait_until_ready()
        yield deployment
    finally:
        deployment.stop()
