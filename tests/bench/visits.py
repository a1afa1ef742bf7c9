"""One visit to a page in Chromium, on a slow line and a slow processor, with nothing kept."""

import gzip
import json
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, Error, Page, Response, sync_playwright

from tests.bench.page_marks import Marks

# Slow 4G: 1.6 Mbit/s down, 0.75 up, 150 ms; bytes a second for the browser.
_LINE = {"offline": False, "latency": 150, "downloadThroughput": 2e5, "uploadThroughput": 93_750}
_PROCESSOR = 4  # times slower
_PATIENCE = 120  # seconds
_WATCHER = Path(__file__).with_name("watcher.js").read_text(encoding="utf-8")


@dataclass
class Visit:
    """A page being watched; `kilobytes` is what came over the wire so far."""

    page: Page
    line: CDPSession
    bytes_received: float = 0

    @property
    def kilobytes(self) -> float:
        return self.bytes_received / 1000

    def throttle(self) -> None:
        self.line.send("Network.emulateNetworkConditions", _LINE)
        self.line.send("Emulation.setCPUThrottlingRate", {"rate": _PROCESSOR})

    def reached(self, stage: str) -> float:
        """Milliseconds from the start of the visit until the stage was painted."""
        return float(self._wait(f"benchMarks().{stage}"))

    def change(self, clicks: tuple[str, ...]) -> float:
        """Milliseconds from the last click until what it changes was painted."""
        self.page.evaluate("sessionStorage.watching = 'yes'")
        for click in clicks:
            self.page.locator(click).first.click()
        return float(self._wait("sessionStorage.changed"))

    def rest(self, seconds: float = 1.0) -> None:
        """Until nothing has come for a while."""
        received = -1.0
        while received != self.bytes_received:
            received = self.bytes_received
            self.page.wait_for_timeout(seconds * 1000)

    def _wait(self, expression: str) -> str:
        """Asked from outside: the pages' policy forbids what Playwright would do inside."""
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            self.page.wait_for_timeout(50)
            try:
                found = self.page.evaluate(expression)
            except Error:  # between two pages there is nobody to ask
                continue
            if found and found != "…":
                return str(found)
        raise TimeoutError(f"{self.page.url}: {expression} was not reached")


@contextmanager
def chromium() -> Iterator[Browser]:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    assert found, "needs Chromium (Debian: apt-get install chromium)"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def visiting(
    browser: Browser,
    url: str,
    marks: Marks,
    counts: Mapping[str, int] | None = None,
    slow: bool = True,
) -> Iterator[Visit]:
    """Opens the page with an empty cache and the watcher in it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    page = context.new_page()
    watcher = _WATCHER.replace("STAGES", json.dumps(marks.stages(counts or {})), 1)
    context.add_init_script(watcher.replace("DIFFERS", json.dumps(marks.differs), 1))
    visit = Visit(page, context.new_cdp_session(page))
    visit.line.on("Network.loadingFinished", lambda event: _count(visit, event))
    visit.line.send("Network.enable")
    if slow:
        visit.throttle()
    page.goto(url, wait_until="commit", timeout=_PATIENCE * 1000)
    yield visit
    context.close()


def _count(visit: Visit, event: Mapping[str, float]) -> None:
    visit.bytes_received += event["encodedDataLength"]


def counts_at_rest(browser: Browser, url: str, marks: Marks) -> dict[str, int]:
    """How many of each of `every` there are once there are some and no more come."""
    with visiting(browser, url, marks, slow=False) as visit:
        held: dict[str, int] = {}
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            visit.page.wait_for_timeout(2_000)
            now = {one: visit.page.locator(one).count() for one in marks.every}
            if all(now.values()) and now == held:
                return now
            held = now
    raise TimeoutError(f"{url}: found {held} and waited for some of each (see page_marks.py)")


def save_files(browser: Browser, url: str, folder: Path) -> None:
    """Keeps what the browser asked for as files, so that a server of files can answer the same."""
    found: list[Response] = []
    context = browser.new_context()
    page = context.new_page()
    page.on("response", lambda response: found.append(response))
    page.goto(url, wait_until="networkidle")
    for response in found:
        if response.status == 200 and response.request.method == "GET":
            _save(folder, response.url.partition("://")[2], response.body())
    context.close()


def _save(folder: Path, address: str, body: bytes) -> None:
    path = folder / address.partition("/")[2].partition("?")[0]
    if address.endswith("/"):
        path /= "index.html"
    if any(parent.is_file() for parent in path.parents):
        return  # below a page; the page itself is what is compared
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(body, 9, mtime=0))
