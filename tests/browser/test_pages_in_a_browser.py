"""The pages as people meet them: on a wide and a narrow screen, by keyboard, under the policy."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.visit import visiting

pytestmark = pytest.mark.browser

OVERVIEW = "/dashboard/E06000005/"
MEASURES = ("ehcp_20w_excl", "ehcp_active", "nd_waiting", "suspension_rate", "part_time_timetable")
PAGES = (
    "/",
    OVERVIEW,
    f"{OVERVIEW}?show=core&theme=timeliness",
    "/dashboard/E06000047/",
    *(f"{OVERVIEW}measure/{name}" for name in MEASURES),
)
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}
SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; "
    "word-spacing: 0.16em !important } p { margin-bottom: 2em !important }"
)


@pytest.mark.parametrize("size", ["wide", "narrow"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_whole_accessible_and_asks_nobody_else(
    browser: Browser, address: str, path: str, size: str
) -> None:
    with visiting(browser, address, size) as visit:
        visit.go(path)
        assert violations(visit.page) == []
        for summary in visit.page.locator("summary").all():
            summary.click()
        assert violations(visit.page) == []
        assert not_fitting(visit.page) == []
        visit.page.add_style_tag(content=SPACING)
        assert not_fitting(visit.page) == []
        expect(visit.page.get_by_text("Share chart")).to_have_count(0)
        expect(visit.page.locator(".modebar-btn")).to_have_count(0)
        assert visit.faults == []
        assert visit.elsewhere == []


def violations(page: Page) -> list[Any]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found]


def not_fitting(page: Page) -> list[Any]:
    """What is wider than the window, except inside a region that scrolls by itself."""
    wide: list[Any] = page.evaluate(
        """() => {
          const width = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= width) { return []; }
          return [...document.querySelectorAll("body *")]
            .filter((one) => !one.closest(".scroll"))
            .filter((one) => one.getBoundingClientRect().right > width + 1)
            .map((one) => one.outerHTML.slice(0, 120)).concat("scrolls sideways");
        }"""
    )
    return wide


@pytest.mark.parametrize("path", [OVERVIEW, f"{OVERVIEW}measure/suspension_rate"])
def test_the_keyboard_reaches_everything_in_order_and_shows_where_it_is(
    browser: Browser, address: str, path: str
) -> None:
    with visiting(browser, address) as visit:
        visit.go(path)
        expected: list[str] = visit.page.evaluate(
            """() => [...document.querySelectorAll("a[href], summary, [tabindex='0']")]
              .filter((one) => one.checkVisibility()).map((one) => one.innerText.trim())"""
        )
        reached = [focused(visit.page) for _ in expected]
        assert [one["text"] for one in reached] == expected
        assert [one["text"] for one in reached if not one["outlined"]] == []
        assert [one["text"] for one in reached if not one["seen"]] == []


def focused(page: Page) -> dict[str, Any]:
    page.keyboard.press("Tab")
    found: dict[str, Any] = page.evaluate(
        """() => {
          const one = document.activeElement, style = getComputedStyle(one);
          const box = one.getBoundingClientRect();
          return {
            text: one.innerText.trim(),
            outlined: style.outlineStyle === "solid" && parseFloat(style.outlineWidth) >= 4,
            seen: box.top >= -1 && box.top < innerHeight && box.width > 0,
          };
        }"""
    )
    return found


def test_targets_are_large_enough(browser: Browser, address: str) -> None:
    """44 pixels for everything that stands by itself; a link inside a sentence may be less."""
    with visiting(browser, address, "narrow") as visit:
        visit.go(f"{OVERVIEW}measure/nd_waiting")
        small = visit.page.evaluate(
            """() => [...document.querySelectorAll(
                "header a, nav a, summary, .data a, .about dd a")]
              .filter((one) => one.getBoundingClientRect().height < 43.5)
              .map((one) => one.outerHTML)"""
        )
        assert small == []


def test_a_link_moves_the_focus_to_the_heading_without_a_reload(
    browser: Browser, address: str
) -> None:
    with visiting(browser, address) as visit:
        visit.go(OVERVIEW)
        visit.page.evaluate("window.stayed = true")
        visit.page.get_by_role("link", name="New EHC plans finished within 20 weeks, all").click()
        heading = visit.page.locator("h1", has_text="20 weeks, all plans")
        expect(heading).to_be_focused()
        expect(visit.page).to_have_title(re.compile("all plans – Darlington"))
        assert visit.page.evaluate("window.stayed && scrollY === 0")
        visit.settled()
        visit.page.go_back()
        expect(visit.page.locator("h1", has_text="Darlington: special")).to_be_focused()
        visit.page.go_forward()
        expect(heading).to_be_focused()
        assert visit.faults == []


def test_a_choice_keeps_the_focus_is_announced_and_stays_in_the_address(
    browser: Browser, address: str
) -> None:
    with visiting(browser, address) as visit:
        visit.go(OVERVIEW)
        visit.page.get_by_role("link", name="Core measures").focus()
        visit.page.keyboard.press("Enter")
        expect(visit.page.get_by_role("status")).to_have_text(
            re.compile(r"Showing \d+ of \d+ measures")
        )
        expect(visit.page.get_by_role("link", name="Core measures")).to_be_focused()
        expect(visit.page).to_have_url(re.compile(r"\?show=core$"))
        rows = visit.page.locator("tbody tr").count()
        visit.page.reload()
        visit.settled()
        assert visit.page.locator("tbody tr").count() == rows


def test_the_skip_link_leads_to_the_figures(browser: Browser, address: str) -> None:
    with visiting(browser, address) as visit:
        visit.go(OVERVIEW)
        visit.page.keyboard.press("Tab")
        expect(visit.page.get_by_role("link", name="Skip to main content")).to_be_focused()
        visit.page.keyboard.press("Enter")
        expect(visit.page.locator("main")).to_be_focused()


def test_nothing_about_the_chart_is_cut_or_covered(browser: Browser, address: str) -> None:
    for size in ("wide", "narrow"):
        with visiting(browser, address, size) as visit:
            visit.go(f"{OVERVIEW}measure/ehcp_20w_excl")
            cut = visit.page.evaluate(
                """() => {
                  const chart = document.querySelector(".chart").getBoundingClientRect();
                  return [...document.querySelectorAll(".chart text")].filter((one) => {
                    const box = one.getBoundingClientRect();
                    return box.width && (box.left < chart.left - 1 || box.right > chart.right + 1
                      || box.bottom > chart.bottom + 1);
                  }).map((one) => one.textContent);
                }"""
            )
            assert cut == []
            covered = visit.page.evaluate(
                """() => {
                  const boxes = [...document.querySelectorAll(".chart .annotation-text")]
                    .map((one) => one.getBoundingClientRect()).sort((a, b) => a.top - b.top);
                  return boxes.slice(1).filter((one, i) => one.top < boxes[i].bottom - 4).length;
                }"""
            )
            assert covered == 0


def test_the_download_is_a_file(browser: Browser, address: str) -> None:
    with visiting(browser, address) as visit:
        visit.go(f"{OVERVIEW}measure/ehcp_active")
        with visit.page.expect_download() as download:
            visit.page.get_by_role("link", name="Download the data").click()
        assert download.value.suggested_filename == "ehcp_active_E06000005.csv"


@pytest.mark.parametrize(
    "options", [{"forced_colors": "active"}, {"reduced_motion": "reduce"}, {"contrast": "more"}]
)
def test_the_page_stands_with_a_readers_own_settings(
    browser: Browser, address: str, options: dict[str, Any]
) -> None:
    with visiting(browser, address, "narrow", **options) as visit:
        visit.go(f"{OVERVIEW}measure/ehcp_20w_excl")
        assert violations(visit.page) == []
        assert visit.faults == []


def test_the_overview_loads_no_chart_program(browser: Browser, address: str) -> None:
    with visiting(browser, address) as visit:
        visit.go(OVERVIEW)
        assert not [url for url in visit.requests if "plotly" in url]


def test_an_unknown_address_is_a_plain_page(browser: Browser, address: str) -> None:
    with visiting(browser, address, "narrow") as visit:
        answer = visit.page.goto(f"{address}/dashboard/nothing")
        assert answer is not None
        assert answer.status == 404
        assert violations(visit.page) == []
