"""A number that was hidden or not sent is nowhere on the page that the browser holds."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.pages import OWN
from tests.browser.visit import visiting

pytestmark = pytest.mark.browser

PLOTTED = """() => document.querySelector("#chart .js-plotly-plot").data
  .filter((one) => one.meta && one.meta.series === "own")
  .flatMap((one) => one.x.map((on, i) => ({
    on, value: one.y[i], words: one.text[i], low: one.error_y ? one.error_y.array[i] : null })))
  .filter((one) => one.on || one.value !== null || one.low !== null || one.words)"""


@pytest.mark.parametrize(
    ("measure", "why"),
    [("cme_send", "hidden to protect privacy"), ("part_time_timetable", "not available")],
)
def test_a_number_that_is_not_shown_is_nowhere_in_the_browser(
    browser: Browser, address: str, measure: str, why: str
) -> None:
    with visiting(browser, address) as visit:
        visit.go(f"{OWN}measure/{measure}")
        page = visit.page
        plotted: list[dict[str, Any]] = page.evaluate(PLOTTED)
        assert plotted
        assert [one for one in plotted if one["on"] is None or one["on"] < "2023-01"] == []
        assert [one for one in plotted if "Autumn 2022/23" in one["words"]] == []
        assert drawn(page, "wide") == drawn(page, "narrow") == len(plotted)
        page.get_by_text("Show the data as a table").click()
        row = page.locator(".data tbody tr", has_text="Autumn term 2022/23")
        expect(row.locator("td").first).to_have_text(why)
        assert not [cell for cell in row.locator("td").all_inner_texts() if has_number(cell)]
        expect(page.locator("figcaption")).to_have_text(
            re.compile(rf"No figure for Autumn 2022/23[^.]*: {why}\.")
        )
        assert "2022" not in page.title()


def has_number(words: str) -> bool:
    return any(letter.isdigit() for letter in words)


def drawn(page: Page, size: str) -> int:
    """How many numbers the drawing shows."""
    count: int = page.evaluate(
        """(size) => [...document.querySelectorAll(
            `.chart-svg-${size} [data-series=own] path`)]
          .flatMap((one) => [...one.getAttribute("d").matchAll(/M[\\d.]+ [\\d.]+m/g)]).length""",
        size,
    )
    return count
