"""No page asks for what it does not draw, and nothing is sent twice to the same reader."""

import re

import pytest
from playwright.sync_api import Browser

from tests.browser.pages import COMPARE, COMPARISONS, GAPS, MEASURE, MEASURES, OWN
from tests.browser.visit import visiting

pytestmark = pytest.mark.browser

PLAIN = [r"site\.css", r"page\.js", r"favicon\.svg"]
EXPLORING = [
    *PLAIN,
    r"vendor/plotly-scatter-[\d.]+\.min\.js",
    r"/explore/[0-9a-f]+/_dash-component-suites/(dash/deps|dash/dash-renderer|dash/dcc)/.+\.js",
    r"/explore/[0-9a-f]+/_dash-(layout|dependencies)",
]


@pytest.mark.parametrize(
    "path", ["/", OWN, f"{OWN}?show=attention", GAPS, COMPARISONS["compare-count"]]
)
def test_a_page_without_an_interactive_chart_loads_neither_plotly_nor_dash(
    browser: Browser, address: str, asked: list[str], path: str
) -> None:
    with visiting(browser, address) as visit:
        asked.clear()
        visit.go(path)
        visit.page.wait_for_load_state("networkidle")
        assert others(asked, path, PLAIN) == []


@pytest.mark.parametrize("path", [MEASURE, COMPARE])
def test_a_page_with_one_loads_only_its_parts_and_each_once(
    browser: Browser, address: str, asked: list[str], path: str
) -> None:
    with visiting(browser, address) as visit:
        asked.clear()
        visit.go(path)
        visit.page.wait_for_load_state("networkidle")
        assert others(asked, path, EXPLORING) == []
        assert len(asked) == len(set(asked)) < 16
        assert sum("plotly" in one for one in asked) == 1


def others(asked: list[str], path: str, known: list[str]) -> list[str]:
    """What was asked for beside the page itself and what is known."""
    page = path.split("?")[0]
    known_ones = re.compile("|".join(known))
    return [one for one in asked if one != page and not known_ones.search(one)]


def test_a_second_visit_asks_for_the_page_alone(
    browser: Browser, address: str, asked: list[str]
) -> None:
    with visiting(browser, address) as visit:
        visit.go(MEASURE)
        visit.page.wait_for_load_state("networkidle")
        asked.clear()
        visit.go(MEASURES["measure-count"])
        visit.page.wait_for_load_state("networkidle")
        assert asked == [MEASURES["measure-count"]]
        asked.clear()
        visit.page.reload()
        visit.settled()
        visit.page.wait_for_load_state("networkidle")
        assert asked == [MEASURES["measure-count"]]


def test_another_measure_costs_its_page_and_no_more(
    browser: Browser, address: str, asked: list[str]
) -> None:
    with visiting(browser, address) as visit:
        visit.go(MEASURE)
        visit.page.wait_for_load_state("networkidle")
        asked.clear()
        other = f"{OWN}measure/ehcp_20w_incl"
        visit.page.locator(f'a[href="{other}"]').press("Enter")  # no pointer to foresee with
        visit.page.locator("h1", has_text="all plans").wait_for()
        visit.settled()
        visit.page.wait_for_load_state("networkidle")
        assert asked == [other]


def test_a_download_is_a_file_and_the_page_stays(browser: Browser, address: str) -> None:
    with visiting(browser, address) as visit:
        visit.go(MEASURE)
        for kind in ("CSV", "XLSX", "SVG", "PNG"):
            link = visit.page.locator(".files a", has_text=kind)
            with visit.page.expect_download() as download:
                link.click()
            name = download.value.suggested_filename
            assert name.startswith("ehcp_20w_excl_E06000005")
            assert name.endswith(f".{kind.lower()}")
        assert visit.page.url == address + MEASURE
        assert visit.faults == []
