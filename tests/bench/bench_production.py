"""Requests a second of the production server by processes: what everyone reads beside nginx with
the same bytes, and pages for partners who are signed in, on SQLite and on PostgreSQL."""

import glob
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import requests
from sqlalchemy import create_engine, text, update
from sqlalchemy.engine import URL

from dashboard.access.sessions import begin_session
from dashboard.operations.move import move
from dashboard.public.exporting import export_site
from dashboard.releases.everyone import renew_pages
from dashboard.settings import Settings
from schemas.database import Database
from schemas.people_tables import person
from tests.bench import bench_public, servers
from tests.bench.asking import ask, can_ask
from tests.bench.bench_everyone import FRONT
from tests.bench.page_marks import AREA, MEASURE
from tests.bench.servers import ROOT, Server
from tests.conftest import _serve_postgresql
from tests.dashboard.published import load_published
from tests.staff.people import demo_people

ROUNDS, PUBLIC, PARTNER = 3, 4_000, 400
PAGES = {
    "measure page": f"/dashboard/{AREA}/measure/{MEASURE}",
    "overview": f"/dashboard/{AREA}/",
}
_HTTPS = {"X-Forwarded-Proto": "https", "Accept-Encoding": "gzip"}
Numbers = dict[str, float]
_GENTLE = 60  # seconds: what is under way is finished first


def measure(folder: Path, rounds: int = ROUNDS) -> dict[str, Any]:
    """`everyone`: by kind of connection and way; `partners`: by database, page and processes."""
    assert can_ask(), "ApacheBench is not installed (Debian: apt-get install apache2-utils)"
    site = folder / "site"
    url, token = _prepare(folder, site)
    found: dict[str, Any] = {"everyone": _everyone(url, site, rounds)}
    found["partners"] = {"SQLite": _partners(url, token)}
    with _postgresql(folder) as other:
        move(url, other)
        found["partners"]["PostgreSQL"] = _partners(other, token)
    return found


def _prepare(folder: Path, site: Path) -> tuple[URL, str]:
    """The demonstration's database with its public pages, where a production server finds it, and
    a session in it; its export in `site`."""
    database = load_published(folder)
    assert renew_pages(database, None, AREA, Settings()) == ""
    token = _signed_in(database)
    export_site(database, Settings().areas, site)
    database.close()
    place = folder / "send-dashboard.sqlite3"
    Path(str(database.read.url.database)).rename(place)
    return URL.create("sqlite", database=str(place)), token


def _signed_in(database: Database) -> str:
    """A session of somebody whom a production server lets in."""
    people = demo_people(database)
    with database.writing() as connection:
        for name, one in people.items():
            new = {"sign_in_name": f"{name}@council.example"}
            connection.execute(update(person).where(person.c.id == one.id).values(new))
    return begin_session(database, people["council-analyst"], "bench")


@contextmanager
def production(database: URL, workers: int) -> Iterator[Server]:
    """As `send-dashboard serve --production` serves it, behind a proxy that is not there."""
    port = servers._free_port()
    told = {
        "DATABASE_URL": database.render_as_string(hide_password=False),
        "SEND_HOSTS": "127.0.0.1",
        "SEND_PROXIES": "1",
        "SEND_SECRET_KEY": secrets.token_urlsafe(48),
        "SEND_WORKERS": str(workers),
        "SEND_DEMO": "",
        "SEND_LOGS": "0",
        "PORT": str(port),
    }
    command = [sys.executable, "-W", "ignore", "-m", "dashboard.cli", "serve", "--production"]
    told |= _place(database)
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **told}, stdout=quiet)
    try:
        server = Server(f"http://127.0.0.1:{port}", process.pid)
        servers._wait_for(server, process)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=_GENTLE)


def _place(database: URL) -> Mapping[str, str]:
    """A production server takes SQLite by its folder only."""
    if database.get_backend_name() != "sqlite":
        return {}
    return {"DATABASE_URL": "", "SEND_VAR": str(Path(str(database.database)).parent)}


def _everyone(url: URL, site: Path, rounds: int) -> dict[str, dict[str, Numbers]]:
    """One client asks one server at a time, in turn; medians of the rounds."""
    page = site / FRONT.strip("/") / "index.html"
    runs: dict[str, dict[str, list[Numbers]]] = {}
    with ExitStack() as stack:
        ways = {f"ours, {n}": stack.enter_context(production(url, n)) for n in (1, 2)}
        _same_bytes(page, ways["ours, 1"])
        if servers.has_nginx():
            ways["nginx"] = stack.enter_context(bench_public._nginx(site))
        for _ in range(rounds):
            for kind, keep in (("fresh", False), ("kept", True)):
                for name, server in ways.items():
                    one = ask(server.address + FRONT, PUBLIC, keep, _HTTPS)
                    runs.setdefault(kind, {}).setdefault(name, []).append(one)
    return {kind: {k: _medians(v) for k, v in found.items()} for kind, found in runs.items()}


def _same_bytes(file: Path, ours: Server) -> None:
    """An export leaves out the form, which nobody would answer: here both send it."""
    for path, encoding in ((file, "identity"), (file.with_name(f"{file.name}.gz"), "gzip")):
        headers = {**_HTTPS, "Accept-Encoding": encoding}
        with requests.get(ours.address + FRONT, headers=headers, stream=True, timeout=30) as got:
            assert got.status_code == 200, got.status_code
            path.write_bytes(got.raw.read(decode_content=False))


def _medians(each: Sequence[Numbers]) -> Numbers:
    return {name: statistics.median(one[name] for one in each) for name in each[0]}


def _partners(url: URL, token: str) -> dict[str, dict[str, Numbers]]:
    headers = {**_HTTPS, "Cookie": f"__Host-session={token}"}
    found: dict[str, dict[str, Numbers]] = {name: {} for name in PAGES}
    for workers in (1, 2, 4):
        with production(url, workers) as server:
            for name, path in PAGES.items():
                address = server.address + path
                ask(address, 16 * workers, False, headers)  # what is kept between requests is kept
                found[name][str(workers)] = ask(address, PARTNER, True, headers)
    return found


@contextmanager
def _postgresql(folder: Path) -> Iterator[URL]:
    """An empty database of a server of its own, on a socket."""
    programs = sorted(glob.glob("/usr/lib/postgresql/*/bin"))
    place = Path(tempfile.mkdtemp())
    for url in _serve_postgresql(Path(programs[-1]), place):
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text("CREATE DATABASE bench"))
        engine.dispose()
        yield url.set(database="bench")


if __name__ == "__main__":
    import json

    with tempfile.TemporaryDirectory() as temporary:
        print(json.dumps(measure(Path(temporary)), indent=2))
