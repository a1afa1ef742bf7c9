"""The page is whole before and without its scripts, and the interactive chart takes the drawn
one's place without a jump."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.faults import not_fitting, violations
from tests.browser.pages import COMPARE, GAPS, MEASURE, NO_FIGURES, OWN
from tests.browser.visit import visiting

pytestmark = pytest.mark.browser

CHARTS = {
    "measure": MEASURE,
    "count": f"{OWN}measure/ehcna_requests",
    "months": f"{OWN}measure/nd_waiting",
    "published only": f"{NO_FIGURES}measure/ehcp_20w_excl",
    "compare": COMPARE,
}
SHIFTS = """
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) { if (!one.hadRecentInput) window.shifted += one.value; }
  }).observe({ type: "layout-shift", buffered: true });
"""
OWN_MARKS = """() => {
  const middle = (box) => [box.left + box.width / 2, box.top + box.height / 2];
  const shown = [...document.querySelectorAll("#chart > .chart-svg")]
    .find((one) => getComputedStyle(one).display !== "none");
  const place = shown.getScreenCTM();
  const drawn = [...shown.querySelectorAll("[data-series=own] path")]
    .flatMap((one) => [...one.getAttribute("d").matchAll(/M([\\d.]+) ([\\d.]+)m/g)])
    .map((one) => new DOMPoint(one[1], one[2]).matrixTransform(place))
    .map((one) => [one.x, one.y]);
  const plot = document.querySelector("#chart .js-plotly-plot");
  const own = plot._fullData.find((one) => one.meta && one.meta.series === "own");
  const live = [...plot.querySelectorAll(`.trace${own.uid} .points path`)]
    .map((one) => middle(one.getBoundingClientRect()));
  const across = (a, b) => a[0] - b[0];
  return { drawn: drawn.sort(across), live: live.sort(across) };
}"""


def test_without_scripts_a_measure_has_its_headline_chart_words_and_table(
    browser: Browser, address: str
) -> None:
    with visiting(browser, address, java_script_enabled=False) as visit:
        for path in CHARTS.values():
            visit.page.goto(address + path)
            expect(visit.page.locator(".big-figure")).to_have_text(re.compile(r"\d"))
            expect(visit.page.locator(".headline-words").last).to_have_text(re.compile(r"\d"))
            expect(visit.page.locator(".chart-svg-wide")).to_be_visible()
            expect(visit.page.locator("figcaption")).to_have_text(re.compile(r"\d"))
            visit.page.locator(".data summary").click()
            expect(visit.page.locator(".data table")).to_be_visible()
            assert visit.page.locator(".data tbody tr").count() > 2
        assert visit.faults == []


def test_without_scripts_links_and_the_form_lead_on(browser: Browser, address: str) -> None:
    with visiting(browser, address, "narrow", java_script_enabled=False) as visit:
        page = visit.page
        page.goto(address + OWN)
        assert page.locator("table.overview tbody tr").count() > 60
        assert page.locator("svg.sparkline").count() > 40
        page.get_by_role("link", name="see where the gaps are").click()
        expect(page.locator("h1")).to_have_text("Where are the gaps?")
        assert page.locator(".gap-words").count() > 2
        page.goto(address + MEASURE)
        page.get_by_role("link", name="Compared with other areas").click()
        page.get_by_text("Choose areas yourself").click()
        page.get_by_label("Hartlepool").check()
        page.get_by_label("County Durham").check()
        page.get_by_role("button", name="Compare with these").click()
        expect(page.locator(".headline-words").first).to_have_text(re.compile("of 3 areas"))
        expect(page.get_by_label("Hartlepool")).to_be_checked()


@pytest.mark.parametrize("blocked", ["**/explore/**", "**/vendor/**"])
def test_when_the_charts_files_do_not_come_the_drawing_stays(
    browser: Browser, address: str, blocked: str
) -> None:
    """This is also the page as axe sees it before the interactive chart is there."""
    with visiting(browser, address) as visit:
        visit.page.route(blocked, lambda route: route.abort())
        for path in (MEASURE, COMPARE):
            with visit.page.expect_event("requestfailed"):
                visit.page.goto(address + path)
            visit.page.wait_for_timeout(300)
            expect(visit.page.locator("#chart .chart-svg-wide")).to_be_visible()
            expect(visit.page.locator("#chart[data-live]")).to_have_count(0)
            assert violations(visit.page) + not_fitting(visit.page) == []
        visit.follow_drawn(GAPS)
        visit.page.go_back()
        expect(visit.page.locator("#chart .chart-svg-wide")).to_be_visible()
        assert [one for one in visit.faults if "ERR_FAILED" not in one] == []


@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_the_interactive_chart_takes_the_drawn_ones_place_without_a_jump(
    browser: Browser, address: str, size: str
) -> None:
    with visiting(browser, address, size) as visit:
        visit.page.add_init_script(SHIFTS)
        for name, path in CHARTS.items():
            visit.page.goto(address + path, wait_until="domcontentloaded")
            before = chart_box(visit.page)
            assert before["height"] > 150, name
            visit.settled()
            visit.page.wait_for_timeout(100)
            assert chart_box(visit.page) == before, name
            assert visit.page.evaluate("window.shifted") < 0.01, name
            marks = visit.page.evaluate(OWN_MARKS)
            assert len(marks["drawn"]) == len(marks["live"]) > 0, name
            assert [off for off in map(distance, marks["drawn"], marks["live"]) if off > 2] == []
            drawn, live = words(visit.page, ".chart-svg"), words(visit.page, ".explore")
            assert drawn - live == set(), name


def chart_box(page: Page) -> dict[str, float]:
    box: dict[str, float] = page.evaluate(
        """() => {
          const box = document.querySelector("#chart").getBoundingClientRect();
          return { left: box.left, top: box.top, width: box.width, height: box.height };
        }"""
    )
    return box


def distance(one: list[float], other: list[float]) -> float:
    return max(abs(one[0] - other[0]), abs(one[1] - other[1]))


def words(page: Page, where: str) -> set[str]:
    """The words of a chart that is shown, each line by itself."""
    found: list[str] = page.evaluate(
        """(where) => [...document.querySelectorAll(`#chart > ${where} text`)]
          .filter((one) => one.getBoundingClientRect().width)
          .flatMap((one) => one.querySelector("tspan")
            ? [...one.querySelectorAll("tspan")].map((line) => line.textContent)
            : [one.textContent])""",
        where,
    )
    return {one.strip() for one in found if one.strip()}


def test_nothing_about_a_chart_is_cut_or_covered(browser: Browser, address: str) -> None:
    for size in ("wide", "narrow"):
        with visiting(browser, address, size) as visit:
            for name, path in CHARTS.items():
                visit.go(path)
                assert lost_words(visit.page) == [], (name, size)


def lost_words(page: Page) -> list[Any]:
    """Words of a chart that leave it, or lie on other words."""
    found: list[Any] = page.evaluate(
        """() => {
          const chart = document.querySelector("#chart").getBoundingClientRect();
          const lines = [...document.querySelectorAll("#chart > .chart-svg text")]
            .flatMap((one) => [...one.querySelectorAll("tspan"), one].slice(0, -1).length
              ? [...one.querySelectorAll("tspan")] : [one])
            .map((one) => ({ words: one.textContent, box: one.getBoundingClientRect() }))
            .filter((one) => one.box.width);
          const out = lines.filter(({ box }) => box.left < chart.left - 2
            || box.right > chart.right + 2 || box.bottom > chart.bottom + 2);
          const over = lines.filter(({ box: a }, i) => lines.some(({ box: b }, j) => j > i
            && Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
            && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 5));
          return [...out, ...over].map((one) => one.words);
        }"""
    )
    return found
