"""Requests a second for a page that everyone sees: our server beside nginx with the same files,
and beside waitress with nothing but the bytes, which says what any program under it can reach."""

import importlib.util
import re
import secrets
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import requests
from sqlalchemy.engine import URL

from tests.bench import servers
from tests.bench.servers import ROOT, Server

ROUNDS, ASKED, READERS = 5, 4_000, 8
_ASKING = {"Accept-Encoding": "gzip"}
_THREADS = "8"  # as many as `send-dashboard serve` has
_GRANIAN = ("--interface", "wsgi", "--workers", "1", "--blocking-threads", _THREADS, "--no-ws")
_NGINX = """
daemon off; master_process off; user root; error_log {folder}/error.log; pid {folder}/pid;
events {{ worker_connections 256; }}
http {{
  access_log off;
  client_body_temp_path {folder}/1; proxy_temp_path {folder}/2; fastcgi_temp_path {folder}/3;
  uwsgi_temp_path {folder}/4; scgi_temp_path {folder}/5;
  {example}
}}
"""
_LISTENS = "0A"  # a socket's state in /proc/net/tcp


@contextmanager
def shipped(database: URL) -> Iterator[Server]:
    """As `send-dashboard serve` serves an area: closed, and for one host name."""
    port = servers._free_port()
    command = [sys.executable, "-W", "ignore", "-m", "dashboard.cli", "serve", "--port", str(port)]
    with _alone(command, port, _hosting(database)) as server:
        yield server


@contextmanager
def every_way(ours: Server, database: URL, site: Path, page: str) -> Iterator[dict[str, Server]]:
    """Ours, and what can be had here of: nginx over the export in `site`, as the export says;
    waitress with the page's packed file alone; our application under granian."""
    with ExitStack() as stack:
        ways = {"ours": ours}
        if servers.has_nginx():
            ways["nginx"] = stack.enter_context(_nginx(site))
        ways["waitress"] = stack.enter_context(_bare(site / page.strip("/") / "index.html.gz"))
        if importlib.util.find_spec("granian"):
            ways["granian"] = stack.enter_context(_granian(database))
        yield ways


def rates(
    ways: Mapping[str, Server], page: str, rounds: int = ROUNDS
) -> dict[str, dict[str, float]]:
    """Medians by kind of visit: `fresh`, a connection for each request; `kept`, one for many.
    One client asks one server at a time, in turn."""
    sent = {name: _packed(server.address + page) for name, server in ways.items()}
    assert len(set(sent.values())) == 1, {name: len(body) for name, body in sent.items()}
    runs: dict[str, dict[str, list[float]]] = {}
    for _ in range(rounds):
        for kind, keep in (("fresh", False), ("kept", True)):
            for name, server in ways.items():
                rate = _rate(server.address + page, keep)
                runs.setdefault(kind, {}).setdefault(name, []).append(rate)
    return {
        kind: {name: statistics.median(each) for name, each in found.items()}
        for kind, found in runs.items()
    }


def _packed(address: str) -> bytes:
    with requests.get(address, headers=_ASKING, stream=True, timeout=30) as answer:
        return bytes(answer.raw.read(decode_content=False))


def _hosting(database: URL) -> dict[str, str]:
    return {
        "DATABASE_URL": database.render_as_string(hide_password=False),
        "SEND_DEMO": "",
        "SEND_HOSTS": "127.0.0.1",
        "SEND_SECRET_KEY": secrets.token_urlsafe(48),
    }


@contextmanager
def _nginx(site: Path) -> Iterator[Server]:
    """With the example that an export brings, so that it sends the headers that ours sends."""
    port, folder = servers._free_port(), site.with_name(f"{site.name}-nginx")
    folder.mkdir()
    example = (site / "nginx.conf").read_text(encoding="utf-8")
    assert "listen 80;" in example
    example = example.replace("listen 80;", f"listen 127.0.0.1:{port};")
    config = folder / "nginx.conf"
    config.write_text(_NGINX.format(folder=folder, example=example), encoding="utf-8")
    with _alone(["nginx", "-c", str(config)], port, {}) as server:
        yield server


@contextmanager
def _bare(file: Path) -> Iterator[Server]:
    port = servers._free_port()
    command = [sys.executable, "-m", "tests.bench.bench_public_bare", str(file), str(port)]
    with _alone(command, port, {}) as server:
        yield server


@contextmanager
def _granian(database: URL) -> Iterator[Server]:
    port = servers._free_port()
    command = [sys.executable, "-W", "ignore", "-m", "granian", *_GRANIAN, "--port", str(port)]
    with _alone([*command, "app:server"], port, _hosting(database)) as server:
        yield server


@contextmanager
def _alone(command: list[str], port: int, more: Mapping[str, str]) -> Iterator[Server]:
    """A server that nobody shares a port with: some let several listen on one."""
    with servers._running(command, port, ROOT, more) as server:
        assert _listening(port) == 1, f"{_listening(port)} listen on port {port}"
        yield server


def _listening(port: int) -> int:
    lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return sum(one[1].endswith(f":{port:04X}") and one[3] == _LISTENS for one in lines)


def _rate(address: str, keep: bool) -> float:
    """By ApacheBench where it is there; else by threads of our own, which cost the machine more
    than any server and so flatter the slower one."""
    if shutil.which("ab") is None:
        return _rate_by_threads(address, keep)
    command = ["ab", "-q", "-n", str(ASKED), "-c", str(READERS), "-H", "Accept-Encoding: gzip"]
    command += ["-k"] if keep else []
    said = subprocess.run([*command, address], check=True, capture_output=True, text=True).stdout
    assert "Non-2xx" not in said
    failed = re.search(r"Failed requests:\s+(\d+)", said)
    found = re.search(r"Requests per second:\s+([\d.]+)", said)
    assert found
    assert failed
    assert failed[1] == "0"
    return float(found[1])


def _rate_by_threads(address: str, keep: bool) -> float:
    def read() -> None:
        with requests.Session() as session:
            for _ in range(ASKED // READERS):
                headers = _ASKING if keep else _ASKING | {"Connection": "close"}
                assert session.get(address, headers=headers, timeout=30).status_code == 200

    readers = [threading.Thread(target=read) for _ in range(READERS)]
    start = time.perf_counter()
    for one in readers:
        one.start()
    for one in readers:
        one.join()
    return ASKED / (time.perf_counter() - start)
