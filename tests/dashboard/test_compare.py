"""The comparison page: an honest rank, intervals, choices that stay in the address, symbols."""

import csv
import io
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.engine import URL

from dashboard import create_app
from dashboard.charts.compared import compared_strip
from dashboard.compared import Choice, CompareView
from dashboard.queries.figures import get_published
from dashboard.views.comparators import best_published
from dashboard.views.compare import get_compare_view
from dashboard.words.compared import describe_compared
from dashboard.words.rank import standing_sentence
from dashboard.words.rank_headline import chart_headline, coverage_sentence
from loaders.benchmarks import load_benchmark_file
from schemas.area import load_areas
from schemas.area_settings import load_area_settings
from schemas.database import Database, open_database
from schemas.measure import load_measures
from schemas.tables import observation
from tests.dashboard.analysis.second_way import wilson
from tests.dashboard.page_text import AREA, DURHAM, links, main, opened, section, words

PLANS = "measure/ehcp_20w_excl/compare"
DARLINGTON, GATESHEAD, STOCKTON = "E06000005", "E08000037", "E06000004"


def view_of(database: Database, measure_id: str = "ehcp_20w_excl", **asked: Any) -> CompareView:
    """Darlington's view unless another area is asked for."""
    settings = load_area_settings()[asked.pop("area", DARLINGTON)]
    measure = load_measures()[measure_id]
    with database.reading() as connection:
        found = get_compare_view(connection, measure, settings, Choice(**asked))
    assert found is not None
    return found


def shares_of_2024(database: Database) -> dict[str, tuple[float, float, float]]:
    """Published share, plans in time and plans of every council, straight from the query."""
    councils = [area.code for area in load_areas().local_authorities()]
    measure = load_measures()["ehcp_20w_excl"]
    with database.reading() as connection:
        rows = best_published(measure, get_published(connection, measure, councils))
    return {
        o.area_code: (o.value, o.numerator or 0, o.denominator or 0)
        for o in (row.observation for row in rows)
        if o.period == "2024" and o.value is not None
    }


def plainly(shares: dict[str, tuple[float, float, float]]) -> tuple[int, int, int]:
    """Darlington's place, the areas with data, and those whose interval overlaps its own."""
    value, top, bottom = shares[DARLINGTON]
    place = 1 + sum(1 for other, _, _ in shares.values() if other > value)
    low, high = wilson(top, bottom)
    others = [counts for code, (_, *counts) in shares.items() if code != DARLINGTON]
    spans = [wilson(*counts) for counts in others]
    return place, len(shares), sum(1 for a, b in spans if a <= high and low <= b)


def test_darlingtons_rank_is_that_of_a_second_simple_way(published: Database) -> None:
    assert plainly(shares_of_2024(published)) == (11, 26, 6)
    assert standing_sentence(view_of(published)) == (
        "In the calendar year 2024 Darlington was 11th of 26 areas with data (1st is best); "
        "not distinguishable from 6 others."
    )


def test_darlington_among_all_english_councils(
    shared: Path, published: Database, tmp_path: Path
) -> None:
    database = copy_of(published, tmp_path)
    path = shared / "benchmarks" / "dfe_ehc_plans_2025" / "timeliness_20_week.csv"
    load_benchmark_file(database, path, load_measures(), release="reporting year 2025")
    assert plainly(shares_of_2024(database)) == (50, 151, 29)
    view = view_of(database)
    assert "was 50th of 151 areas with data (1st is best); not distinguishable from 29 others." in (
        standing_sentence(view)
    )
    assert coverage_sentence(view) == ""
    assert chart_headline(view) == "Darlington is clearly better than 88 of 150 others"
    database.close()


def test_the_page_says_the_rank_and_draws_every_area(client: FlaskClient) -> None:
    page = opened(client, AREA + PLANS)
    said = words(page.main)
    assert "Darlington was 11th of 26 areas with data (1st is best)" in said
    assert "A higher number is better." in said
    assert "72.5%" in said
    assert "95% interval 65.2% to 78.7%" in said
    assert words(page.find(id="strip")) == "Darlington is clearly better than 13 of 25 others"
    figure = json.loads(page.find(id="chart-data").string)
    assert sum(len(trace["y"]) for trace in figure["wide"]["data"]) == 26
    assert set(figure) == {"wide", "narrow"}
    assert len(page.find(id="chart").find_all("svg")) == 2
    assert "are not mixed in" in said


