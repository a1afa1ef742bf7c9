"""Every page that the demonstration shows everyone, after real disclosure control, in a browser."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Browser

from dashboard import create_app
from dashboard.public.easy_read.shapes import SHAPES
from schemas.term import parse_term
from tests.browser.faults import not_fitting, overlapping, violations
from tests.browser.pictures import keep_picture
from tests.browser.serving import serving
from tests.browser.test_keyboard import STOPS, pressed
from tests.browser.visit import visiting
from tests.conftest import ROOT
from tests.public.attacker.editions import Editions
from tests.public.builders import release
from tests.public.from_csv import read_figures
from tests.public.recomputed import expected

pytestmark = pytest.mark.browser

FAMILIES, DATA = "/easy-read/darlington/", "/data/darlington/"
MOST_BYTES = 60_000  # of the front page with all it loads, as it is sent
TOPICS = [shape.slug for shape in SHAPES]
ADDRESSES = {
    "front": FAMILIES,
    **{slug: f"{FAMILIES}{slug}/" for slug in TOPICS},
    "hard words": f"{FAMILIES}hard-words/",
    "tell us": f"{FAMILIES}tell-us/?topic=plans-on-time",
    "thanks": f"{FAMILIES}tell-us/thanks/?topic=plans-on-time",
    "data": DATA,
    "data of a share": f"{DATA}ehcp_20w_excl/",
    "data of a breakdown": f"{DATA}ehcp_primary_need/",
    "data of a wait": f"{DATA}nd_wait_median_days/",
    "methods": f"{DATA}methods/",
    "accessibility": "/accessibility/darlington/",
}
EVERY_PAGE = pytest.mark.parametrize("name", ADDRESSES)
# A sentence that begins with a number of people or things, or says how long half of them waited.
COUNTED = re.compile(r"(?:About [\d,]+|Fewer than 10|No) (?!out of)|Half of .* less than ")


@pytest.fixture(scope="module")
def home(editions: Editions) -> Iterator[str]:
    with serving(create_app(editions.database)) as address:
        yield address


@EVERY_PAGE
@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_a_page_is_whole_accessible_and_asks_nobody_else(
    browser: Browser, home: str, name: str, size: str
) -> None:
    with visiting(browser, home, size) as visit:
        lost: list[str] = []
        visit.page.on("response", lambda one: lost.append(one.url) if one.status >= 400 else None)
        visit.go(ADDRESSES[name])
        found = lost + keep_picture(visit.page, f"sample-{name.replace(' ', '-')}-{size}")
        found += violations(visit.page) + not_fitting(visit.page) + overlapping(visit.page)
        # A browser may ask for an icon where a page names none; what a page loads is in `lost`.
        faults = [one for one in visit.faults if "Failed to load resource" not in one]
        assert found + faults + visit.elsewhere == []


@EVERY_PAGE
def test_without_a_script_every_word_is_there(browser: Browser, home: str, name: str) -> None:
    said = []
    for works in (True, False):
        with visiting(browser, home, java_script_enabled=works) as visit:
            visit.page.goto(home + ADDRESSES[name])
            words = "h1, h2, h3, p, td, th, dt, dd, legend, label"
            said.append(visit.page.locator(f"main :is({words})").all_inner_texts())
    assert said[0] == said[1]
    assert said[0]


@EVERY_PAGE
def test_everything_is_reached_by_keyboard_in_reading_order_and_seen(
    browser: Browser, home: str, name: str
) -> None:
    with visiting(browser, home) as visit:
        visit.go(ADDRESSES[name])
        stops = STOPS.replace("button, input", "button, textarea, input")
        # Of a group of round buttons the first is a stop, the others are reached by arrows.
        alone = "(one) => one.type !== 'radio' || one.value === 'yes'"
        count: int = visit.page.evaluate(f"(window.stops = {stops}.filter({alone})).length")
        reached = [pressed(visit.page, "Tab") for _ in range(count)]
        assert [one["number"] for one in reached] == [*range(count)]
        assert [one for one in reached if not one["outlined"] or not one["seen"]] == []


def test_the_html_is_valid(home: str, tmp_path: Path) -> None:
    program = shutil.which("html-validate")
    if program is None:
        pytest.skip("html-validate is not installed (npm install --global html-validate@10.17.0)")
    for name, path in ADDRESSES.items():
        (tmp_path / f"{name}.html").write_bytes(requests.get(home + path, timeout=10).content)
    config = ROOT / "tests" / "public" / "html_validate.json"
    pages = [str(page) for page in tmp_path.glob("*.html")]
    command = [program, "--config", str(config), "--formatter", "text", *pages]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout + done.stderr == ""


def test_the_front_page_is_light(browser: Browser, home: str) -> None:
    """With everything it loads, as it goes over the wire."""
    with visiting(browser, home, "narrow") as visit:
        asked: list[str] = []
        visit.page.on("request", lambda request: asked.append(request.url))
        visit.go(FAMILIES)
        visit.page.wait_for_load_state("networkidle")
    sizes = {url: _wired(url) for url in asked}
    assert len(sizes) > 10
    assert sum(sizes.values()) <= MOST_BYTES, sizes


def _wired(url: str) -> int:
    answer = requests.get(url, headers={"Accept-Encoding": "br, gzip"}, timeout=10, stream=True)
    return len(answer.raw.read())


@pytest.mark.parametrize("term", ["2025-26 spring", "2025-26 summer"])
def test_every_number_for_families_is_the_one_in_the_open_data(
    editions: Editions, term: str
) -> None:
    """R56: each sentence with a number and each row of pictures, worked out again from the file
    that everyone can load."""
    files = editions.second if term.endswith("summer") else editions.first
    made = release(*read_figures(files["data/all.csv"]), term=parse_term(term))
    front = BeautifulSoup(files["easy-read/index.html"], "html.parser")
    checked = 0
    for slug in TOPICS:
        wanted = {_bare(words): filled for words, filled in expected(made, slug)}
        page = BeautifulSoup(files[f"easy-read/{slug}/index.html"], "html.parser")
        said = dict(_numbers(page))
        assert {words: wanted.get(words, "not in the open data") for words in said} == said, slug
        checked += len(said)
        headline = front.select_one(f'.topic:has(a[href="{slug}/"]) p')
        assert headline
        assert _text(headline) in {*said, "This page says what you can do"}, slug
    assert checked > 25


def _numbers(page: BeautifulSoup) -> Iterator[tuple[str, int | None]]:
    """Each sentence with a number, as the second implementation has it, and the pictures filled."""
    for row in page.select(".number:has(.ten)"):
        yield _text(row.select(".big")[0]), len(row.select(".ten .full"))
    rows = page.select(".number:has(.months), #number .row, #ages .row")
    for row in rows:
        first = _text(row.select("p")[0])
        if COUNTED.match(first):
            yield first, None


def _text(found: Tag) -> str:
    return _bare(" ".join(found.get_text().split()))


def _bare(sentence: str) -> str:
    return sentence.removesuffix(".").removesuffix(" so far")
