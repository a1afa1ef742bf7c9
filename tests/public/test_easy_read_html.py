"""The family pages as files: the rules that can be read off the HTML."""

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise
from posixpath import join, normpath
from typing import Any

import pytest
from bs4 import BeautifulSoup

from dashboard.public.accessibility import LINK_WORDS
from dashboard.public.easy_read.build import draw_files
from dashboard.public.easy_read.content import Block, EasyRead, OutOfTen, Pair, Row
from dashboard.public.files import EASY_READ
from dashboard.public.release import PublicRelease
from dashboard.public.tell_us.elsewhere import without_form
from dashboard.words.easy_read.catalogue import load_catalogue
from dashboard.words.easy_read.sentences import split_sentences
from schemas.resources import resource_folder
from tests.public.builders import figure, release
from tests.public.family_pages import ON_TIME, WAIT, easy_read, topic

FRONT = "easy-read/index.html"
TOPIC = "easy-read/plans-on-time/index.html"
WAITS = "easy-read/waits/index.html"
FIGURES = [figure(measure_id=one) for one in ("ehcp_20w_excl", "nd_wait_median_days", "nd_waiting")]
HARD = "easy-read/hard-words/index.html"
PAGES = (FRONT, TOPIC, WAITS, HARD)
TOPICS = (TOPIC, WAITS)
RULES = load_catalogue().tell_us["form"]["rules"]


@cache
def files() -> dict[str, bytes]:
    return {one.path: one.body for one in draw_files(release(*FIGURES), easy_read())}


@cache
def page(path: str) -> BeautifulSoup:
    return parsed(files()[path])


def parsed(body: bytes) -> BeautifulSoup:
    return BeautifulSoup(body.decode(), "html.parser")


def drawn(content: EasyRead, path: str = TOPIC, made: PublicRelease | None = None) -> BeautifulSoup:
    found = draw_files(made or release(figure()), content)
    return parsed(next(one.body for one in found if one.path == path))


def texts(found: Any) -> list[str]:
    return [" ".join(one.get_text().split()) for one in found]


