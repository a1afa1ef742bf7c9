"""What a request costs the server, with one area and with all; and fifty people at once."""

import statistics
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import requests
from sqlalchemy.engine import URL

from schemas.area_settings import load_area_settings
from schemas.measure import load_measures
from tests.bench import servers
from tests.bench.crowd import Asking, crowd_at_once
from tests.bench.many_areas import with_every_area
from tests.bench.page_marks import AREA
from tests.bench.servers import ROOT, Server
from tests.dashboard.published import load_published

SECONDS = 20
_OUTPUTS = (
    ("headline", "children"),
    ("trend", "figure"),
    ("bars", "figure"),
    ("multiples", "figure"),
    ("table", "children"),
)
Numbers = dict[str, float]


def measure(folder: Path, seconds: float = SECONDS) -> dict[str, Any]:
    """`cpu`: median milliseconds of a request by areas loaded; `crowd`: p95 and errors."""
    database = load_published(folder)
    url = database.read.url
    database.close()
    return measure_of(url, folder, seconds)


def measure_of(
    database: URL, folder: Path, seconds: float = SECONDS, checkout: Path = ROOT
) -> dict[str, Any]:
    """The same of a database that is there already, and of another checkout of ours."""
    assert database.database is not None
    every = folder / "every.sqlite3"
    areas = with_every_area(Path(database.database), every, AREA)
    databases = {"one": database, f"all {areas}": URL.create("sqlite", database=str(every))}
    cpu, crowd = {}, {}
    for loaded, url in databases.items():
        with ExitStack() as stack:
            ours = stack.enter_context(servers.ours(url, checkout))
            plain = stack.enter_context(servers.plain(url))
            cpu[loaded] = _costs(ours, plain)
            if loaded == "one":
                crowd["ours"] = crowd_at_once(ours, [*map(_page, _measures()), _overview], seconds)
                crowd["plain"] = crowd_at_once(plain, [*map(_callback, _measures())], seconds)
    return {"cpu": cpu, "crowd": crowd}


def _measures() -> list[str]:
    sent = load_area_settings()[AREA].extracts
    return [name for name, one in load_measures().items() if one.source.extract in sent]


def _page(measure: str) -> Asking:
    def ask(session: requests.Session, server: Server) -> requests.Response:
        path = f"/dashboard/{AREA}/measure/{measure}"
        return session.get(server.address + path, timeout=60)

    return ask


def _overview(session: requests.Session, server: Server) -> requests.Response:
    return session.get(f"{server.address}/dashboard/{AREA}/", timeout=60)


def _callback(measure: str) -> Asking:
    """What Dash's half in the browser sends when a measure is chosen."""
    outputs = [{"id": name, "property": what} for name, what in _OUTPUTS]
    body = {
        "output": f"..{'...'.join(f'{name}.{what}' for name, what in _OUTPUTS)}..",
        "outputs": outputs,
        "inputs": [
            {"id": "area", "property": "value", "value": AREA},
            {"id": "measure", "property": "value", "value": measure},
        ],
        "changedPropIds": ["measure.value"],
    }

    def ask(session: requests.Session, server: Server) -> requests.Response:
        return session.post(f"{server.address}/_dash-update-component", json=body, timeout=60)

    return ask


def _costs(ours: Server, plain: Server) -> dict[str, Numbers]:
    """Each measure once after a start, then again: what is kept between requests shows."""
    pages, callbacks = [_page(m) for m in _measures()], [_callback(m) for m in _measures()]
    return {
        "our measure page": {"first": _cpu(ours, pages), "again": _cpu(ours, pages)},
        "our overview": {"first": _cpu(ours, [_overview]), "again": _cpu(ours, [_overview] * 20)},
        "plain callback": {
            "first": _cpu(plain, callbacks[: len(callbacks) // 2]),
            "again": _cpu(plain, callbacks[: len(callbacks) // 2]),
        },
    }


def _cpu(server: Server, asked: Sequence[Asking]) -> float:
    """Median milliseconds of processor time, one request after the other."""
    taken = []
    with requests.Session() as session:
        for ask in asked:
            before = server.cpu_seconds
            answer = ask(session, server)
            taken.append((server.cpu_seconds - before) * 1000)
            assert answer.status_code == 200, (answer.status_code, answer.url)
    return statistics.median(taken)


if __name__ == "__main__":
    import json
    import tempfile

    with tempfile.TemporaryDirectory() as temporary:
        print(json.dumps(measure(Path(temporary)), indent=2))
