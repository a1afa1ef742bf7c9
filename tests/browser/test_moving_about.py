"""From page to page without a reload: focus, title, announcement, history, and always the last
choice."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.pages import COMPARE, GAPS, MEASURE, NO_FIGURES, OWN
from tests.browser.visit import visiting

pytestmark = pytest.mark.browser

ALL_PLANS = f"{OWN}measure/ehcp_20w_incl"
WAITING = f"{OWN}measure/ehcp_open_over_20w"
OVER_A_YEAR = f"{OWN}measure/ehcp_issued_over_1y"
STAYED = "window.stayed = (window.stayed || 0) + 1"


def test_a_link_leads_to_the_heading_without_a_reload_and_back(
    browser: Browser, address: str
) -> None:
    with visiting(browser, address) as visit:
        page = visit.page
        visit.go(OWN)
        page.evaluate(STAYED)
        visit.follow(ALL_PLANS)
        heading = page.locator("h1", has_text="20 weeks, all plans")
        expect(heading).to_be_focused()
        expect(page).to_have_title(re.compile("all plans – Darlington"))
        expect(page.locator("#announce")).to_have_text(re.compile("Showing New EHC plans"))
        assert page.evaluate("scrollY") == 0
        page.go_back()
        expect(page.locator("h1", has_text="Darlington: special")).to_be_focused()
        expect(page).to_have_title(re.compile("Overview"))
        page.go_forward()
        expect(heading).to_be_focused()
        visit.settled()
        assert page.evaluate("window.stayed") == 1
        assert visit.faults == []


def test_a_choice_keeps_the_focus_is_announced_and_stays_in_the_address(
    browser: Browser, address: str
) -> None:
    with visiting(browser, address) as visit:
        page = visit.page
        visit.go(OWN)
        page.evaluate(STAYED)
        page.get_by_role("link", name="Core measures").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_have_text(re.compile(r"Showing \d+ of \d+ measures"))
        expect(page.get_by_role("link", name="Core measures")).to_be_focused()
        expect(page).to_have_url(re.compile(r"\?show=core$"))
        rows = page.locator("tbody tr").count()
        assert page.evaluate("window.stayed") == 1
        page.reload()
        assert page.locator("tbody tr").count() == rows


@pytest.mark.parametrize(
    ("path", "name"), [(GAPS, "The target"), (COMPARE, "Median"), (MEASURE, "2023")]
)
def test_a_choice_further_down_does_not_lose_its_place(
    browser: Browser, address: str, path: str, name: str
) -> None:
    with visiting(browser, address) as visit:
        visit.go(path)
        chosen = visit.page.get_by_role("link", name=name, exact=True)
        chosen.focus()
        before = visit.page.evaluate("scrollY")
        visit.page.keyboard.press("Enter")
        expect(visit.page.get_by_role("link", name=name, exact=True)).to_have_attribute(
            "aria-current", "true"
        )
        expect(chosen).to_be_focused()
        assert abs(visit.page.evaluate("scrollY") - before) < 5


def test_a_line_that_is_left_out_and_shown_again_keeps_its_place(
    browser: Browser, address: str
) -> None:
    with visiting(browser, address) as visit:
        visit.go(MEASURE)
        england = visit.page.get_by_role("navigation", name="Lines on the chart").get_by_role(
            "link", name="England"
        )
        for shown in ("false", "true"):
            england.focus()
            visit.page.keyboard.press("Enter")
            current = "[aria-current]" if shown == "true" else ":not([aria-current])"
            visit.page.locator(f"nav a.choice{current}:focus", has_text="England").wait_for()
            visit.settled()


def test_a_link_to_a_part_of_a_page_leads_there(browser: Browser, address: str) -> None:
    with visiting(browser, address) as visit:
        page = visit.page
        visit.go(GAPS)
        page.get_by_role("link", name="the SEND gap").click()
        expect(page.locator("#send-gap")).to_be_in_viewport()
        page.evaluate("scrollTo(0, 0)")
        page.locator("a.gap-title").first.click()
        expect(page).to_have_url(re.compile("#what-we-can-say$"))
        expect(page.locator("#what-we-can-say")).to_be_focused()
        expect(page.locator("#what-we-can-say")).to_be_in_viewport()
        page.go_back()
        expect(page.locator("#send-gap")).to_be_focused()


def test_the_form_leads_on_without_a_reload(browser: Browser, address: str) -> None:
    with visiting(browser, address) as visit:
        page = visit.page
        visit.go(COMPARE)
        page.evaluate(STAYED)
        page.get_by_text("Choose areas yourself").click()
        page.get_by_label("Hartlepool").check()
        page.get_by_label("County Durham").check()
        page.get_by_role("button", name="Compare with these").click()
        expect(page).to_have_url(re.compile(r"among=chosen&with=E06000047(,|%2C)E06000001"))
        expect(page.locator(".headline-words").first).to_have_text(re.compile("of 3 areas"))
        visit.settled()
        assert page.evaluate("window.stayed") == 1
        assert visit.faults == []


def test_of_two_quick_choices_the_last_is_shown(browser: Browser, address: str) -> None:
    with visiting(browser, address) as visit:
        page = visit.page
        visit.go(MEASURE)
        held: list[Route] = []
        page.route(re.compile(f"{ALL_PLANS}$"), lambda route: held.append(route))
        page.locator(f'a[href="{ALL_PLANS}"]').click()
        page.locator(f'a[href="{WAITING}"]').click()
        last = page.locator("h1", has_text="still waiting")
        expect(last).to_be_focused()
        assert held, "the first was asked for"
        held[0].continue_()
        page.wait_for_timeout(300)
        expect(last).to_be_visible()
        expect(page).to_have_url(re.compile(f"{WAITING}$"))
        expect(page).to_have_title(re.compile("waiting"))


@pytest.mark.parametrize("cold", [True, False], ids=["from the first", "when it runs"])
def test_after_three_quick_changes_the_chart_is_the_pages_own(
    browser: Browser, address: str, cold: bool
) -> None:
    """Whatever was on its way: at no moment does another page's chart stand in the place."""
    with visiting(browser, address) as visit:
        page = visit.page
        page.goto(address + MEASURE)
        if not cold:
            visit.settled()
        page.evaluate(WATCHING)
        for path in (ALL_PLANS, WAITING, OVER_A_YEAR):
            visit.follow_drawn(path)
        visit.settled()
        page.wait_for_timeout(300)
        seen: list[list[str]] = page.evaluate("window.seen")
        assert seen
        assert [one for one in seen if one[0] != one[1]] == []
        assert page.evaluate(f"({ENDS})()")[0] == page.evaluate(f"({ENDS})()")[1] != ""
        assert visit.faults == []


