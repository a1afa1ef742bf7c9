"""What a reader waits for in Chromium: a first visit, and another measure; ours beside others."""

import statistics
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Browser
from sqlalchemy.engine import URL

from schemas.measure import load_measures
from tests.bench import servers
from tests.bench.page_marks import OTHER, OURS, PLAIN, Marks, Way
from tests.bench.servers import ROOT, Server
from tests.bench.visits import chromium, counts_at_rest, save_files, visiting
from tests.dashboard.published import load_published

ROUNDS = 5
Numbers = dict[str, float]


def measure(folder: Path, rounds: int = ROUNDS) -> dict[str, dict[str, Numbers]]:
    """Medians by kind of visit (`measure`, `overview`, `change, slow`, `change`) and way."""
    database = load_published(folder)
    url = database.read.url
    database.close()
    return measure_of(url, folder, rounds)


def measure_of(
    database: URL, folder: Path, rounds: int = ROUNDS, checkout: Path = ROOT
) -> dict[str, dict[str, Numbers]]:
    """The same of a database that is there already, and of another checkout of ours."""
    with ExitStack() as stack:
        browser = stack.enter_context(chromium())
        running = {
            "ours": (stack.enter_context(servers.ours(database, checkout)), OURS),
            "plain": (stack.enter_context(servers.plain(database)), PLAIN),
        }
        files = {}
        if servers.has_nginx():
            site = running["ours"][0]
            save_files(browser, site.address + OURS.measure, folder / "site")
            files["nginx"] = (stack.enter_context(servers.nginx(folder / "site")), OURS)
        return _interleaved(browser, running, files, rounds)


Sites = Mapping[str, tuple[Server, Way]]


def _interleaved(
    browser: Browser, running: Sites, files: Sites, rounds: int
) -> dict[str, dict[str, Numbers]]:
    counts = {
        name: counts_at_rest(browser, server.address + way.overview, way.overview_marks)
        for name, (server, way) in running.items()
    }
    taken: dict[str, dict[str, list[Numbers]]] = {}

    def note(kind: str, name: str, numbers: Numbers) -> None:
        taken.setdefault(kind, {}).setdefault(name, []).append(numbers)

    for _ in range(rounds):
        for name, (server, way) in {**running, **files}.items():
            url, whole = server.address + way.measure, name not in files
            note("measure", name, _first(browser, url, way.measure_marks, whole))
        for name, (server, way) in running.items():
            url = server.address + way.overview
            note("overview", name, _overview(browser, url, way.overview_marks, counts[name]))
            url = server.address + way.measure
            for kind, slow in (("change, slow", True), ("change", False)):
                note(kind, name, _change(browser, url, way.measure_marks, slow))
    return {
        kind: {name: _medians(each) for name, each in ways.items()} for kind, ways in taken.items()
    }


def _first(browser: Browser, url: str, marks: Marks, whole: bool) -> Numbers:
    with visiting(browser, url, marks) as visit:
        found = {"readable": visit.reached("readable")}
        if whole:
            found["charts"] = visit.reached("charts")
            visit.rest()
            found["kilobytes"] = visit.kilobytes
        return found


def _overview(browser: Browser, url: str, marks: Marks, counts: Mapping[str, int]) -> Numbers:
    with visiting(browser, url, marks, counts) as visit:
        found = {"readable": visit.reached("readable")}
        visit.rest()
        return found | {"kilobytes": visit.kilobytes}


def _change(browser: Browser, url: str, marks: Marks, slow: bool) -> Numbers:
    """From a page that has everything, on a line that is slow only from then on."""
    title = load_measures()[OTHER].title
    with visiting(browser, url, marks, slow=False) as visit:
        visit.reached("charts")
        visit.rest()
        if slow:
            visit.throttle()
        clicks = tuple(click.format(other=title) for click in marks.choose)
        return {"changed": visit.change(clicks)}


def _medians(each: list[Numbers]) -> Numbers:
    return {name: statistics.median(one[name] for one in each) for name in each[0]}


if __name__ == "__main__":
    import json

    with tempfile.TemporaryDirectory() as temporary:
        print(json.dumps(measure(Path(temporary)), indent=2))
