"""Requests a second for the front family page: our server beside nginx with the exported folder,
and beside waitress with nothing but the bytes, which says what any program under it can reach."""

import random
import re
import shutil
import statistics
import subprocess
import sys
import threading
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import requests
from sqlalchemy.engine import URL

from dashboard.public.exporting import export_site
from schemas.area import load_area_settings
from schemas.database import open_database
from schemas.migrations import upgrade
from tests.bench import servers
from tests.bench.servers import ROOT, Server
from tests.public import small_publications as small

ROUNDS, ASKED, READERS = 5, 4_000, 8
PAGE = "/easy-read/darlington/"
_ASKING = {"Accept-Encoding": "gzip"}


def measure(folder: Path) -> dict[str, Any]:
    """Medians by way (`ours`, `nginx`, `waitress`) and kind of visit, of a page of usual size."""
    url = URL.create("sqlite", database=str(folder / "public.sqlite3"))
    database = open_database(url)
    upgrade(database)
    version = small.published(database)
    page = small.html("easy-read/index.html", title=_words())
    with database.writing() as connection:
        files = [*small.small_files()[1:], page]
        small.keep_bundle(connection, small.bundle(version, files=files))
    database.close()
    return measure_of(url, folder)


def measure_of(url: URL, folder: Path, page: str = PAGE) -> dict[str, Any]:
    """The same of a database that has a publication."""
    database = open_database(url)
    export_site(database, load_area_settings(), folder / "site")
    database.close()
    file = folder / "site" / page.strip("/") / "index.html.gz"
    with ExitStack() as stack:
        ways = {"ours": stack.enter_context(servers.ours(url))}
        if servers.has_nginx():
            ways["nginx"] = stack.enter_context(servers.nginx(folder / "site"))
        port = servers._free_port()
        bare = [sys.executable, "-m", "tests.bench.bench_public_bare", str(file), str(port)]
        ways["waitress"] = stack.enter_context(servers._running(bare, port, ROOT, {}))
        for server in ways.values():
            answer = requests.get(server.address + page, headers=_ASKING, timeout=30)
            assert len(answer.content) == len((file.with_suffix("")).read_bytes())
        taken = _interleaved(ways, page)
    return {"bytes": file.stat().st_size, "a_second": taken}


def _interleaved(ways: dict[str, Server], page: str) -> dict[str, dict[str, float]]:
    """`fresh`: a connection for each request; `kept`: one for many."""
    runs: dict[str, dict[str, list[float]]] = {}
    for _ in range(ROUNDS):
        for kind, keep in (("fresh", False), ("kept", True)):
            for name, server in ways.items():
                rate = _rate(server.address + page, keep)
                runs.setdefault(kind, {}).setdefault(name, []).append(rate)
    return {
        kind: {name: statistics.median(rates) for name, rates in each.items()}
        for kind, each in runs.items()
    }


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


def _words() -> str:
    """About as much as a front page for families has."""
    chance = random.Random(20261122)
    letters = "abcdefghijklmnopqrstuvwxyz"
    return " ".join("".join(chance.choices(letters, k=6)) for _ in range(4_000))


if __name__ == "__main__":
    import json
    import tempfile

    with tempfile.TemporaryDirectory() as temporary:
        print(json.dumps(measure(Path(temporary)), indent=2))
