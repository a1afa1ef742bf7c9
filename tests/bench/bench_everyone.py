"""What everyone sees: how long its disclosure control and its files take to make, how many can
ask for it, and how long a family on a slow line waits for it."""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import requests
from playwright.sync_api import Browser, ViewportSize

from dashboard.analysis.disclosure.decide import Before, Facts, decide
from dashboard.public.exporting import export_site
from dashboard.public.storing import prepare
from dashboard.publication.build import build_publication
from dashboard.publication.reading import Reading, read_publication
from dashboard.releases.everyone import get_newest_published, renew_pages
from dashboard.settings import Settings
from schemas.database import Database
from tests.bench import bench_public
from tests.bench.page_marks import AREA
from tests.bench.servers import Server
from tests.bench.visits import Visit, chromium
from tests.dashboard.published import load_published

ROUNDS = 5
FRONT, TOPIC = "/easy-read/darlington/", "/easy-read/darlington/plans-on-time/"
_PHONE: ViewportSize = {"width": 360, "height": 640}
# Everything is there, pictures are ready to be drawn, and a whole frame has been drawn since.
_SEEN = """
globalThis.benchMarks = () => globalThis.benchSeen ?? {};
const look = async () => {
  if (document.readyState !== 'complete') return requestAnimationFrame(look);
  await Promise.all([...document.images].map((one) => one.decode()));
  requestAnimationFrame(() =>
    requestAnimationFrame(() => (globalThis.benchSeen = { readable: performance.now() })),
  );
};
requestAnimationFrame(look);
"""
Numbers = dict[str, float]
T = TypeVar("T")


def measure(folder: Path, rounds: int = ROUNDS) -> dict[str, Any]:
    """`made`: seconds and sizes of a publication; `a_second`: requests by kind of connection and
    way; `visits`: medians by page and way."""
    database = load_published(folder)
    made = _made(database)
    site = folder / "site"
    export_site(database, Settings().areas, site)
    url = database.read.url
    database.close()
    with bench_public.shipped(url) as ours:
        for page in (FRONT, TOPIC):
            _same_bytes(site, ours, page)
        with bench_public.every_way(ours, url, site, FRONT) as ways:
            size = (site / FRONT.strip("/") / "index.html.gz").stat().st_size
            found = {"made": made, "page_bytes": size}
            found["a_second"] = bench_public.rates(ways, FRONT, rounds)
            found["visits"] = _visits({k: ways[k] for k in ("ours", "nginx") if k in ways}, rounds)
    return found


def _made(database: Database) -> Numbers:
    """Disclosure control of the newest term, then all of a publication as people make it."""
    settings = Settings()
    with database.reading() as connection:
        version = get_newest_published(connection, AREA)
        assert version is not None
        reading = read_publication(connection, AREA, version.id, settings)
    found = _decided(reading)
    why, found["whole"] = _timed(lambda: renew_pages(database, None, AREA, settings))
    assert why == ""
    build = build_publication
    built, found["build"] = _timed(lambda: build(database, AREA, version.id, settings))
    bundle = built.bundle
    assert bundle is not None
    packed, found["pack"] = _timed(lambda: prepare(bundle))
    found["files"] = len(bundle.files)
    found["megabytes"] = sum(len(one.body) for one in packed.bodies) / 1e6
    return found


def _decided(reading: Reading) -> Numbers:
    assert reading.area.public is not None
    facts = Facts(reading.area.public.few_places, reading.published)
    *earlier, newest = [term.observations for term in reading.terms]
    before = Before()
    for rows in earlier:
        before = before.after(decide(rows, reading.measures, facts, before))
    alone, seconds_alone = _timed(lambda: decide(newest, reading.measures, facts))
    after, seconds_after = _timed(lambda: decide(newest, reading.measures, facts, before))
    assert not alone.faults
    assert not after.faults
    return {
        "alone": seconds_alone,
        "after": seconds_after,
        "earlier": len(earlier),
        "observations": len(newest),
        "cells": after.report["cells"]["published"],
        "worked_out": after.report["cells"]["worked_out"],
    }


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    start = time.perf_counter()
    return work(), time.perf_counter() - start


def _same_bytes(site: Path, ours: Server, page: str) -> None:
    """An export leaves out the form, which nobody would answer: here both send it."""
    file = site / page.strip("/") / "index.html"
    for path, encoding in ((file, "identity"), (file.with_name(f"{file.name}.gz"), "gzip")):
        asking = {"Accept-Encoding": encoding}
        address = ours.address + page
        with requests.get(address, headers=asking, stream=True, timeout=30) as answer:
            assert answer.status_code == 200, answer.status_code
            assert answer.headers.get("Content-Encoding", "identity") == encoding
            path.write_bytes(answer.raw.read(decode_content=False))


def _visits(ways: dict[str, Server], rounds: int) -> dict[str, dict[str, Numbers]]:
    """`brotli` is ours as browsers ask for it over HTTPS; the others send gzip, the same bytes."""
    taken: dict[str, dict[str, list[Numbers]]] = {"front": {}, "topic": {}}
    with chromium() as browser:
        for _ in range(rounds):
            for page, path in (("front", FRONT), ("topic", TOPIC)):
                for name, server in {**ways, "brotli": ways["ours"]}.items():
                    found = _visit(browser, server, path, gzip=name != "brotli")
                    taken[page].setdefault(name, []).append(found)
    return {
        page: {name: _summary(each) for name, each in found.items()}
        for page, found in taken.items()
    }


def _visit(browser: Browser, server: Server, path: str, gzip: bool) -> Numbers:
    with _visiting(browser, server.address + path, gzip) as (visit, asked):
        found = {"readable": visit.reached("readable")}
        visit.rest()
        found |= {"kilobytes": visit.kilobytes, "requests": len(asked)}
        return found | {"elsewhere": sum(not one.startswith(server.address) for one in asked)}


@contextmanager
def _visiting(browser: Browser, url: str, gzip: bool) -> Iterator[tuple[Visit, list[str]]]:
    """Opens the page on a slow phone with nothing kept, and notes all that it asks for."""
    context = browser.new_context(viewport=_PHONE, locale="en-GB")
    page, asked = context.new_page(), list[str]()
    context.add_init_script(_SEEN)
    visit = Visit(page, context.new_cdp_session(page))
    page.on("request", lambda request: asked.append(request.url))
    visit.line.on("Network.loadingFinished", lambda event: _count(visit, event))
    visit.line.send("Network.enable")
    if gzip:
        visit.line.send("Network.setExtraHTTPHeaders", {"headers": {"Accept-Encoding": "gzip"}})
    visit.throttle()
    page.goto(url, wait_until="commit")
    yield visit, asked
    context.close()


def _count(visit: Visit, event: dict[str, float]) -> None:
    visit.bytes_received += event["encodedDataLength"]


def _summary(each: list[Numbers]) -> Numbers:
    """Medians; but a single request to another host is one too many."""
    medians = {name: statistics.median(one[name] for one in each) for name in each[0]}
    return medians | {"elsewhere": max(one["elsewhere"] for one in each)}


if __name__ == "__main__":
    import json
    import tempfile

    with tempfile.TemporaryDirectory() as temporary:
        print(json.dumps(measure(Path(temporary)), indent=2))