def test_few_areas_of_england_are_not_called_a_rank_in_england(client: FlaskClient) -> None:
    said = section(opened(client, AREA + PLANS), "about")
    assert "not a judgement" in said
    assert "this is not a rank in all England" in main(client, AREA + PLANS)
    assert "not a rank in" not in main(client, f"{AREA}{PLANS}?among=neighbours")


def test_the_neighbours_are_listed_nearest_first_and_without_links(client: FlaskClient) -> None:
    page = opened(client, AREA + PLANS)
    near = page.find("ol", class_="near")
    assert [words(one).split(":")[0] for one in near.find_all("li")][:3] == [
        "Gateshead",
        "Stockton-on-Tees",
        "Dudley",
    ]
    assert links(near) == []


@pytest.mark.parametrize(("method", "value"), [("mean", "60.6%"), ("median", "74.5%")])
def test_the_method_changes_what_is_said_of_the_neighbours(
    client: FlaskClient, method: str, value: str
) -> None:
    page = opened(client, f"{AREA}{PLANS}?method={method}")
    label = f"Statistical neighbours, {method} of 10 of 10 with data (2025 model)"
    assert f"{label} {value}" in section(page, "levels")
    assert f"{label} {value}" in words(page.figcaption)


def test_pooled_neighbours_are_their_counts_added_up(published: Database) -> None:
    shares = shares_of_2024(published)
    near = [shares[one.code] for one in view_of(published).near]
    pooled = 100 * sum(top for _, top, _ in near) / sum(of for _, _, of in near)
    assert view_of(published, method="pooled").neighbours.value == pytest.approx(pooled)


def test_every_choice_stays_in_every_link(client: FlaskClient) -> None:
    asked = f"period=2023&among=chosen&with={GATESHEAD},{STOCKTON}&method=median"
    page = opened(client, f"{AREA}{PLANS}?{asked}")
    year = next(a for a in page.find_all("a", class_="choice") if words(a) == "2022")
    assert year["href"] == (
        f"{AREA}{PLANS}?among=chosen&basis=calendar_year&method=median&period=2022"
        f"&with={GATESHEAD},{STOCKTON}"
    )
    here = [words(a) for a in page.find_all("a", class_="choice", attrs={"aria-current": "true"})]
    assert {"2023", "Areas you chose", "Median"} <= set(here)
    files = [link["href"] for link in page.find_all("a", download=True)]
    assert files
    assert all(f"with={GATESHEAD},{STOCKTON}" in url and "edition=" in url for url in files)


def test_the_form_needs_no_script(client: FlaskClient) -> None:
    form = opened(client, f"{AREA}{PLANS}?period=2023&method=median").find("form")
    assert form["method"] == "get"
    sent = [(box["name"], box["value"]) for box in form.find_all("input", type="hidden")]
    ticked = [box for box in form.find_all("input", type="checkbox") if box["value"] == GATESHEAD]
    sent += [(box["name"], box["value"]) for box in ticked]
    answer = client.get(form["action"], query_string=sent)
    assert "Darlington was" in answer.text
    assert "of 2 areas with data among itself and the areas chosen" in answer.text
    assert "2023" in answer.text
    again = opened(client, f"{AREA}{PLANS}?among=chosen&with={GATESHEAD}")
    assert [box["value"] for box in again.find_all("input", checked=True)] == [GATESHEAD]


def test_nonsense_in_the_address_takes_the_default(client: FlaskClient) -> None:
    plain = main(client, AREA + PLANS)
    nonsense = "period=1066&basis=x&among=chosen&with=E99,W1&method=mode&rank=1&x=2"
    assert main(client, f"{AREA}{PLANS}?{nonsense}") == plain


