"""The JSNA SEND profile: a needs assessment's order, every year held, and what is not known."""

import re

from sqlalchemy import select

from dashboard.settings import Settings
from schemas.database import Database
from schemas.tables import observation, vintage
from tests.packs.conftest import AREA, Gather
from tests.packs.said import measure_pages, pages, table, titles, words_page

ORDER = [
    "Summary",
    "Population and prevalence",
    "Needs",
    "Places",
    "Waits",
    "Attendance and exclusion",
    "Outcomes",
    "Gaps",
    "Data quality",
    "Methods in short",
]


def test_it_has_the_order_of_a_needs_assessment(gather: Gather) -> None:
    assert titles(gather("profile")) == ORDER
    names = [one.title for one in pages(gather("profile"))]
    assert len(names) == len(set(names))


def test_it_says_plainly_that_no_outcomes_are_sent(gather: Gather) -> None:
    page = words_page(gather("profile"), "What is known of outcomes")
    assert page.paragraphs[0].startswith("No outcomes are sent: there are no figures here on")


def test_published_years_before_the_first_term_are_there_unrounded(
    gather: Gather, published: Database
) -> None:
    page = measure_pages(gather("profile"))["ehcp_active"]
    assert page.title == "Children and young people with an EHC plan, year by year"
    assert page.chart
    o = observation.c
    query = (
        select(o.period, o.value)
        .join(vintage, vintage.c.id == o.vintage_id)
        .where(o.measure_id == "ehcp_active", o.area_code == AREA, o.breakdown == "all")
        .where(o.basis == "snapshot")
    )
    with published.reading() as connection:
        years = {row.period: row.value for row in connection.execute(query)}
    own = next(one for one in page.chart.series if one.key == "own")
    drawn = {
        f"{place.rpartition(' ')[2]}-01": value
        for place, value in zip(page.chart.categories, own.values, strict=True)
        if value is not None
    }
    assert min(drawn) < "2022"
    assert drawn == {period: value for period, value in years.items() if period in drawn}


def test_the_terms_stand_by_school_year(
    gather: Gather, published: Database, settings: Settings
) -> None:
    page = words_page(
        gather("profile"), "Population and prevalence: the terms held, by school year"
    )
    found = table(page, "Children and young people with an EHC plan: Darlington, each term")
    assert found.headings == ("School year", "Autumn", "Spring", "Summer")
    o = observation.c
    query = select(o.period, o.value).where(
        o.measure_id == "ehcp_active",
        o.area_code == AREA,
        o.breakdown == "all",
        o.basis == "snapshot",
        o.release_version_id.is_not(None),
        o.superseded_by_id.is_(None),
    )
    with published.reading() as connection:
        there = {row.period: row.value for row in connection.execute(query)}
    for year, *cells in found.rows:
        for season, cell in zip(("autumn", "spring", "summer"), cells, strict=True):
            value = there[f"{year.replace('/', '-')} {season}"]
            assert cell == f"{value:,.0f}"


def test_groups_are_set_beside_the_same_term_of_earlier_years(
    gather: Gather, published: Database
) -> None:
    page = words_page(gather("profile"), "Needs: by group, over the years")
    found = table(
        page, "The main need in EHC plans by primary need: Darlington, same term of each year"
    )
    assert found.headings[1:] == tuple(
        f"Summer {year}" for year in ("2022/23", "2023/24", "2024/25", "2025/26")
    )
    o = observation.c
    query = select(o.category, o.value).where(
        o.measure_id == "ehcp_primary_need",
        o.area_code == AREA,
        o.breakdown == "primary_need",
        o.period == "2025-26 summer",
        o.superseded_by_id.is_(None),
    )
    with published.reading() as connection:
        values = sorted(f"{row.value:,.0f}" for row in connection.execute(query))
    assert sorted(row[-1] for row in found.rows) == values


def test_every_group_table_names_its_years(gather: Gather) -> None:
    tables = [
        one
        for page in pages(gather("profile"))
        if "by group" in page.title
        for one in page.tables  # type: ignore[union-attr]
    ]
    assert len(tables) > 20
    for one in tables:
        assert all(re.search(r"20\d\d", heading) for heading in one.headings[1:]), one.headings


def test_gaps_say_the_send_gap_and_that_it_is_not_tested(gather: Gather) -> None:
    page = words_page(gather("profile"), "The SEND gap")
    assert "No test is made of these gaps." in page.paragraphs[0]
    assert page.tables[0].headings[0] == "Pupils"
    assert [row[0] for row in page.tables[0].rows] == ["EHC plan", "SEN support", "No SEN"]


def test_published_years_are_not_called_invented(gather: Gather) -> None:
    for page in measure_pages(gather("profile")).values():
        if page.title.endswith("year by year"):
            assert not [row for row in page.table.rows if "invented" in " ".join(row)]