def test_every_page_is_there() -> None:
    assert {path for path in files() if path.endswith(".html")} == set(PAGES)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_its_language_one_heading_and_no_level_left_out(path: str) -> None:
    assert page(path).html["lang"] == "en-GB"
    levels = [int(one.name[1]) for one in page(path).find_all(re.compile("h[1-6]"))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_each_page_has_a_title_of_its_own() -> None:
    titles = [page(path).title.string for path in PAGES]
    assert len(set(titles)) == len(PAGES)
    assert titles[1] == "Were plans ready on time? – SEND in Darlington: Summer 2026"


@pytest.mark.parametrize("path", PAGES)
def test_the_place_for_a_note_on_the_edition_comes_first_in_the_page(path: str) -> None:
    html = files()[path].decode()
    assert html.count("<!--version-note-->") == 1
    assert re.search(r"<main[^>]*><!--version-note-->", html)


@pytest.mark.parametrize("path", PAGES)
def test_the_first_link_skips_to_the_words(path: str) -> None:
    first = page(path).find("a")
    assert (first["href"], first.parent.name) == ("#main", "body")
    assert page(path).find(id="main").name == "main"


@pytest.mark.parametrize("path", PAGES)
def test_every_row_has_one_picture_and_one_to_three_sentences(path: str) -> None:
    for row in page(path).select(".row, .topic"):
        pictures = row.select("img.picture")
        assert [one["alt"] for one in pictures] == [""]
        assert 1 <= len(row.select(".lines p")) <= 3 or row.select(".links")


@pytest.mark.parametrize("path", PAGES)
def test_each_sentence_is_on_a_line_of_its_own(path: str) -> None:
    for line in texts(page(path).select("main p, footer p")):
        assert len(split_sentences(line)) == 1, line


@pytest.mark.parametrize("filled", range(11))
def test_the_row_of_ten_shows_what_its_words_say(filled: int) -> None:
    part = replace(ON_TIME, filled=filled)
    ten = drawn(easy_read(topic(part=part))).select_one(".ten")
    places = [one["class"][0] for one in ten.select("span")]
    assert places == ["full"] * filled + ["empty"] * (10 - filled)
    assert (ten["role"], ten["aria-label"]) == ("img", part.label)
    assert all(one["aria-hidden"] == "true" and one["alt"] == "" for one in ten.select("img"))


def test_filled_and_empty_differ_by_the_drawing_too() -> None:
    sources = {one.parent["class"][0]: one["src"] for one in page(TOPIC).select(".ten img")}
    assert sources["full"].endswith("/plan.svg")
    assert sources["empty"].endswith("/plan-outline.svg")


@pytest.mark.parametrize(
    ("months", "limit", "squares"),
    [(0, 5, 12), (1, None, 12), (5, 5, 12), (12, 5, 12), (13, 5, 24), (3, 18, 24), (30, 4, 36)],
)
def test_a_calendar_has_a_square_for_each_month(
    months: int, limit: int | None, squares: int
) -> None:
    words = "The goal is here." if limit else ""
    part = replace(WAIT, months=months, limit=limit, limit_words=words)
    found = drawn(easy_read(topic(part=part)))
    places = [one["class"] for one in found.select(".months span")]
    assert len(places) == squares
    assert [one[0] for one in places] == ["full"] * months + ["empty"] * (squares - months)
    assert [at for at, one in enumerate(places, 1) if "limit" in one] == ([limit] if limit else [])
    assert texts(found.select(".limit-words")) == ([words] if limit else [])
    assert found.select_one(".months")["aria-label"] == part.label


@pytest.mark.parametrize("path", TOPICS)
def test_a_topic_has_every_block_that_it_must_have(path: str) -> None:
    headings = texts(page(path).find_all("h2"))
    for heading in ("What this means for families", "Who can help me?", "When did we count this?"):
        assert heading in headings
    assert page(path).h1.get_text().endswith("?")
    assert texts(page(path).select(".pair h3")) == ["You said", "We did"]


@pytest.mark.parametrize("path", PAGES)
def test_help_stands_in_the_same_place_on_every_page(path: str) -> None:
    after_help = ["help", "counted", "tell-us", "print-or-save"]
    found = [one["id"] for one in page(path).find_all("section")]
    expected = [one for one in after_help if one != "counted" or path in TOPICS]
    assert found[-len(expected) :] == expected


def test_the_numbers_of_a_topic_are_a_link_away_for_good() -> None:
    door = "/data/darlington/2025-26-summer-v1.0/"
    assert link(TOPIC, "See all the numbers") == f"{door}ehcp_20w_excl/"
    assert link(WAITS, "See the numbers: children who wait") == f"{door}nd_waiting/"


def link(path: str, words: str) -> str:
    found = {" ".join(one.get_text().split()): one["href"] for one in page(path).find_all("a")}
    return str(found[words])


def test_a_helper_can_be_reached_in_each_way_that_is_known() -> None:
    ways = {one.get_text(): one["href"] for one in page(FRONT).select("#help a")}
    assert ways == {
        "01325 000 000": "tel:01325000000",
        "forum@example.org": "mailto:forum@example.org",
        "example.org/forum": "https://www.example.org/forum/",
    }


NOBODY = Row("help", ("We do not have the names of helpers yet.",))


def test_a_page_without_helpers_says_so() -> None:
    assert "We do not have the names of helpers yet." in texts(
        drawn(easy_read(topic(), helpers=(), unreached=NOBODY)).select("#help p")
    )


@pytest.mark.parametrize(
    ("path", "action", "slug"), [(FRONT, "tell-us/", ""), (TOPIC, "../tell-us/", "plans-on-time")]
)
def test_the_form_asks_whether_the_page_was_easy(path: str, action: str, slug: str) -> None:
    form = page(path).form
    assert (form["method"], form["action"]) == ("post", action)
    assert [one["value"] for one in form.select("[name=easy]")] == ["yes", "partly", "no"]
    assert form.select_one("[name=topic]")["value"] == slug
    assert form.select_one("[name=edition]")["value"] == "2025-26-summer-v1.0"
    assert texts(form.select("#tell-rules p")) == [*RULES]
    assert form.select("[required]") == [], "words alone are an answer too"
    assert form.textarea["name"] == "words"
    labelled = {one["for"] for one in form.find_all("label")}
    assert {one["id"] for one in form.select("[type=radio], textarea")} == labelled


@pytest.mark.parametrize("path", PAGES)
def test_where_nobody_answers_a_form_the_other_ways_are_left(path: str) -> None:
    left = parsed(without_form(files()[path], release().area))
    assert left.form is None
    assert texts(left.select("#tell-us h2")) == ["Tell us what you think"]
    assert texts(left.select("#tell-us p")) == [
        "We do not have a phone number for this yet.",
        "We do not have an address for letters yet.",
    ]


def test_a_phone_and_a_post_route_stand_beside_the_form_or_their_absence_is_said() -> None:
    without = texts(page(FRONT).select("#tell-us .lines p"))
    assert "We do not have a phone number for this yet." in without
    area = release().area
    ways = {"comment_phone": "01325 111 222", "comment_post": "Town Hall, Darlington"}
    public = area.public.model_copy(update=ways)
    with_both = release(figure(), area=area.model_copy(update={"public": public}))
    said = texts(drawn(easy_read(), FRONT, with_both).select("#tell-us .lines p"))
    assert {"Phone: 01325 111 222", "Town Hall, Darlington"} <= set(said)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_credits_its_pictures_and_leads_to_the_accessibility_statement(
    path: str,
) -> None:
    assert link(path, "Pictures: OpenMoji.") == "https://openmoji.org/"
    licence = link(path, "Licence: CC BY-SA 4.0.")
    assert licence == "https://creativecommons.org/licenses/by-sa/4.0/"
    assert texts(page(path).select("[href='/accessibility/darlington/']")) == [LINK_WORDS]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_says_how_old_it_is_and_who_checked_it(path: str) -> None:
    said = texts(page(path).select("footer p"))
    content = easy_read()
    assert {content.updated, content.next_update, content.checked} <= set(said)


@pytest.mark.parametrize("path", PAGES)
def test_invented_numbers_are_labelled_on_every_page_and_real_ones_are_not(path: str) -> None:
    assert texts(page(path).select(".invented p"))[0] == "These numbers are not real."
    assert drawn(easy_read(invented=""), path).select(".invented") == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_brings_no_style_or_script_of_its_own_and_asks_nobody_else(path: str) -> None:
    found = page(path)
    assert found.select("[style], style, iframe, [onclick]") == []
    assert all(not one.get_text() for one in found.find_all("script"))
    loaded = [one.get("src") or one.get("href") for one in found.select("[src], link")]
    assert all(re.fullmatch(r"(\.\./)?assets/[0-9a-f]{12}/[\w.-]+", one) for one in loaded)


@pytest.mark.parametrize("path", PAGES)
def test_every_link_within_the_door_leads_to_a_file(path: str) -> None:
    for place in places(page(path)):
        if place.startswith(("/", "#", "https:", "tel:", "mailto:")):
            continue
        target = normpath(join(path.removesuffix("index.html"), place.partition("#")[0]))
        file = target if target in files() else f"{target}/index.html"
        assert file in files() or target == f"{EASY_READ}/tell-us", place


def places(found: BeautifulSoup) -> list[str]:
    kept = (one.get("href") or one.get("src") or one.get("action") for one in found.find_all(True))
    return [str(one) for one in kept if one]


@pytest.mark.parametrize("path", PAGES)
def test_every_anchor_is_there_once(path: str) -> None:
    ids = [one["id"] for one in page(path).select("[id]")]
    assert len(set(ids)) == len(ids)
    inside = [one[1:] for one in places(page(path)) if one.startswith("#")]
    labels = [one["aria-labelledby"] for one in page(path).select("[aria-labelledby]")]
    assert set(inside + labels) <= set(ids)


def test_what_people_wrote_is_words_and_never_mark_up() -> None:
    hostile = '<script>alert("x")</script> & <img src=x onerror=y>'
    said = Pair(hostile, hostile)
    part = OutOfTen("plan", 3, hostile, hostile, f'"> {hostile}')
    content = easy_read(topic(part=part, pairs=(said,), question=hostile), title=hostile)
    found = drawn(content)
    assert all(not one.get_text() for one in found.find_all("script"))
    assert found.select("[onerror]") == []
    assert found.select_one(".ten")["aria-label"] == f'"> {hostile}'
    assert hostile in found.h1.get_text()


def test_a_hard_word_is_bold_and_other_marks_are_words() -> None:
    block = Block("what", "What?", (replace(easy_read().intro[0], sentences=("A **plan** * 2.",)),))
    line = drawn(easy_read(topic(blocks=(block,)))).select_one("#what .lines p")
    assert str(line) == "<p>A <strong>plan</strong> * 2.</p>"


def test_what_needs_a_script_is_hidden_until_one_runs() -> None:
    for path in PAGES:
        for button in page(path).select("button[type=button]"):
            assert button.find_parent(hidden=True) or button.has_attr("hidden")


def test_papers_are_offered_with_their_kind_and_size() -> None:
    offered = {one["href"]: texts([one])[0] for one in page(TOPIC).select(".block-print a")}
    size = -(-len(files()["easy-read/plans-on-time/page.pdf"]) // 1000)
    assert offered["page.pdf"] == f"Save this page (PDF, {size} KB)"
    assert set(offered) == {"page.pdf", "../all.pdf"}


def test_the_same_release_gives_the_same_bytes() -> None:
    assert {one.path: one.body for one in draw_files(release(*FIGURES), easy_read())} == files()


def test_no_two_files_have_one_path() -> None:
    paths = [one.path for one in draw_files(release(figure()), easy_read())]
    assert len(set(paths)) == len(paths)


def test_the_script_is_at_most_4_kilobytes() -> None:
    assert len((resource_folder("assets") / "easy_read" / "easy.js").read_bytes()) <= 4_000


COLOURS = dict(
    re.findall(
        r"--([\w-]+): (#[0-9a-f]{6});",
        (resource_folder("assets") / "easy_read" / "easy.css").read_text(encoding="utf-8"),
    )[:9]
)


@pytest.mark.parametrize(
    ("one", "other", "least"),
    [
        *(("ink", under, 4.5) for under in ("sky", "warm")),
        *((word, under, 4.5) for word in ("navy", "link", "plum") for under in ("sky", "warm")),
        ("navy", "#ffffff", 4.5),  # the band at the top
        ("ink", "#ffdd00", 4.5),  # the line that is read aloud
        ("navy", "#ffffff", 3.0),  # round a filled square
        ("grey", "#ffffff", 3.0),  # round an empty one
        ("grey", "sky", 3.0),
        ("#2073bc", "#ffffff", 3.0),  # a month that has passed
        ("plum", "sky", 3.0),  # the limit
        ("warm-edge", "warm", 3.0),
    ],
)
def test_colours_stand_apart(one: str, other: str, least: float) -> None:
    lights = sorted(light(COLOURS.get(name, name)) for name in (one, other))
    assert (lights[1] + 0.05) / (lights[0] + 0.05) >= least


def light(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
