"""The people of a local area at their screens: signed in by the demonstration's own buttons."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

STAFF = "/staff/E06000005/"
TERM = f"{STAFF}2025-26-summer/"


@contextmanager
def at_desk(browser: Browser, home: str, who: str, **options: object) -> Iterator[Page]:
    """A page on which this person of the demonstration has just signed in."""
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.goto(f"{home}/staff/sign-in")
    page.locator(f'button[value="demo-{who}"]').click()
    page.get_by_role("heading", level=1).wait_for()
    yield page
    context.close()


def send_in(page: Page, home: str, path: Path) -> None:
    """Chooses a file, sends it and waits for what came of it."""
    page.goto(f"{home}{STAFF}send-in")
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Send in and check").click()
    page.wait_for_url("**/send-in/*")
    page.locator(".state").first.wait_for()


def press(page: Page, words: str) -> None:
    """Presses a button of a form and waits for the page after it."""
    with page.expect_navigation():
        page.get_by_role("button", name=words).click()


def download(page: Page, words: str, folder: Path) -> Path:
    """Follows the first link with these words and keeps the file."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name=words).first.click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path