ENDS = """() => {
  const drawn = document.querySelector("#chart .chart-svg-wide [data-series=own] text");
  const plot = document.querySelector("#chart .js-plotly-plot");
  const live = [...plot.querySelectorAll(".annotation-text")].map((one) => one.textContent);
  const words = drawn ? drawn.textContent : "";
  return [words, live.find((one) => one === words) || live.join("; ")];
}"""
WATCHING = f"""() => {{
  const ends = {ENDS};
  window.seen = [];
  new MutationObserver((changes) => {{
    for (const one of changes) {{
      if (one.target.id === "chart" && one.target.isConnected && one.target.dataset.live) {{
        window.seen.push(ends());
      }}
    }}
  }}).observe(document.body, {{
    subtree: true, attributes: true, attributeFilter: ["data-live"] }});
}}"""


def test_a_page_reached_by_links_is_the_page_its_address_gives(
    browser: Browser, address: str
) -> None:
    path = [OWN, MEASURE, COMPARE, f"{OWN}gaps", f"{GAPS}?by=target", f"{NO_FIGURES}gaps"]
    with visiting(browser, address) as visit, visiting(browser, address) as direct:
        visit.go(OWN)
        visit.page.evaluate(STAYED)
        for one in path[1:]:
            visit.follow(one)
            direct.go(one)
            assert content(visit.page) == content(direct.page), one
            assert visit.page.title() == direct.page.title()
        assert visit.page.evaluate("window.stayed") == 1


def content(page: Page) -> Any:
    """The page as the server made it: without the interactive chart and marks of focus."""
    return page.evaluate(
        """() => {
          const copy = document.getElementById("page").cloneNode(true);
          copy.querySelectorAll(".explore").forEach((one) => one.replaceChildren());
          copy.querySelectorAll("#chart").forEach((one) => {
            delete one.dataset.live;
            one.removeAttribute("style");
          });
          return copy.innerHTML;
        }"""
    )


def test_a_resized_window_gets_the_chart_of_its_size(browser: Browser, address: str) -> None:
    with visiting(browser, address) as visit:
        visit.go(MEASURE)
        for width in (360, 1280):
            visit.page.set_viewport_size({"width": width, "height": 800})
            wanted = 320 if width < 700 else 800
            svg = visit.page.locator(f"#chart .main-svg[width='{wanted}']").first
            svg.wait_for()
            drawn = visit.page.locator("#chart > .chart-svg:visible").count()
            assert drawn == 0, "the drawing lies hidden behind the chart"
