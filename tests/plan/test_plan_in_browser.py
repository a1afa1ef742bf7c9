"""The plan's pages in a real browser, wide and narrow: whole, accessible, also without a script."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from dashboard import create_app
from schemas.database import Database
from tests.browser.faults import not_fitting, overlapping, violations
from tests.browser.office import at_desk
from tests.browser.serving import serving
from tests.browser.test_every_page import wrong
from tests.browser.visit import SIZES, visiting
from tests.dashboard.page_text import AREA
from tests.staff.people import DARLINGTON

pytestmark = pytest.mark.browser

PAGES = {"plan": f"{AREA}plan", "plan-overdue": f"{AREA}plan?show=overdue"}
STAFF = {
    "list": f"/staff/{DARLINGTON}/plan",
    "action": f"/staff/{DARLINGTON}/plan/8",
    "new": f"/staff/{DARLINGTON}/plan/add",
    "history": f"/staff/{DARLINGTON}/plan/8/history",
}


@pytest.fixture(scope="module")
def home(demonstration: Database) -> Iterator[str]:
    with serving(create_app(demonstration)) as home:
        yield home


@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_the_plan_is_whole_accessible_and_asks_nobody_else(
    browser: Browser, home: str, size: str
) -> None:
    with visiting(browser, home, size) as visit:
        found = {name: wrong(visit, path, f"{name}-{size}") for name, path in PAGES.items()}
        assert {name: what for name, what in found.items() if what} == {}
        assert visit.elsewhere == []


def test_the_plan_reads_whole_without_a_script(browser: Browser, home: str) -> None:
    with visiting(browser, home, "narrow", java_script_enabled=False) as visit:
        visit.page.goto(home + PAGES["plan"])
        assert visit.page.locator(".plan-action").count() == 23
        visit.page.get_by_role("link", name="Overdue", exact=True).click()
        visit.page.wait_for_url("**show=overdue")
        assert visit.page.locator(".plan-action").count() == 5


def test_the_plan_keeps_its_looks_when_reached_by_a_link(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        visit.go(AREA)
        visit.follow(PAGES["plan"])
        mark = visit.page.locator(".plan-status .status-mark").first
        mark.wait_for()
        visit.page.wait_for_load_state("networkidle")
        box = mark.bounding_box()
        assert box is not None
        assert (box["width"], box["height"]) == (16, 16)


@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_the_staff_pages_of_the_plan_are_whole_and_accessible(
    browser: Browser, home: str, size: str
) -> None:
    width, height = SIZES[size]
    with at_desk(browser, home, "assurer", viewport={"width": width, "height": height}) as page:
        for path in STAFF.values():
            page.goto(home + path)
            assert violations(page) + not_fitting(page) + overlapping(page) == [], path
