"""Pointing at a number of the interactive chart: what is said is whole and lies on the chart."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.pages import COMPARE, MEASURE, OWN
from tests.browser.visit import visiting

pytestmark = pytest.mark.browser

OWN_MARKS = """() => {
  const plot = document.querySelector("#chart .js-plotly-plot");
  const own = plot._fullData.find((one) => one.meta && one.meta.series === "own");
  return [...plot.querySelectorAll(`.trace${own.uid} .points path`)].map((one) => {
    const box = one.getBoundingClientRect();
    return [box.left + box.width / 2, box.top + box.height / 2];
  });
}"""


@pytest.mark.parametrize("size", ["wide", "narrow"])
@pytest.mark.parametrize("path", [MEASURE, f"{OWN}measure/nd_waiting", COMPARE])
def test_every_number_says_what_it_is_inside_the_chart(
    browser: Browser, address: str, path: str, size: str
) -> None:
    with visiting(browser, address, size) as visit:
        visit.go(path)
        visit.page.locator("#chart").scroll_into_view_if_needed()
        marks: list[list[float]] = visit.page.evaluate(OWN_MARKS)
        for x, y in (marks[0], marks[len(marks) // 2], marks[-1]):
            visit.page.mouse.move(x, y)
            told = visit.page.locator("#chart .hoverlayer .hovertext")
            expect(told).to_have_count(1)
            expect(told).to_contain_text("Darlington" if path == COMPARE else "20")
            assert outside(visit.page) == []
            visit.page.mouse.move(1, 1)
            expect(told).to_have_count(0)
        assert visit.faults == []


def outside(page: Page) -> list[Any]:
    """What of the words lies outside the chart or the window."""
    found: list[Any] = page.evaluate(
        """() => {
          const chart = document.querySelector("#chart").getBoundingClientRect();
          const right = Math.min(chart.right, document.documentElement.clientWidth);
          return [...document.querySelectorAll("#chart .hovertext")]
            .map((one) => [one.textContent, one.getBoundingClientRect()])
            .filter(([, box]) => box.left < chart.left - 1 || box.right > right + 1
              || box.top < chart.top - 1 || box.bottom > chart.bottom + 1)
            .map(([words, box]) => [words, box.left - chart.left, box.right - chart.left,
              box.top - chart.top, box.bottom - chart.top]);
        }"""
    )
    return found
