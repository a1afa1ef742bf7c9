"""What stands on the pages, read from their HTML as a person reads it."""

import datetime as dt
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from dashboard import create_app
from dashboard.address import parse_address
from dashboard.settings import Settings
from schemas.area_settings import load_area_settings
from schemas.database import Database
from schemas.measure import load_measures
from tests.dashboard.page_text import AREA, DURHAM, links, main, opened, row, section, words

TWENTY = f"{AREA}measure/ehcp_20w_excl"


def test_the_overview_has_every_measure_as_a_row_under_its_priorities(client: FlaskClient) -> None:
    page = opened(client, AREA)
    found = set(links(page))
    for measure in load_measures().values():
        assert f"{AREA}measure/{measure.id}" in found
    headings = [words(one) for one in page.main.find_all("h2")]
    priorities = [priority.title for priority in load_area_settings()["E06000005"].priorities]
    assert headings[: len(priorities)] == priorities
    assert headings[len(priorities) :] == [
        "Questions people ask",
        "Reading this page",
        "This edition",
    ]


def test_a_row_says_value_change_comparison_target_and_usual_ups_and_downs(
    client: FlaskClient,
) -> None:
    said = row(opened(client, AREA), "ehcp_20w_excl")
    assert "83.1% Summer 2025/26" in said
    assert "Up 1.0 percentage points on Summer 2024/25 No clear change" in said
    assert "Better than England 46.1% in 2025 Better than the North East 60.5% in 2025" in said
    assert "Target not met 100%" in said
    assert "Common cause: no special change" in said
    assert "Provisional" in said
    assert "Explained by its owner" in said


def test_counts_are_not_set_beside_england(client: FlaskClient) -> None:
    assert "A count: areas differ in size" in row(opened(client, AREA), "ehcp_active")


def test_the_address_chooses_what_is_shown(client: FlaskClient) -> None:
    every = opened(client, AREA).find_all("tr")
    assert len(opened(client, f"{AREA}?show=core").find_all("tr")) < len(every)
    plans = opened(client, f"{AREA}?theme=plans")
    assert len(plans.find_all("table")) == 1
    current = [words(a) for a in plans.find_all("a", attrs={"aria-current": "true"})]
    newest = "Summer 2025/26"
    assert current == ["Darlington", "Overview", "All measures", "EHC plans", newest]
    assert len(opened(client, f"{AREA}?theme=nonsense&x=1").find_all("tr")) == len(every)


def test_only_what_needs_attention_can_be_shown_and_each_row_says_why(client: FlaskClient) -> None:
    page = opened(client, f"{AREA}?show=attention")
    rows = page.select("table.overview tbody tr")
    assert rows
    assert all(one.select(".attention") for one in rows)
    lead = words(opened(client, AREA).select_one(".lead"))
    assert f"{len(rows)} of {len(load_measures())} measures need attention" in lead


def test_an_earlier_term_shows_what_was_known_then(client: FlaskClient) -> None:
    page = opened(client, f"{AREA}?term=2023-24-autumn")
    said = row(page, "ehcp_20w_excl")
    assert "76.4% Autumn 2023/24" in said
    assert "2025/26" not in said
    assert "calendar year 2025" not in said


def test_an_area_that_sent_nothing_is_shown_by_what_is_published_of_it(
    client: FlaskClient,
) -> None:
    page = opened(client, DURHAM)
    said = words(page)
    assert "No figures of its own have been published for County Durham yet." in said
    assert "Invented" not in said
    assert "calendar year 2025" in row(page, "ehcp_20w_excl")
    said = main(client, f"{DURHAM}measure/ehcp_20w_excl")
    assert "County Durham has sent no figures of its own for this measure." in said
    assert "calendar year 2025, published figure" in said
    said = main(client, f"{DURHAM}measure/nd_waiting")
    assert "No figures for this measure have been published for County Durham yet." in said
    assert "Why it matters" in said


@pytest.mark.parametrize("measure_id", load_measures())
def test_every_measure_has_a_whole_page(client: FlaskClient, measure_id: str) -> None:
    measure = load_measures()[measure_id]
    page = opened(client, f"{AREA}measure/{measure_id}")
    said = words(page)
    assert [words(one) for one in page.find_all("h1")] == [measure.title]
    assert "Invented sample data." in said
    assert " ".join(measure.definition.numerator.split()) in said
    assert measure.owner in said
    assert "Show the data as a table" in said
    assert any(f"measure/{measure_id}.csv" in link for link in links(page))
    assert "Source: " in said
    for heading in ("what-we-can-say", "over-time", "commentary", "cannot-tell", "quality"):
        assert page.find(id=heading), heading


def test_the_statements_stand_apart(client: FlaskClient) -> None:
    said = section(opened(client, TWENTY), "what-we-can-say")
    assert "Change on the same term last year No clear change" in said
    assert "Beside England Better than England In the calendar year 2025" in said
    assert "Target Target not met" in said
    assert "Usual ups and downs Common cause" in said


