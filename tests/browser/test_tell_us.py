"""Telling us what one thinks, in a real browser: in a frame, by keyboard, without JavaScript."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select
from sqlalchemy.engine import URL

from schemas.database import Database, open_database
from schemas.migrations import upgrade
from schemas.public_tables import feedback
from tests.browser.faults import SPACING, not_fitting, overlapping, violations
from tests.browser.serving import serving
from tests.browser.test_keyboard import pressed
from tests.browser.visit import SIZES, visiting
from tests.public.families_server import area_with, families_server

pytestmark = pytest.mark.browser

PLACE = "/easy-read/darlington/tell-us/"
OF_TOPIC = f"{PLACE}?topic=plans-on-time&edition=2025-26-summer-v1.0"
PICTURES = "[...document.querySelectorAll('main .picture')].map((one) => one.offsetWidth)"
SMALL = """() => [...document.querySelectorAll("main a, main button, main input, main textarea")]
  .filter((one) => one.type !== "hidden")
  .map((one) => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])
  .filter(([, box]) => box.width < 43.9 || box.height < 43.9).map(([html]) => html)"""
# R25 to R28: large, with room between lines, to the left, neither italic nor all in capitals.
LOOK = """() => [...document.querySelectorAll("main p, main label, main legend, main a")]
  .filter((one) => {
    const style = getComputedStyle(one), size = parseFloat(style.fontSize);
    return !(size >= 21.33 && parseFloat(style.lineHeight) / size >= 1.25
      && ["left", "start"].includes(style.textAlign)
      && style.fontStyle === "normal" && style.textTransform === "none");
  }).map((one) => one.outerHTML.slice(0, 80))"""
FRAME = (
    '<!DOCTYPE html><title>Local Offer</title><iframe title="SEND" src="{}" width="700"></iframe>'
)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    found = open_database(URL.create("sqlite", database=str(tmp_path / "said.sqlite3")))
    upgrade(found)
    yield found
    found.close()


@pytest.fixture
def offer() -> Iterator[HTTPServer]:
    """Another site, whose one page shows a frame with the address that `frame` names."""

    class Offer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(FRAME.format(self.path.removeprefix("/?")).encode())

        def log_message(self, *_: object) -> None:
            """The tests' own output is enough."""

    server = HTTPServer(("127.0.0.1", 0), Offer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def home(database: Database, offer: HTTPServer) -> Iterator[str]:
    origin = f"http://localhost:{offer.server_port}"
    area = area_with(
        comment_phone="01325 555 000",
        comment_post="SEND team, Town Hall, Darlington",
        frame_origins=(origin,),
    )
    with serving(families_server(database, area)) as home:
        yield home


def send(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Send", exact=True).click()


def words_kept(database: Database) -> list[str]:
    with database.reading() as connection:
        return list(connection.scalars(select(feedback.c.words).order_by(feedback.c.id)))


@pytest.mark.parametrize("size", SIZES)
def test_every_page_of_the_way_is_whole_and_accessible(
    browser: Browser, home: str, size: str
) -> None:
    with visiting(browser, home, size) as visit:
        page = visit.page
        wrong = {}

        def look(name: str) -> None:
            found = violations(page) + not_fitting(page) + overlapping(page)
            wrong[name] = found + page.evaluate(SMALL) + page.evaluate(LOOK)
            assert all(width >= 96 for width in page.evaluate(PICTURES)), name

        visit.go(OF_TOPIC)
        look("form")
        send(page)
        look("nothing chosen")
        page.locator("#easy-partly").check()
        page.locator("#tell-words").fill("My son Jack waits.")
        send(page)
        look("thanks")
        expect(page.locator("main")).to_contain_text("We took out words")
        for _ in range(5):
            visit.go(PLACE)
            page.locator("#easy-no").check()
            send(page)
        look("too many")
        expect(page.locator("h1")).to_have_text("We have too many messages now")
        assert {name: found for name, found in wrong.items() if found} == {}
        assert visit.elsewhere == []
        told = [one for one in visit.faults if "422" not in one and "429" not in one]
        assert told == [], "the browser itself tells of the two refusals"


def test_wider_spacing_and_forced_colours_lose_nothing(browser: Browser, home: str) -> None:
    with visiting(browser, home, "narrow", forced_colors="active") as visit:
        visit.go(OF_TOPIC)
        assert violations(visit.page) == []
        visit.page.evaluate(
            """(css) => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css);
            document.adoptedStyleSheets = [sheet]; }""",
            SPACING,
        )
        assert not_fitting(visit.page) == []
        assert overlapping(visit.page) == []


def test_it_is_sent_without_javascript_and_leads_back(
    browser: Browser, home: str, database: Database
) -> None:
    with visiting(browser, home, "narrow", java_script_enabled=False) as visit:
        visit.page.goto(home + OF_TOPIC)
        visit.page.locator("#easy-no").check()
        visit.page.locator("#tell-words").fill("Too many words.")
        send(visit.page)
        expect(visit.page.locator("h1")).to_have_text("Thank you")
        back = visit.page.get_by_role("link", name="Go back to the page")
        assert back.get_attribute("href") == "../../plans-on-time/"
    assert words_kept(database) == ["Too many words."]


def test_it_is_sent_by_keyboard_alone(browser: Browser, home: str, database: Database) -> None:
    with visiting(browser, home) as visit:
        visit.go(OF_TOPIC)
        page = visit.page
        page.evaluate("window.stops = [...document.querySelectorAll('a, input, textarea, button')]")
        seen = []
        for _ in range(5):
            one = pressed(page, "Tab")
            assert one["outlined"], one["html"]
            seen.append(
                page.evaluate("document.activeElement.id || document.activeElement.className")
            )
            if seen[-1] == "easy-yes":
                page.keyboard.press("ArrowDown")
            if seen[-1] == "tell-words":
                page.keyboard.type("Good pictures.")
        assert seen == ["skip", "home", "easy-yes", "tell-words", ""]
        with page.expect_navigation():
            page.keyboard.press("Enter")
        expect(page.locator("h1")).to_have_text("Thank you")
    assert words_kept(database) == ["Good pictures."]


def test_it_is_sent_from_a_frame_of_the_local_offer(
    browser: Browser, home: str, offer: HTTPServer, database: Database
) -> None:
    with visiting(browser, home) as visit:
        visit.page.goto(f"http://localhost:{offer.server_port}/?{home}{PLACE}")
        frame = visit.page.frame_locator("iframe")
        frame.locator("#easy-yes").check()
        frame.locator("#tell-words").fill("From a frame.")
        frame.get_by_role("button", name="Send", exact=True).click()
        expect(frame.locator("h1")).to_have_text("Thank you")
    assert words_kept(database) == ["From a frame."]


def test_no_other_site_shows_it_in_a_frame_or_sends_for_somebody(
    browser: Browser, home: str, offer: HTTPServer, database: Database
) -> None:
    with visiting(browser, home) as visit:
        visit.page.goto(f"http://127.0.0.1:{offer.server_port}/?{home}{PLACE}")
        expect(visit.page.frame_locator("iframe").locator("form")).to_have_count(0)
        visit.page.evaluate(
            """(to) => { const form = document.createElement("form");
            form.method = "post"; form.action = to;
            form.innerHTML = '<input name="easy" value="no">';
            document.body.append(form); form.submit(); }""",
            home + PLACE,
        )
        visit.page.wait_for_url(home + PLACE)
        expect(visit.page.locator("body")).to_contain_text("refused")
    assert words_kept(database) == []


@pytest.mark.parametrize("size", SIZES)
def test_the_accessibility_statement_is_accessible(browser: Browser, home: str, size: str) -> None:
    with visiting(browser, home, size) as visit:
        visit.go("/accessibility/darlington/")
        found = violations(visit.page) + not_fitting(visit.page) + overlapping(visit.page)
        assert (found, visit.faults, visit.elsewhere) == ([], [], [])
