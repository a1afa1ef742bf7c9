"""Every page by keyboard: everything is reached in order, seen, large enough, and left again."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.pages import COMPARE, GAPS, MEASURE, OWN
from tests.browser.visit import visiting

pytestmark = pytest.mark.browser

KINDS = {
    "front door": "/",
    "overview": f"{OWN}?show=core&theme=timeliness",
    "gaps": GAPS,
    "measure": MEASURE,
    "compare": f"{COMPARE}?among=chosen&with=E06000047,E06000001",
}
STOPS = (
    "[...document.querySelectorAll(\"a[href], summary, button, input, [tabindex='0']\")]"
    ".filter((one) => one.type !== 'hidden' && one.checkVisibility())"
)


@pytest.mark.parametrize("path", KINDS.values(), ids=list(KINDS))
def test_everything_is_reached_in_order_seen_and_left(
    browser: Browser, address: str, path: str
) -> None:
    with visiting(browser, address) as visit:
        visit.go(path)
        open_all(visit.page)
        count: int = visit.page.evaluate(f"(window.stops = {STOPS}).length")
        assert count > 3
        reached = [pressed(visit.page, "Tab") for _ in range(count)]
        assert [one["number"] for one in reached] == [*range(count)]
        assert [one for one in reached if not one["outlined"]] == []
        assert [one for one in reached if not one["seen"]] == []
        back = [pressed(visit.page, "Shift+Tab")["number"] for _ in range(3)]
        assert back == [count - 2, count - 3, count - 4]
        for _ in range(3):
            visit.page.keyboard.press("Tab")
        assert pressed(visit.page, "Tab")["number"] in (-1, 0), "the last one lets go"


def open_all(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")


def pressed(page: Page, key: str) -> dict[str, Any]:
    """Where the focus is after a key: the number of the stop, and how it looks."""
    page.keyboard.press(key)
    found: dict[str, Any] = page.evaluate(
        """() => {
          const one = document.activeElement, style = getComputedStyle(one);
          const box = one.getClientRects()[0] || one.getBoundingClientRect();
          const x = box.left + box.width / 2, y = box.top + Math.min(box.height / 2, 20);
          const top = document.elementFromPoint(x, y);
          return {
            number: window.stops.indexOf(one),
            html: one.outerHTML.slice(0, 100),
            outlined: style.outlineStyle === "solid" && parseFloat(style.outlineWidth) >= 4,
            seen: box.width > 0 && box.top >= -1 && Boolean(top)
              && (one.contains(top) || top.contains(one)),
          };
        }"""
    )
    return found


def test_the_skip_link_leads_past_the_menus(browser: Browser, address: str) -> None:
    with visiting(browser, address, "narrow") as visit:
        for path in ("/", OWN, MEASURE):
            visit.go(path)
            visit.page.keyboard.press("Tab")
            skip = visit.page.get_by_role("link", name="Skip to main content")
            expect(skip).to_be_focused()
            expect(skip).to_be_in_viewport()
            visit.page.keyboard.press("Enter")
            expect(visit.page.locator("main")).to_be_focused()


def test_a_table_that_scrolls_sideways_scrolls_by_keyboard(browser: Browser, address: str) -> None:
    with visiting(browser, address, "narrow") as visit:
        visit.go(MEASURE)
        visit.page.get_by_text("Show the data as a table").focus()
        visit.page.keyboard.press("Enter")
        visit.page.keyboard.press("Tab")
        region = visit.page.locator(".scroll:focus")
        expect(region).to_be_visible()
        visit.page.keyboard.press("ArrowRight")
        visit.page.wait_for_timeout(200)
        assert region.evaluate("(one) => one.scrollLeft") > 0


@pytest.mark.parametrize(("size", "least"), [("narrow", 43.5), ("wide", 23.5)])
def test_targets_are_large_enough(browser: Browser, address: str, size: str, least: float) -> None:
    """44 pixels under a thumb and 24 under a mouse, where menus and buttons have 44 too; a link
    in the middle of a sentence is as tall as its line."""
    menus = "header a, nav a, .choices a, .choices label, summary, button, .files a"
    with visiting(browser, address, size) as visit:
        for path in KINDS.values():
            visit.go(path)
            open_all(visit.page)
            small = visit.page.evaluate(
                """([menus, least]) => [...document.querySelectorAll(
                    "a[href], label, summary, button")]
                  .filter((one) => one.checkVisibility() && !one.closest("p, footer, .skip"))
                  .filter((one) => one.getBoundingClientRect().height
                    < (one.matches(menus) ? 43.5 : least))
                  .map((one) => one.outerHTML.slice(0, 120))""",
                [menus, least],
            )
            assert small == [], path
