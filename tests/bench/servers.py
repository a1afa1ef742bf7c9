"""Starts the servers that are set side by side, each in a process of its own, and stops them."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests
from sqlalchemy.engine import URL

ROOT = Path(__file__).resolve().parents[2]
_PATIENCE = 60  # seconds until a server must answer
_NGINX = """
daemon off; master_process off; user root; error_log {folder}/error.log; pid {folder}/pid;
events {{ worker_connections 256; }}
http {{
  include /etc/nginx/mime.types;
  default_type text/html;
  charset utf-8;
  access_log off;
  gzip_static on;
  client_body_temp_path {folder}/1; proxy_temp_path {folder}/2; fastcgi_temp_path {folder}/3;
  uwsgi_temp_path {folder}/4; scgi_temp_path {folder}/5;
  server {{ listen 127.0.0.1:{port}; root {files}; }}
}}
"""


@dataclass(frozen=True)
class Server:
    """Where it answers, and the process that does."""

    address: str
    pid: int

    @property
    def cpu_seconds(self) -> float:
        """What all its threads have used so far, by the kernel's own nanoseconds."""
        parts = Path(f"/proc/{self.pid}/task").glob("*/schedstat")
        return sum(int(part.read_text().split()[0]) for part in parts) / 1e9


@contextmanager
def ours(database: URL, folder: Path = ROOT) -> Iterator[Server]:
    """The dashboard as `send-dashboard serve` serves it, from the checkout in `folder`."""
    port = _free_port()
    url = database.render_as_string(hide_password=False)
    command = [sys.executable, "-W", "ignore", "-m", "dashboard.cli", "serve", "--port", str(port)]
    with _running(command, port, folder, {"DATABASE_URL": url, "SEND_DEMO": "1"}) as server:
        yield server


@contextmanager
def plain(database: URL) -> Iterator[Server]:
    """The plain Dash app, under the same server with as many threads."""
    port = _free_port()
    url = database.render_as_string(hide_password=False)
    command = [sys.executable, "-W", "ignore", "-m", "tests.bench.plain_dash"]
    command += ["--database", url, "--port", str(port)]
    with _running(command, port, ROOT, {}) as server:
        yield server


def has_nginx() -> bool:
    return shutil.which("nginx") is not None


@contextmanager
def nginx(files: Path) -> Iterator[Server]:
    """A folder of files, compressed ahead where there is a `.gz` beside them."""
    port, folder = _free_port(), files.with_name(f"{files.name}-nginx")
    folder.mkdir()
    config = folder / "nginx.conf"
    config.write_text(_NGINX.format(folder=folder, port=port, files=files), encoding="utf-8")
    with _running(["nginx", "-c", str(config)], port, folder, {}) as server:
        yield server


@contextmanager
def _running(
    command: Sequence[str], port: int, folder: Path, more: Mapping[str, str]
) -> Iterator[Server]:
    process = subprocess.Popen(
        command, cwd=folder, env={**os.environ, **more}, stdout=subprocess.DEVNULL
    )
    try:
        server = Server(f"http://127.0.0.1:{port}", process.pid)
        _wait_for(server, process)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(server: Server, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        assert process.poll() is None, f"{process.args!r} stopped at once"
        try:
            requests.get(server.address, timeout=_PATIENCE)
        except requests.ConnectionError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(f"{process.args!r} did not answer")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
