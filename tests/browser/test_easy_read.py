"""The family pages in a real browser: every rule that only shows when a page is drawn."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.packing import brotli_form
from tests.browser.family_door import DOOR, PAGES, Door
from tests.browser.faults import SPACING, not_fitting, overlapping, violations
from tests.browser.pictures import keep_picture
from tests.browser.serving import serving
from tests.browser.test_keyboard import STOPS, pressed
from tests.browser.visit import visiting
from tests.conftest import ROOT

pytestmark = pytest.mark.browser

EVERY_PAGE = pytest.mark.parametrize("name", PAGES)
MOST_BYTES = 60_000  # of the front page with all it loads, as it is sent


@pytest.fixture(scope="module")
def door() -> Door:
    return Door()


@pytest.fixture(scope="module")
def home(door: Door) -> Iterator[str]:
    with serving(door) as address:
        yield address


@EVERY_PAGE
@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_a_family_page_is_whole_accessible_and_asks_nobody_else(
    browser: Browser, home: str, name: str, size: str
) -> None:
    with visiting(browser, home, size) as visit:
        visit.go(PAGES[name])
        page = visit.page
        found = keep_picture(page, f"easy-read-{name}-{size}")
        found += violations(page) + not_fitting(page) + overlapping(page)
        assert found + visit.faults + visit.elsewhere == []


@EVERY_PAGE
@pytest.mark.parametrize(
    "wishes",
    [{"forced_colors": "active"}, {"contrast": "more"}, {"reduced_motion": "reduce"}],
    ids=["forced colours", "more contrast", "less motion"],
)
def test_a_page_does_as_the_reader_has_set_their_device(
    browser: Browser, home: str, name: str, wishes: dict[str, Any]
) -> None:
    with visiting(browser, home, "narrow", **wishes) as visit:
        visit.go(PAGES[name])
        assert violations(visit.page) + not_fitting(visit.page) == []
        assert visit.page.evaluate("document.getAnimations().length") == 0


def test_filled_and_empty_are_told_apart_without_colours(browser: Browser, home: str) -> None:
    with visiting(browser, home, forced_colors="active") as visit:
        visit.go(PAGES["waits"])
        looks = [
            look(visit.page, f".months .{one}", "backgroundColor") for one in ("full", "empty")
        ]
        assert looks[0] != looks[1]
        visit.go(PAGES["plans"])
        looks = [look(visit.page, f".ten .{one}", "borderTopStyle") for one in ("full", "empty")]
        assert looks == ["solid", "dashed"]


def look(page: Page, what: str, style: str) -> str:
    return str(page.locator(what).first.evaluate(f"(one) => getComputedStyle(one).{style}"))


@EVERY_PAGE
def test_more_space_between_letters_and_twice_the_size_lose_nothing(
    browser: Browser, home: str, name: str
) -> None:
    with visiting(browser, home, "narrow", bypass_csp=True) as visit:
        visit.go(PAGES[name])
        visit.page.add_style_tag(content=SPACING)
        assert not_fitting(visit.page) + overlapping(visit.page) == []
        visit.page.add_style_tag(content="html { font-size: 200% !important }")
        assert not_fitting(visit.page) + overlapping(visit.page) == []


@EVERY_PAGE
def test_words_are_large_upright_and_left_aligned_in_short_lines(
    browser: Browser, home: str, name: str
) -> None:
    with visiting(browser, home) as visit:
        visit.go(PAGES[name])
        wrong: list[str] = visit.page.evaluate(
            """() => [...document.querySelectorAll("p, li, nav a, label, legend, button")]
              .filter((one) => one.checkVisibility())
              .filter((one) => {
                const style = getComputedStyle(one), size = parseFloat(style.fontSize);
                const letters = one.getBoundingClientRect().width / (0.5 * size);
                const prose = one.matches("p");
                return (prose && (size < 21.33 || letters > 70)) || size < 18
                  || (prose && parseFloat(style.lineHeight) < 1.5 * size - 0.1)
                  || !["left", "start"].includes(style.textAlign) && one.tagName !== "BUTTON"
                  || !["manual", "none"].includes(style.hyphens)
                  || style.fontStyle !== "normal" || style.textTransform !== "none"
                  || (prose && style.textDecorationLine !== "none")
                  || !style.fontFamily.startsWith("Arial");
              }).map((one) => one.outerHTML.slice(0, 120))"""
        )
        assert wrong == []


@EVERY_PAGE
@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_pictures_are_large_and_stand_beside_their_words_or_above_them(
    browser: Browser, home: str, name: str, size: str
) -> None:
    with visiting(browser, home, size) as visit:
        visit.go(PAGES[name])
        for row in visit.page.locator(".row, .topic").all():
            picture = row.locator(".picture").bounding_box()
            words = row.locator(".lines, .links").bounding_box()
            assert picture is not None
            assert words is not None
            assert min(picture["width"], picture["height"]) >= 96
            if size == "wide":
                assert picture["x"] + picture["width"] <= words["x"]
            else:
                assert picture["y"] + picture["height"] <= words["y"]


@EVERY_PAGE
@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_everything_to_press_is_large_enough(
    browser: Browser, home: str, name: str, size: str
) -> None:
    with visiting(browser, home, size) as visit:
        visit.go(PAGES[name])
        small: list[str] = visit.page.evaluate(
            """() => [...document.querySelectorAll("a, button, input, textarea")]
              .filter((one) => one.checkVisibility() && !one.matches(".skip, [type=hidden]"))
              .filter((one) => {
                const box = one.getBoundingClientRect();
                return box.height < 44 || box.width < 44;
              }).map((one) => one.outerHTML.slice(0, 120))"""
        )
        assert small == []


@EVERY_PAGE
def test_everything_is_reached_by_keyboard_in_reading_order_and_seen(
    browser: Browser, home: str, name: str
) -> None:
    with visiting(browser, home) as visit:
        visit.go(PAGES[name])
        stops = STOPS.replace("button, input", "button, textarea, input")
        # Of a group of round buttons the first is a stop, the others are reached by arrows.
        alone = "(one) => one.type !== 'radio' || one.value === 'yes'"
        count: int = visit.page.evaluate(f"(window.stops = {stops}.filter({alone})).length")
        reached = [pressed(visit.page, "Tab") for _ in range(count)]
        assert [one["number"] for one in reached] == [*range(count)]
        assert [one for one in reached if not one["outlined"] or not one["seen"]] == []
        pointed: list[str] = visit.page.evaluate(
            """() => [...document.querySelectorAll("body *")]
              .filter((one) => getComputedStyle(one).cursor === "pointer")
              .filter((one) => !one.closest("a, button, label, input"))
              .map((one) => one.outerHTML.slice(0, 120))"""
        )
        assert pointed == []


def test_the_skip_link_leads_to_the_words(browser: Browser, home: str) -> None:
    with visiting(browser, home, "narrow") as visit:
        visit.go(PAGES["plans"])
        visit.page.keyboard.press("Tab")
        skip = visit.page.locator(".skip")
        expect(skip).to_be_focused()
        expect(skip).to_be_in_viewport()
        visit.page.keyboard.press("Enter")
        expect(visit.page.locator("main")).to_be_focused()


@EVERY_PAGE
def test_without_a_script_every_word_is_there(browser: Browser, home: str, name: str) -> None:
    said = []
    for works in (True, False):
        with visiting(browser, home, java_script_enabled=works) as visit:
            visit.page.goto(home + PAGES[name])
            words = visit.page.locator("h1, h2, h3, p, a, dt, legend, label").all_inner_texts()
            said.append(words)
            assert visit.page.get_by_role("button", name="Words only").count() == int(works)
    assert said[0] == said[1]


@EVERY_PAGE
def test_a_page_is_printed_on_at_most_five_sheets(
    browser: Browser, home: str, name: str, tmp_path: Path
) -> None:
    if shutil.which("pdfinfo") is None:
        pytest.skip("poppler is not installed (Debian: apt-get install poppler-utils)")
    with visiting(browser, home) as visit:
        visit.go(PAGES[name])
        visit.page.pdf(path=tmp_path / "page.pdf", format="A4", tagged=True)
    facts = subprocess.check_output(["pdfinfo", tmp_path / "page.pdf"], text=True)
    assert int(re.findall(r"Pages: +(\d+)", facts)[0]) <= 5
    assert re.search(r"Tagged: +yes", facts)


def test_the_front_page_is_light(browser: Browser, home: str, door: Door) -> None:
    with visiting(browser, home, "narrow") as visit:
        asked: list[str] = []
        visit.page.on("request", lambda request: asked.append(request.url.removeprefix(home)))
        visit.go(DOOR)
        visit.page.wait_for_load_state("networkidle")
        bodies = [door.files[path].body for path in asked]
        assert sum(min(len(body), len(brotli_form(body, 9))) for body in bodies) <= MOST_BYTES


def test_a_whole_card_of_the_front_page_leads_to_its_topic(browser: Browser, home: str) -> None:
    with visiting(browser, home, "narrow") as visit:
        visit.go(DOOR)
        visit.page.locator(".topic img").first.click(force=True)
        visit.page.wait_for_url(f"**{PAGES['plans']}")


def test_an_answer_reaches_the_council_without_a_script(
    browser: Browser, home: str, door: Door
) -> None:
    with visiting(browser, home, java_script_enabled=False) as visit:
        visit.page.goto(home + PAGES["plans"])
        visit.page.get_by_label("Partly").check()
        visit.page.get_by_label("What can we do better?").fill("Shorter words")
        visit.page.get_by_role("button", name="Send").click()
        visit.page.wait_for_url("**/tell-us/")
    assert door.sent.pop() == {
        "topic": ["plans-on-time"],
        "edition": ["2025-26-summer-v1.0"],
        "easy": ["partly"],
        "words": ["Shorter words"],
    }


def test_words_only_leaves_the_words_and_is_remembered(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        visit.go(PAGES["plans"])
        before = visit.page.locator("main p").all_inner_texts()
        visit.page.get_by_role("button", name="Words only").click()
        visit.go(PAGES["plans"])
        expect(visit.page.locator(".picture, .ten").locator("visible=true")).to_have_count(0)
        assert visit.page.locator("main p").all_inner_texts() == before
        assert violations(visit.page) == []
        visit.page.get_by_role("button", name="Words and pictures").click()
        expect(visit.page.locator(".ten")).to_be_visible()


def test_words_can_be_made_bigger_and_stay_so(browser: Browser, home: str) -> None:
    with visiting(browser, home, "narrow") as visit:
        visit.go(PAGES["plans"])
        sizes = [size_of(visit.page)]
        for button in ("Bigger", "Biggest"):
            visit.page.get_by_role("button", name=button, exact=True).click()
            visit.go(PAGES["waits"])
            sizes.append(size_of(visit.page))
            assert not_fitting(visit.page) + overlapping(visit.page) == []
            pressed_one = visit.page.locator("[data-do=size][aria-pressed=true]")
            expect(pressed_one).to_have_accessible_name(button)
        assert sizes == [22, 27.5, 33]


def size_of(page: Page) -> float:
    return float(look(page, "main p", "fontSize").removesuffix("px"))


def test_a_browser_that_keeps_nothing_still_does_everything(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        visit.page.add_init_script(
            "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } })"
        )
        visit.go(PAGES["plans"])
        visit.page.get_by_role("button", name="Words only").click()
        expect(visit.page.locator(".ten")).to_be_hidden()
        assert visit.faults == []


def test_the_page_can_be_printed_with_a_button(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        visit.page.add_init_script("window.print = () => { window.printed = true; }")
        visit.go(PAGES["plans"])
        visit.page.get_by_role("button", name="Print this page").click()
        assert visit.page.evaluate("window.printed")


# Chromium without a screen has no voice: one is put in its place that only notes what it is given.
VOICE = """
  window.spoken = []; window.cancelled = 0;
  const voices = [["en-US", true], ["en-GB", false], ["en-GB", true], ["fr-FR", true]];
  const found = voices.map(([lang, localService]) => ({ lang, localService }));
  const speech = {
    getVoices: () => found, speak: (one) => window.spoken.push(one),
    cancel: () => { window.cancelled += 1; }, addEventListener: () => {},
  };
  Object.defineProperty(window, "speechSynthesis", { value: speech });
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
"""


@pytest.fixture
def listening(browser: Browser, home: str) -> Iterator[Page]:
    """The page about plans on a device that has a British voice of its own."""
    with visiting(browser, home) as visit:
        visit.page.add_init_script(VOICE)
        visit.go(PAGES["plans"])
        yield visit.page
        assert visit.faults == []


def last_spoken(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(
        "(({ text, rate, lang, voice }) => ({ text, rate, lang, here: voice.localService }))"
        "(window.spoken.at(-1))"
    )
    return found


def end_of_line(page: Page) -> None:
    page.evaluate("window.spoken.at(-1).onend()")


def test_listen_reads_one_sentence_at_a_time_and_marks_it(listening: Page) -> None:
    listening.get_by_role("button", name="Listen to this page").click()
    heard = []
    for _ in range(6):
        heard.append(last_spoken(listening)["text"])
        marked = listening.locator(".said")
        expect(marked).to_have_count(1)
        end_of_line(listening)
    assert heard[:2] == ["These numbers are not real.", "We made them up to show you the pages."]
    assert heard[2:5] == [
        "Were plans ready on time?",
        "What is a plan?",
        "Some children have a plan.",
    ]
    assert last_spoken(listening)["rate"] == 0.85


def test_listen_takes_a_british_voice_of_the_device_itself(listening: Page) -> None:
    listening.get_by_role("button", name="Listen to this page").click()
    spoken = last_spoken(listening)
    assert (spoken["lang"], spoken["here"]) == ("en-GB", True)


def test_a_part_of_the_page_can_be_read_alone(listening: Page) -> None:
    listening.locator("#number .part").click()
    heard = []
    for _ in range(3):
        heard.append(last_spoken(listening)["text"])
        end_of_line(listening)
    assert heard == [
        "How many plans were on time?",
        "About 6 out of 10 plans were ready on time.",
        "About 4 out of 10 plans were late.",
    ]
    assert listening.evaluate("window.spoken.length") == 3
    expect(listening.locator(".said")).to_have_count(0)
    expect(listening.get_by_role("button", name="Stop")).to_be_hidden()


def test_reading_can_be_paused_taken_up_again_and_stopped(listening: Page) -> None:
    listening.locator("#number .part").click()
    end_of_line(listening)
    before = listening.evaluate("window.cancelled")
    listening.get_by_role("button", name="Pause").click()
    assert listening.evaluate("window.cancelled") == before + 1
    end_of_line(listening)  # some browsers say so of what was cancelled
    listening.get_by_role("button", name="Go on").click()
    assert last_spoken(listening)["text"] == "About 6 out of 10 plans were ready on time."
    listening.get_by_role("button", name="Stop").click()
    expect(listening.locator(".said")).to_have_count(0)
    expect(listening.get_by_role("button", name="Pause")).to_be_hidden()


def test_names_are_said_as_people_say_them(listening: Page) -> None:
    listening.locator("#help .part").click()
    for _ in range(2):
        end_of_line(listening)
    assert last_spoken(listening)["text"] == "Darlington send eye ass"


def test_reading_ends_when_the_page_is_left(listening: Page) -> None:
    listening.get_by_role("button", name="Listen to this page").click()
    before = listening.evaluate("window.cancelled")
    listening.evaluate("window.dispatchEvent(new Event('pagehide'))")
    assert listening.evaluate("window.cancelled") == before + 1


def test_the_page_with_a_voice_is_accessible_and_fits(browser: Browser, home: str) -> None:
    with visiting(browser, home, "narrow") as visit:
        visit.page.add_init_script(VOICE)
        visit.go(PAGES["plans"])
        visit.page.get_by_role("button", name="Listen to this page").click()
        assert violations(visit.page) + not_fitting(visit.page) + overlapping(visit.page) == []
        assert keep_picture(visit.page, "easy-read-listening-narrow") == []


@EVERY_PAGE
def test_without_a_voice_of_the_device_nothing_offers_to_read(
    browser: Browser, home: str, name: str
) -> None:
    with visiting(browser, home) as visit:
        visit.page.add_init_script(VOICE.replace(", true]", ", false]"))
        visit.go(PAGES[name])
        expect(visit.page.get_by_role("button", name="Listen")).to_have_count(0)


def test_the_html_is_valid(door: Door, tmp_path: Path) -> None:
    program = shutil.which("html-validate")
    if program is None:
        pytest.skip("html-validate is not installed (npm install --global html-validate@10.17.0)")
    for name, path in PAGES.items():
        (tmp_path / f"{name}.html").write_bytes(door.files[path].body)
    config = ROOT / "tests" / "public" / "html_validate.json"
    command = [program, "--config", config, "--formatter", "text", *tmp_path.glob("*.html")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout + done.stderr == ""
