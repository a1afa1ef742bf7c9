"""Readers bring their own settings, and paper: nothing is lost, nothing lies on anything."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.faults import not_fitting, overlapping, violations
from tests.browser.pages import COMPARE, GAPS, MEASURE, OWN
from tests.browser.visit import visiting

pytestmark = pytest.mark.browser

PATHS = (
    f"{OWN}?show=core&theme=timeliness",
    GAPS,
    MEASURE,
    f"{COMPARE}?among=chosen&with=E06000001",
)


@pytest.mark.parametrize(
    "options", [{"forced_colors": "active"}, {"reduced_motion": "reduce"}, {"contrast": "more"}]
)
def test_a_page_stands_with_a_readers_own_settings(
    browser: Browser, address: str, options: dict[str, Any]
) -> None:
    with visiting(browser, address, "narrow", **options) as visit:
        for path in PATHS:
            visit.go(path)
            assert violations(visit.page) + not_fitting(visit.page) == [], path
        assert visit.faults == []


def test_with_forced_colours_a_chart_keeps_its_own_paper(browser: Browser, address: str) -> None:
    """Its inks are chosen for white; on a black page they would not be seen."""
    with visiting(browser, address, forced_colors="active") as visit:
        visit.go(MEASURE)
        paper = "(one) => getComputedStyle(one).backgroundColor"
        assert visit.page.locator("#chart").evaluate(paper) == "rgb(255, 255, 255)"
        for one in (".swatch-own", ".bar"):
            found = visit.page.locator(one).first.evaluate(
                "(one) => getComputedStyle(one).forcedColorAdjust"
            )
            assert found == "none", one


def test_with_less_motion_nothing_moves(browser: Browser, address: str) -> None:
    with visiting(browser, address, reduced_motion="reduce") as visit:
        visit.go(MEASURE)
        moving = visit.page.evaluate(
            """() => [...document.querySelectorAll("#page *")].filter((one) => {
              const style = getComputedStyle(one);
              return style.animationName !== "none" || /[1-9]/.test(style.transitionDuration);
            }).map((one) => one.outerHTML.slice(0, 100))"""
        )
        assert moving == []


@pytest.mark.parametrize("path", PATHS, ids=["overview", "gaps", "measure", "compare"])
def test_text_twice_as_large_loses_nothing(browser: Browser, address: str, path: str) -> None:
    with visiting(browser, address) as visit:
        visit.go(path)
        before = lines(visit.page)
        visit.page.add_style_tag(content="html { font-size: 200% !important }")
        for summary in reversed(visit.page.locator("details:not([open]) > summary").all()):
            summary.click()
        assert not_fitting(visit.page) + overlapping(visit.page) == []
        assert before <= lines(visit.page)


def lines(page: Page) -> set[str]:
    """The words that can be seen, by element."""
    seen: list[str] = page.evaluate(
        """() => [...document.querySelectorAll(
            "h1, h2, h3, h4, p, li, dt, dd, th, td, summary, label")]
          .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height > 4)
          .map((one) => one.textContent.trim())"""
    )
    return set(seen)


def test_the_overview_of_every_measure_prints_on_two_tagged_sheets(
    browser: Browser, address: str
) -> None:
    with visiting(browser, address) as visit:
        visit.go(OWN)
        paper = visit.page.pdf(prefer_css_page_size=True, tagged=True, outline=True)
        assert sheets(paper) == 2
        assert b"/StructTreeRoot" in paper
        assert b"/Lang (en-GB)" in paper


def test_a_measure_prints_its_drawing_and_its_tables(browser: Browser, address: str) -> None:
    with visiting(browser, address) as visit:
        visit.go(MEASURE)
        visit.page.emulate_media(media="print")
        paper = visit.page.pdf(prefer_css_page_size=True, tagged=True, outline=True)
        assert b"/StructTreeRoot" in paper
        assert 1 < sheets(paper) < 10
        expect(visit.page.locator("main details:not([open])")).to_have_count(0)
        expect(visit.page.locator(".data table")).to_be_visible()
        drawings = visit.page.locator("#chart > .chart-svg")
        shown = [one for one in drawings.all() if one.is_visible()]
        assert len(shown) == 1, "the drawing, in one of its sizes"
        expect(visit.page.locator("#chart .explore")).to_be_hidden()
        assert not_fitting(visit.page) == []


def sheets(paper: bytes) -> int:
    return len(re.findall(rb"/Type ?/Page\b", paper))
