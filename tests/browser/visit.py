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

    def go(self, path: str) -> None:
        self.page.goto(self.home + path)
        self.settled()

    def settled(self) -> None:
        """The page is there, and its interactive chart in the drawn one's place if it has one."""
        self.page.locator("main h1").wait_for()
        if self.page.locator("#chart").count():
            self.page.locator("#chart[data-live]").wait_for()

    def follow(self, path: str) -> None:
        """Takes the first link of the page to a path, and waits for what it leads to."""
        self.follow_drawn(path)
        self.settled()

    def follow_drawn(self, path: str) -> None:
        """The same, without waiting for an interactive chart."""
        self.page.evaluate("document.querySelector('main').dataset.left = 'yes'")
        self.page.locator(f'a[href="{path}"]').first.click()
        self.page.wait_for_url(self.home + path)
        self.page.locator("main:not([data-left])").wait_for()


@contextmanager
def visiting(browser: Browser, home: str, size: str = "wide", **options: Any) -> Iterator[Visit]:
    """A reader who has never been here."""
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, **options)
    visit = Visit(context.new_page(), home)

    def on_request(request: Request) -> None:
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
