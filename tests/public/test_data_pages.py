"""The open data pages: what they say, what they leave out, and where their links lead."""

import datetime as dt
import re
from posixpath import join, normpath

import pytest

from dashboard.public.data.render import page_file
from dashboard.public.release import Corrected, LeftOut
from schemas.measure import load_measures
from tests.public.builders import figure, release
from tests.public.data_samples import (
    Files,
    beside,
    every_file,
    files_of,
    small_files,
    terms,
    text_of,
)

PAGE = "data/ehcp_20w_excl/index.html"
SECRET = 4_321.0
ELSEWHERE = (
    "/accessibility/",
    "/easy-read/",
    "/api/",
    "https://www.nationalarchives.gov.uk/",
    "power-bi/",
    "#",
)


def _pages(files: Files) -> dict[str, str]:
    return {name: text_of(one) for name, one in files.items() if name.endswith(".html")}


def test_the_first_page_lists_every_measure_with_its_newest_figure() -> None:
    page = text_of(small_files()["data/index.html"])
    assert 'href="ehcp_20w_excl/"' in page
    assert '<span class="figure">50.0%</span> <span class="small">Summer term 2025/26' in page


def test_the_first_page_leads_to_everything() -> None:
    page = text_of(small_files()["data/index.html"])
    for where in (
        'href="methods/"',
        'href="dictionary/"',
        'href="power-bi/"',
        'href="/easy-read/darlington/2025-26-summer-v1.0/"',
        'href="/api/v1/areas/darlington/versions/2025-26-summer-v1.0/"',
    ):
        assert where in page


def test_every_download_says_its_kind_and_size() -> None:
    for name, page in _pages(every_file()).items():
        for words in re.findall(r"<a [^>]*download[^>]*>([^<]*)</a>", page):
            size = r"\((CSV|Excel|JSON|ZIP), [\d.,]+ (bytes|KB|MB)\)$"
            assert re.search(size, words), (name, words)


def test_every_link_leads_to_a_file_of_the_publication() -> None:
    for name, page in _pages(every_file()).items():
        folder = name.removesuffix("index.html")
        for href in re.findall(r'href="([^"]+)"', page):
            bare = href.partition("#")[0]
            if href.startswith(ELSEWHERE) or not bare:
                continue
            target = normpath(join(folder, bare))
            target += "/index.html" if bare.endswith("/") else ""
            assert target in every_file(), (name, href)


def test_every_page_leaves_a_place_for_the_note_on_its_version() -> None:
    for page in _pages(every_file()).values():
        assert page.count("<!--version-note-->") == 1
        assert re.search(r"<main[^>]*>\s*<!--version-note-->", page)


def test_no_page_has_a_style_or_script_of_its_own_or_asks_another_host() -> None:
    for name, page in _pages(every_file()).items():
        assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=", page), name
        head = page.partition("</head>")[0]
        assert "http" not in head
        assert not re.search(r'(src|srcset|action)="', page)


def test_a_hidden_newest_figure_is_said_in_words() -> None:
    hidden = figure(symbol="c")
    files = files_of(release(*terms()[:1], hidden))
    page = text_of(files[PAGE])
    assert "In the summer term 2025/26 Darlington’s figure is hidden to protect privacy." in page
    assert "Hidden to protect privacy" in text_of(files["data/index.html"])


def test_what_stands_behind_a_hidden_figure_is_nowhere_in_a_page() -> None:
    """A denominator may be handed over with a hidden figure; pages do not show it."""
    hidden = terms()[1]._replace(denominator=SECRET)
    files = files_of(release(terms()[0], hidden, terms()[2]))
    for page in _pages(files).values():
        assert "4,321" not in page
        assert "4321" not in page


def test_a_hidden_figure_gives_the_chart_no_shape() -> None:
    """The same picture whatever was hidden: no point, and no longer axis."""
    drawn = [_drawing(files_of(release(*terms())))]
    other = (terms()[0], terms()[1]._replace(denominator=SECRET), terms()[2])
    drawn.append(_drawing(files_of(release(*other))))
    assert drawn[0] == drawn[1]
    assert "privacy" in drawn[0]


def _drawing(files: Files) -> str:
    return "".join(re.findall(r"<svg.*?</svg>", text_of(files[PAGE]), re.S))


def test_every_figure_keeps_the_contract_of_a_chart() -> None:
    """Headline, subtitle, description, table, download with size, source and date."""
    found = 0
    for name, page in _pages(every_file()).items():
        if "<figure" not in page:
            continue
        found += 1
        about = page[page.index('<h2 id="over-time">') : page.index('<h2 id="limits">')]
        assert re.search(r'<h2 id="over-time">[^<]+</h2>', about), name
        assert re.search(r'<p class="subtitle">[^<]+</p>', about), name
        assert re.search(r'<figcaption id="trend-said">[^<]{20,}</figcaption>', about), name
        assert re.search(r'role="img" aria-label="Line chart: [^"]+"', about), name
        assert re.search(r"\(CSV, [\d.]+ \w+\)", about), name
        assert re.search(r'<p class="source">Source: [^<]+, as at \d+ \w+ 20\d\d', about), name
        assert "<table" in about, name
    assert found > 60


