"""One visit to a page, with everything that went wrong on the way written down."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page, Request

SIZES = {"wide": (1280, 900), "narrow": (320, 640)}


@dataclass
class Visit:
    """`faults` are console errors and policy violations; `elsewhere` requests to other hosts."""

    page: Page
    home: str
    faults: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        self.page.goto(self.home + path)
        self.settled()

    def settled(self) -> None:
        """The page is there, and its chart drawn if it has one."""
        self.page.locator("main h1").wait_for()
        if self.page.locator("#trend").count():
            self.page.locator("#trend .main-svg").first.wait_for()


@contextmanager
def visiting(browser: Browser, home: str, size: str = "wide", **options: Any) -> Iterator[Visit]:
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, **options)
    visit = Visit(context.new_page(), home)

    def on_request(request: Request) -> None:
        visit.requests.append(request.url)
        if not request.url.startswith((home, "data:", "blob:")):
            visit.elsewhere.append(request.url)

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error" or "Content Security Policy" in message.text:
            visit.faults.append(message.text)

    visit.page.on("request", on_request)
    visit.page.on("console", on_console)
    visit.page.on("pageerror", lambda error: visit.faults.append(str(error)))
    try:
        yield visit
    finally:
        context.close()
