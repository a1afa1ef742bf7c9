"""The open data pages as people meet them: whole, accessible, at any width and without scripts."""

import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from dashboard.public.files import PublicFile
from tests.browser.faults import SPACING, not_fitting, overlapping, violations
from tests.browser.pictures import keep_picture
from tests.browser.serving import serving
from tests.browser.visit import visiting
from tests.conftest import ROOT
from tests.public.data_samples import every_file

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'"
)
PAGES = {
    "first": "/data/",
    "share": "/data/ehcp_20w_excl/",
    "count": "/data/nd_waiting/",
    "rate": "/data/suspension_rate/",
    "methods": "/data/methods/",
    "dictionary": "/data/dictionary/",
}
EVERY_PAGE = pytest.mark.parametrize("name", PAGES)


@pytest.fixture(scope="module")
def home() -> Iterator[str]:
    """Where the files of a publication with every measure are served as they are."""
    with serving(_files(every_file())) as address:
        yield address


def _files(files: dict[str, PublicFile]) -> Callable[..., Iterable[bytes]]:
    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"].lstrip("/")
        found = files.get(f"{path}index.html" if path.endswith("/") else path)
        if found is None:
            start("404 Not Found", [("Content-Type", "text/plain")])
            return [b"not found"]
        kinds = [("Content-Type", found.kind), ("Content-Security-Policy", _POLICY)]
        start("200 OK", kinds)
        return [found.body]

    return answer


@EVERY_PAGE
@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_nothing_is_wrong_with_the_page(browser: Browser, home: str, name: str, size: str) -> None:
    with visiting(browser, home, size, bypass_csp=True) as visit:  # axe brings a script
        visit.go(PAGES[name])
        assert violations(visit.page) + not_fitting(visit.page) + overlapping(visit.page) == []
        assert keep_picture(visit.page, f"data-{name}-{size}") == []


@EVERY_PAGE
def test_the_page_keeps_the_policy_and_asks_nobody_else(
    browser: Browser, home: str, name: str
) -> None:
    with visiting(browser, home) as visit:
        visit.go(PAGES[name])
        assert [one for one in visit.faults if "favicon" not in one] == []
        assert visit.elsewhere == []


@EVERY_PAGE
def test_the_page_takes_more_space_between_letters(browser: Browser, home: str, name: str) -> None:
    with visiting(browser, home, "narrow", bypass_csp=True) as visit:
        visit.go(PAGES[name])
        visit.page.add_style_tag(content=SPACING)
        assert not_fitting(visit.page) == []


@EVERY_PAGE
def test_the_page_is_whole_without_scripts_and_in_forced_colours(
    browser: Browser, home: str, name: str
) -> None:
    options: dict[str, Any] = {"java_script_enabled": False, "forced_colors": "active"}
    context = browser.new_context(**options)
    page = context.new_page()
    page.goto(home + PAGES[name])
    assert page.locator("main h1").is_visible()
    assert page.locator("footer").is_visible()
    context.close()


def test_a_table_can_be_moved_sideways_with_the_keyboard(browser: Browser, home: str) -> None:
    with visiting(browser, home, "narrow") as visit:
        visit.go(PAGES["share"])
        region = visit.page.get_by_role("region", name="Darlington and published figures")
        _tab_to(visit.page, "table-figures")
        visit.page.keyboard.press("ArrowRight")
        for _ in range(100):  # the page's policy forbids what Playwright's own waiting evaluates
            if region.evaluate("one => one.scrollLeft > 0"):
                break
            visit.page.wait_for_timeout(100)
        assert region.evaluate("one => one.scrollLeft > 0")
        assert region.evaluate("one => one === document.activeElement")


def _tab_to(page: Page, label: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('aria-labelledby')") == label:
            return
    raise AssertionError(f"the keyboard does not reach {label}")


def test_every_measure_can_be_reached_by_its_name(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        visit.go(PAGES["first"])
        visit.page.get_by_role("link", name="Permanent exclusions", exact=True).click()
        visit.page.wait_for_url("**/data/perm_excl/")
        assert visit.page.locator("h1").inner_text() == "Permanent exclusions"


def test_a_file_comes_when_its_link_is_followed(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        visit.go(PAGES["share"])
        with visit.page.expect_download() as coming:
            visit.page.get_by_role("link", name="(CSV").click()
        assert coming.value.suggested_filename == "ehcp_20w_excl.csv"


def test_the_html_is_valid(tmp_path: Path) -> None:
    program = shutil.which("html-validate")
    if program is None:
        pytest.skip("html-validate is not installed (npm install --global html-validate@10.17.0)")
    for name, path in PAGES.items():
        body = every_file()[f"{path.lstrip('/')}index.html"].body
        (tmp_path / f"{name}.html").write_bytes(body)
    config = ROOT / "tests" / "public" / "html_validate.json"
    pages = map(str, tmp_path.glob("*.html"))
    command = [program, "--config", str(config), "--formatter", "text", *pages]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout + done.stderr == ""
