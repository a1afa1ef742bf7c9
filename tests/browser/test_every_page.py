"""Every page in every state, on a wide and a narrow screen: whole, accessible, by itself."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.faults import SPACING, not_fitting, overlapping, vendor_parts, violations
from tests.browser.pages import (
    COMPARISONS,
    GAP_PAGES,
    MEASURES,
    NOT_FOUND,
    OVERVIEWS,
    PLAIN,
)
from tests.browser.pictures import keep_picture
from tests.browser.visit import Visit, visiting

pytestmark = pytest.mark.browser

KINDS = {
    "overview": OVERVIEWS,
    "gaps": {**PLAIN, **GAP_PAGES},
    "measure": MEASURES,
    "compare": COMPARISONS,
}


@pytest.mark.parametrize("size", ["wide", "narrow"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_whole_accessible_and_asks_nobody_else(
    browser: Browser, address: str, kind: str, size: str
) -> None:
    with visiting(browser, address, size) as visit:
        found = {name: wrong(visit, path, f"{name}-{size}") for name, path in KINDS[kind].items()}
        assert {name: what for name, what in found.items() if what} == {}
        assert visit.elsewhere == []


def wrong(visit: Visit, path: str, name: str) -> list[Any]:
    """Everything that is wrong with one page, as it comes, opened and spaced out; its picture is
    kept."""
    page = visit.page
    visit.faults.clear()
    visit.go(path)
    found = keep_picture(page, name) + not_fitting(page) + overlapping(page)
    closed = page.locator("details:not([open]) > summary").all()
    if closed and name.endswith("wide"):
        found += violations(page)
    for summary in reversed(closed):  # each that is opened leaves the list
        summary.click()
    found += violations(page) + not_fitting(page) + overlapping(page)
    page.add_style_tag(content=SPACING)
    found += not_fitting(page) + overlapping(page)
    return [*found, *visit.faults, *["Plotly's own buttons"][: vendor_parts(page)]]


@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_an_unknown_address_is_a_plain_page(browser: Browser, address: str, size: str) -> None:
    with visiting(browser, address, size) as visit:
        answer = visit.page.goto(address + NOT_FOUND)
        assert answer is not None
        assert answer.status == 404
        assert violations(visit.page) + not_fitting(visit.page) == []
        assert keep_picture(visit.page, f"not-found-{size}") == []
        visit.page.get_by_role("link", name="Home").click()
        visit.page.wait_for_url(f"{address}/")