def test_at_most_twenty_areas_are_chosen(client: FlaskClient) -> None:
    codes = ",".join(area.code for area in load_areas().local_authorities())
    page = opened(client, f"{AREA}{PLANS}?among=chosen&with={codes}")
    assert len(page.find_all("input", checked=True)) <= 20


@pytest.mark.parametrize(
    ("among", "pool", "many"),
    [
        ("neighbours", "among itself and its statistical neighbours", 11),
        ("region", "in the North East", 12),
        ("tees-valley", "in Tees Valley", 5),
    ],
)
def test_an_area_among_its_like(published: Database, among: str, pool: str, many: int) -> None:
    said = standing_sentence(view_of(published, among=among))
    assert f"of {many} areas with data {pool} (1st is best)" in said


def test_durham_by_its_settings_alone(client: FlaskClient) -> None:
    page = opened(client, DURHAM + PLANS)
    said = words(page.main)
    assert "County Durham was 23rd of 26 areas with data" in said
    assert words(page.find(id="strip")) == "County Durham is clearly worse than 22 of 25 others"
    assert "Halton" in words(page.find("ol", class_="near"))
    assert "North East counties" in said
    assert "among itself" not in said


def test_no_rank_where_neither_end_is_better_unless_it_is_asked_for(client: FlaskClient) -> None:
    path = f"{AREA}measure/ehcna_refused_pct/compare"
    page = opened(client, path)
    assert "Darlington was in the lower half of 26 areas with data" in words(page.main)
    assert "Rank" not in [words(heading) for heading in page.find_all("th")]
    assert "best" not in words(page.main)
    asked = opened(client, f"{path}?rank=yes")
    assert "of 26 areas with data (from the highest)" in words(asked.main)
    assert "Rank" in [words(heading) for heading in asked.find_all("th")]
    assert "best" not in words(asked.main)


def test_a_lower_figure_may_be_first(published: Database) -> None:
    view = view_of(published, "severe_absence_pct")
    first = [one.value for one in view.areas if one.rank and one.rank.place == 1]
    assert set(first) == {min(view.values)}


def test_counts_are_neither_ranked_nor_drawn(client: FlaskClient) -> None:
    page = opened(client, f"{AREA}measure/ehcp_active/compare")
    said = words(page.main)
    assert "Counts are not ranked." in said
    assert "Bigger areas have more of everything" in said
    assert page.find(id="chart") is None
    assert "1,122" in said


def test_a_measure_without_figures_for_councils_offers_its_own_page(client: FlaskClient) -> None:
    page = opened(client, f"{AREA}measure/salt_waiting/compare")
    assert "No figures for single councils have been published" in words(page.main)
    assert f"{AREA}measure/salt_waiting" in links(page.main)


def test_no_intervals_are_made_up(client: FlaskClient) -> None:
    said = main(client, f"{AREA}measure/perm_excl_rate/compare")
    assert "No intervals can be made" in said
    assert "distinguishable" not in said
    clustered = main(client, f"{AREA}measure/suspension_rate/compare")
    assert "The same child may be counted many times" in clustered


@pytest.mark.parametrize("measure_id", load_measures())
@pytest.mark.parametrize("area", [AREA, DURHAM])
def test_every_measure_has_a_comparison_or_says_why_not(
    client: FlaskClient, area: str, measure_id: str
) -> None:
    measure, settings = load_measures()[measure_id], load_area_settings()[area.split("/")[2]]
    if measure.source.extract not in settings.extracts:
        return
    page = opened(client, f"{area}measure/{measure_id}/compare")
    said = words(page.main)
    assert words(page.h1) == f"{measure.title}: compared with other areas"
    assert "nan" not in said.lower().split()
    if heading := page.find(id="strip"):
        assert len(words(heading).split()) <= 10


def test_areas_that_are_counted_in_another_way_are_not_ranked_together(
    published: Database,
) -> None:
    """The LAIT counts meetings of any year, so its annual reviews stand higher."""
    view = view_of(published, "ar_completed_pct")
    kinds = {one.point.source for one in view.areas if one.point}
    assert len(kinds) == 1