def test_the_words_of_the_newest_figure_say_its_change_on_the_year_before() -> None:
    before = figure(
        period="2024-25 summer",
        period_start="2025-05-01",
        period_end="2025-08-31",
        numerator=24.0,
        value=40.0,
    )
    page = text_of(files_of(release(before, figure()))[PAGE])
    assert "was 50.0%, up 10.0 percentage points on Summer 2024/25." in page


def test_a_weak_rate_and_a_rounded_count_are_said_so() -> None:
    page = text_of(files_of(release(figure(unreliable=True, rounded=True)))[PAGE])
    assert "It is a rate of fewer than 20" in page
    assert "rounded to the nearest 5, as the NHS does" in page


def test_what_it_is_set_beside_is_named_with_its_method() -> None:
    page = text_of(small_files()[PAGE])
    assert "England: 40.0%, calendar year 2025." in page
    assert "North East: 61.3%, calendar year 2025." in page
    assert "Mean of 2 of 2 statistical neighbours with data, 2025 model." in page


def test_groups_stand_in_the_order_of_the_sheet_and_not_by_size() -> None:
    parts = [
        figure(breakdown="phase", category="secondary", numerator=50.0, value=83.3),
        figure(breakdown="phase", category="primary", symbol="c"),
        figure(breakdown="phase", category="early_years", numerator=9.0, value=15.0),
    ]
    page = text_of(files_of(release(figure(), *parts))[PAGE])
    names = [page.index(f'<th scope="row">{one}</th>') for one in ("Early years", "Primary")]
    assert names[0] < names[1] < page.index('<th scope="row">Secondary</th>')


def test_what_is_left_out_is_said_where_it_would_be_looked_for() -> None:
    words = "Plans by phase are not shown, because hiding numbers cannot keep children safe."
    left_out = LeftOut("ehcp_20w_excl", "phase", words)
    files = files_of(release(figure(), left_out=(left_out,)))
    assert words in text_of(files[PAGE])


def test_a_measure_that_is_left_out_whole_still_has_its_page() -> None:
    left_out = LeftOut("perm_excl", "all", "Permanent exclusions are too few to show.")
    files = files_of(release(figure(), left_out=(left_out,)))
    page = text_of(files["data/perm_excl/index.html"])
    assert "Permanent exclusions are too few to show." in page
    assert "There is no figure that can be drawn." in page


def test_a_correction_is_told() -> None:
    told = Corrected(
        "2025-26 summer",
        "2025-26 summer v1.1",
        "correction",
        "Plans were counted twice.",
        "A list came twice.",
        "The share fell.",
        dt.date(2026, 10, 20),
        dt.date(2026, 10, 22),
    )
    files = files_of(release(figure(), corrected=(told,)))
    for name in ("data/index.html", PAGE):
        page = text_of(files[name])
        assert "were corrected on 22 October 2026." in page
        assert "What was wrong: Plans were counted twice." in page


def test_invented_figures_are_said_to_be_invented_on_every_page() -> None:
    for page in _pages(small_files()).values():
        assert "Invented sample data." in page
    for page in _pages(files_of(release(figure(invented=False)))).values():
        assert "Invented" not in page


def test_when_new_figures_come_is_said_where_a_day_is_named() -> None:
    files = files_of(release(figure(), next_on=dt.date(2027, 2, 8)))
    assert "New figures come out on 8 February 2027." in text_of(files["data/index.html"])


def test_what_people_write_cannot_become_markup() -> None:
    sly = figure(source="Darlington Borough Council", version="<b>1</b>")
    page = text_of(files_of(release(sly))[PAGE])
    assert "<b>1</b>" not in page
    assert "&lt;b&gt;1&lt;/b&gt;" in page


@pytest.mark.parametrize("place", ["", "methods/", "power-bi/"])
def test_other_pages_of_the_door_can_have_the_same_frame(place: str) -> None:
    one = page_file(release(figure()), place, "data/page.html", title="Steps")
    assert one.path == f"data/{place}index.html"
    up = "../" if place else ""
    assert re.search(rf'href="{re.escape(up)}assets/[0-9a-f]{{12}}/data\.css"', text_of(one))


def test_every_measure_is_on_the_first_page() -> None:
    page = text_of(every_file()["data/index.html"])
    for name, measure in load_measures().items():
        assert f'<a href="{name}/">{measure.title}</a>' in page


def test_published_figures_alone_make_a_page_too() -> None:
    files = files_of(release(*beside()))
    assert "shows no figure of its own" in text_of(files[PAGE])
    assert "Published figures only" in text_of(files["data/index.html"])