def test_darlington_2024_is_better_than_england_and_worse_than_its_own_2023(
    client: FlaskClient,
) -> None:
    said = row(opened(client, f"{AREA}?term=2024-25-autumn"), "ehcp_20w_excl")
    assert "Better than England 46.4% in 2024" in said
    said = section(opened(client, f"{TWENTY}?year=2024"), "what-we-can-say")
    assert (
        "In the calendar year 2024 Darlington’s figure was 72.5% (95% interval 65.2% to 78.7%), "
        "better than England’s 46.4%."
    ) in said
    assert "Got worse Down 11.5 percentage points on 2023 (95% interval −20.1 to −2.6)" in said


def test_a_missing_value_is_words_and_never_a_number(client: FlaskClient) -> None:
    page = opened(client, f"{AREA}measure/cme_send")
    assert "No figure for Autumn 2022/23: hidden to protect privacy." in words(page)
    page = opened(client, f"{AREA}measure/part_time_timetable")
    said = words(page)
    assert "No figure for Autumn 2022/23 to Summer 2023/24: not available." in said


def test_words_never_compare_across_a_break(client: FlaskClient) -> None:
    caption = words(opened(client, f"{AREA}measure/cme_send").figcaption)
    assert caption.startswith(
        "Since 1 September 2024 Darlington rose from 4 in Autumn 2024/25 to 6"
    )
    assert "Spring 2022/23" not in caption


def test_the_breakdown_follows_the_address(client: FlaskClient) -> None:
    page = opened(client, f"{AREA}measure/suspension_rate")
    assert words(page.find(id="breakdown")) == "By SEN status"
    page = opened(client, f"{AREA}measure/suspension_rate?by=school_phase")
    assert words(page.find(id="breakdown")) == "By school phase"
    assert page.select(".panels svg")


def test_a_line_that_is_hidden_leaves_picture_key_and_words(client: FlaskClient) -> None:
    whole, less = opened(client, TWENTY), opened(client, f"{TWENTY}?hide=england")
    assert whole.select('[data-series="england"]')
    assert not less.select('[data-series="england"]')
    assert "England" in words(whole.figcaption)
    assert "England" not in words(less.figcaption)
    assert "England" not in words(less.select_one(".key"))
    shown_beside = less.find("nav", attrs={"aria-label": "Lines on the chart"})
    assert "England" in words(shown_beside)  # to show it again


def test_variants_stand_beside_each_other_as_links(client: FlaskClient) -> None:
    page = opened(client, TWENTY)
    choices = words(page.select_one("main .choices"))
    assert "20 weeks, without exceptions 20 weeks, all plans" in choices


def test_a_dated_note_is_drawn_listed_and_told(client: FlaskClient) -> None:
    page = opened(client, TWENTY)
    assert "19 January 2023" in words(page.select_one(".flags"))
    assert "Note at 19 January 2023 (1)." in words(page.figcaption)
    for size in ("wide", "narrow"):
        drawn = [words(one) for one in page.select(f".chart-svg-{size} text")]
        assert drawn.count("1") == 1
    without = opened(client, f"{AREA}measure/suspensions")  # no note bears on it
    assert "1" not in [words(one) for one in without.select(".chart-svg-wide text")]


def test_an_owners_word_on_an_earlier_term_explains_no_newer_figure(client: FlaskClient) -> None:
    assert "Explained by its owner" in row(opened(client, AREA), "ehcp_20w_excl")
    earlier = opened(client, f"{AREA}?term=2024-25-autumn")
    assert "Explained by its owner" not in row(earlier, "ehcp_20w_excl")


def test_an_overdue_review_shows(published: Database) -> None:
    for year, shown in ((2030, True), (2026, False)):
        settings = replace(Settings(), today=lambda year=year: dt.date(year, 1, 1))
        client = create_app(published, settings).test_client()
        said = section_of_about(client)
        assert ("overdue" in said) is shown


def section_of_about(client: FlaskClient) -> str:
    return words(opened(client, f"{AREA}measure/ehcp_active").aside)


def test_the_target_of_an_area_is_its_own(client: FlaskClient) -> None:
    said = main(client, f"{AREA}measure/salt_wait_mean_days")
    assert "126 days: Darlington SEND improvement plan 2025, action 2.3a" in said
    assert "126 days:" not in main(client, f"{DURHAM}measure/salt_wait_mean_days")


def test_the_owner_is_heard_and_an_older_word_is_marked(client: FlaskClient) -> None:
    said = section(opened(client, TWENTY), "commentary")
    assert "Summer term 2025/26 What happened" in said
    said = section(opened(client, f"{AREA}measure/ehe_send"), "commentary")
    assert "has not written about this measure yet" in said


@pytest.mark.parametrize(
    "path", ["", "/", "/dashboard/", "/dashboard/E06000005", "/dashboard/e06000005/", None, 3]
)
def test_only_whole_addresses_are_pages(path: object) -> None:
    assert parse_address(path, "", Settings()) is None