def copy_of(published: Database, folder: Path) -> Database:
    copy = folder / "copy.sqlite3"
    source = sqlite3.connect(str(published.read.url.database))
    target = sqlite3.connect(copy)
    source.backup(target)
    source.close()
    target.close()
    return open_database(URL.create("sqlite", database=str(copy)))


@pytest.fixture
def hidden(published: Database, tmp_path: Path) -> Iterator[Database]:
    """A copy in which Darlington's and Gateshead's figures of 2024 are hidden, and a part that
    gives them away has been left in the file."""
    database = copy_of(published, tmp_path)
    with database.writing() as connection:
        connection.execute(
            update(observation)
            .where(observation.c.area_code.in_([DARLINGTON, GATESHEAD]))
            .where(observation.c.vintage_id.is_not(None), observation.c.period == "2024")
            .values(value=None, symbol="c", numerator=98761, denominator=98763)
        )
    yield database
    database.close()


def test_a_hidden_figure_is_words_and_a_number_nowhere(hidden: Database) -> None:
    client = create_app(hidden).test_client()
    page = opened(client, f"{AREA}{PLANS}?period=2024")
    said = words(page.main)
    assert (
        "In the calendar year 2024 Darlington’s published figure is hidden to protect privacy, so "
        "it has no rank. 24 areas have data."
    ) in said
    assert "Gateshead: hidden to protect privacy" in said
    assert "mean of 9 of 10 with data" in said
    assert "Hidden to protect privacy: Darlington, Gateshead." in said
    for script in page.find_all("script", attrs={"data-files": True}):
        script.attrs.clear()  # a library's address carries the second it was installed: any digits
    for part in ("98,761", "98761", "98,763", "98763", "72.5", "80.8", "80.82"):
        assert part not in str(page)
    figure = json.loads(page.find(id="chart-data").string)
    assert sum(len(trace["y"]) for trace in figure["wide"]["data"]) == 24
    rows = list(csv.DictReader(io.StringIO(_csv(client, page))))
    (own,) = [row for row in rows if row["area_code"] == DARLINGTON]
    assert own["symbol"] == "c"
    empty = ("rank", "value", "lower_95", "upper_95", "numerator", "denominator")
    assert [own[name] for name in empty] == [""] * 6


def _csv(client: FlaskClient, page: Any) -> str:
    (link,) = [a["href"] for a in page.find_all("a", download=True) if ".csv" in a["href"]]
    return client.get(link).data.decode("utf-8-sig")


def test_a_hidden_neighbour_takes_no_place(hidden: Database) -> None:
    view = view_of(hidden, area="E06000047", period="2024")
    assert len(view.areas) == 24
    assert "Gateshead" not in describe_compared(view)
    strip = compared_strip(view)
    assert strip is not None
    assert {DARLINGTON, GATESHEAD}.isdisjoint(one.code for one in strip.areas)


def test_the_file_is_the_page_unrounded(client: FlaskClient) -> None:
    page = opened(client, f"{AREA}{PLANS}?among=region")
    rows = list(csv.DictReader(io.StringIO(_csv(client, page))))
    (own,) = [row for row in rows if row["kind"] == "own"]
    assert (own["area_code"], own["numerator"], own["denominator"]) == (DARLINGTON, "121", "167")
    assert float(own["lower_95"]) == pytest.approx(wilson(121, 167)[0] * 100)
    assert f"was {own['rank']}th of 12 areas" in words(page.find(class_="headline"))
    assert {row["kind"] for row in rows} >= {"own", "other", "country", "region", "neighbours"}
    assert len([row for row in rows if row["rank"]]) == 12


def test_links_say_the_true_size_of_the_files(client: FlaskClient) -> None:
    page = opened(client, AREA + PLANS)
    for link in page.find_all("a", download=True):
        size = len(client.get(link["href"]).data)
        assert f"{size / 1000:.1f} KB" in words(link)


def test_the_heading_never_says_more_than_the_intervals(published: Database) -> None:
    view = view_of(published, "ehcna_refused_pct")
    assert view.apart is not None
    assert view.apart.alike == 15
    assert chart_headline(view) == "Darlington is not distinguishable from 15 of 25 others"
