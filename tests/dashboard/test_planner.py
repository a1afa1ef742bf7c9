"""The planner as a person meets it: marked, with its error beside it, and theirs to change."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser
from sqlalchemy import delete

from dashboard import create_app
from dashboard.analysis.projection import Model, project
from dashboard.charts.geometry import Size
from dashboard.charts.projection import Counted, projection_chart
from dashboard.charts.svg import trend_svg
from dashboard.settings import Settings
from dashboard.viewer import Viewer
from dashboard.views.planner import get_planner
from schemas.database import Database
from schemas.tables import observation
from tests.browser.serving import serving
from tests.dashboard.analysis.test_projection import DARLINGTON
from tests.dashboard.charts.drawn import outside, overlapping, words_of
from tests.dashboard.page_text import AREA, DURHAM, main, opened, section, words
from tests.dashboard.published import copied

PLANNER = f"{AREA}planner"


def rows(client: FlaskClient, query: str = "") -> list[dict[str, str]]:
    text = client.get(f"{PLANNER}.csv{query}").data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def cells(client: FlaskClient, path: str, caption: str) -> dict[str, list[str]]:
    """The rows of the table with this caption, by what heads them."""
    page = opened(client, path)
    table = next(one for one in page.find_all("table") if words(one.caption).startswith(caption))
    return {
        words(row.th): [words(cell) for cell in row.find_all("td")]
        for row in table.tbody.find_all("tr")
    }


def test_it_is_marked_as_a_projection_everywhere(client: FlaskClient) -> None:
    page = opened(client, PLANNER)
    assert "Projection" in words(page.title)
    assert "projection" in words(page.h1)
    assert "Nobody has counted the numbers for the years to come" in words(page.main)
    assert page.select_one(".chart")["aria-label"].endswith("a projection, not of counted figures")
    assert words(page.find(id="projection-said")).startswith("Projection, not counted figures")
    assert {row["kind"] for row in rows(client) if int(row["january"]) > 2026} == {"projected"}
    assert all("projection" in row["note"] for row in rows(client) if row["kind"] != "counted")


def test_it_starts_from_the_published_januaries(client: FlaskClient) -> None:
    counted = [row for row in rows(client) if row["kind"] == "counted"]
    assert [float(row["value"]) for row in counted] == list(DARLINGTON)
    assert [row["january"] for row in counted][::7] == ["2019", "2026"]
    assert {row["invented"] for row in counted} == {"no"}


def test_the_projection_is_the_models(client: FlaskClient) -> None:
    found = [row for row in rows(client, "?ahead=2&method=fading") if row["kind"] == "projected"]
    steps = project(DARLINGTON, 2, Model.fading).steps
    assert [int(row["value"]) for row in found] == [round(step.middle) for step in steps]
    assert [int(row["upper_95"]) for row in found] == [round(step.high95) for step in steps]


def test_the_error_on_held_back_years_is_beside_it(client: FlaskClient) -> None:
    found = cells(client, PLANNER, "Mean error on held-back years")
    assert found["Same as last year"] == ["95", "197", "295"]
    assert found["Same growth as last year"] == ["23", "62", "121"]
    assert found["Numbers tried"] == ["4", "3", "2"]
    used = next(name for name in found if name.endswith("(used here)"))
    assert all(int(a) <= int(b) for a, b in zip(found[used], ["95", "197", "295"], strict=True))
    assert "“Same growth as last year” did better here" in section(
        opened(client, PLANNER), "held-back"
    )


def test_when_nothing_is_better_it_says_so_and_keeps_last_years_number(client: FlaskClient) -> None:
    page = opened(client, f"{PLANNER}?by=special")
    assert "No model was at least as good as “same as last year”" in words(page.main)
    assert page.find(id="goes-on").text == "If the number stays as it is"


def test_the_areas_own_december_stands_in_for_a_january_and_is_called_invented(
    client: FlaskClient,
) -> None:
    found = [row for row in rows(client, "?by=special") if row["kind"] == "counted"]
    assert found[-1]["january"] == "2026"
    assert {row["invented"] for row in found[:-1]} == {"no"}
    assert found[-1]["invented"] == "yes"
    said = section(opened(client, f"{PLANNER}?by=special"), "sources")
    assert "31 December before" in said
    assert "invented sample data" in said


def test_capacity_is_set_beside_it(client: FlaskClient, published: Database) -> None:
    settings = Settings()
    with published.reading() as connection:
        planner = get_planner(connection, Viewer.partner, settings, settings.areas["E06000005"])
    assert planner.places is not None
    assert (planner.places.places, planner.places.roll) == (387, 396)
    share = planner.special.values[-1] / DARLINGTON[-1]
    middle = project(DARLINGTON, 3, Model.steady).steps[0].middle
    found = cells(client, PLANNER, "Projection: special school places needed")
    assert found["2027"][0] == f"{middle * share:,.0f}"
    assert found["2027"][-1] == f"{middle * share - 387:,.0f} too few"
    said = section(opened(client, PLANNER), "places-there")
    assert "387 places" in said
    assert "102.3% full" in said
    assert "fewer places than are needed from January 2027 on" in said


def test_a_person_s_own_numbers_are_worked_out(client: FlaskClient) -> None:
    """1,227 grown by 4% is 1,276; 28% of it is 357; 387 places and 30 more are 417."""
    path = f"{PLANNER}?growth=4&share=28&places=30"
    found = cells(client, path, "What if, not counted")
    assert found["2027"] == ["1,276", "357", "417", "60 to spare"]
    assert "there would be enough places until January 2029" in main(client, path)
    saved = [
        row for row in rows(client, "?growth=4&share=28&places=30") if row["kind"] == "what if"
    ]
    assert saved[0]["what_if_growth_pct"] == "4.0"
    assert [row["value"] for row in saved if row["january"] == "2027"] == ["1276", "357", "417"]


def test_what_is_left_empty_stays_as_projected(client: FlaskClient) -> None:
    own = cells(client, f"{PLANNER}?places=30", "What if, not counted")
    need = cells(client, PLANNER, "Projection: special school places needed")
    assert [row[1] for row in own.values()] == [row[0] for row in need.values()]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("growth=abc", "Growth must be a number, like 7.5"),
        ("growth=31", "Growth must be between −20 and 30 per cent a year"),
        ("growth=-21", "Growth must be between −20 and 30 per cent a year"),
        ("share=101", "The share in special schools must be between 0 and 100 per cent"),
        ("places=1.5", "Extra places must be a whole number"),
        ("places=nan", "Extra places must be a number, like 30"),
        ("places=9999999999", "Extra places must be a number, like 30"),
        ("growth=4,5", "Growth must be between −20 and 30 per cent a year"),
    ],
)
def test_a_wrong_number_is_said_at_its_field(client: FlaskClient, query: str, said: str) -> None:
    page = opened(client, f"{PLANNER}?{query}")
    name = query.split("=")[0]
    assert said in words(page.select_one(".problems"))
    assert said in words(page.find(id=f"{name}-wrong"))
    assert page.find(id=name)["aria-invalid"] == "true"


@pytest.mark.parametrize("query", ["ahead=9", "ahead=x", "ahead=²", "method=best", "by=none"])
def test_an_unknown_choice_is_the_usual_one(client: FlaskClient, query: str) -> None:
    assert "in January 2029" in main(client, f"{PLANNER}?{query}")


def test_what_a_person_writes_is_escaped(client: FlaskClient) -> None:
    assert "<b>x" not in client.get(f"{PLANNER}?growth=<b>x</b>").text


def test_an_area_without_places_of_its_own_says_so(client: FlaskClient) -> None:
    said = main(client, f"{DURHAM}planner")
    assert "has sent no count of the special school places" in said
    assert "Invented" not in words(opened(client, f"{DURHAM}planner"))


@pytest.fixture
def few(published: Database, tmp_path: Path) -> Iterator[Flask]:
    """Nothing published before 2023, nothing of the area's own."""
    database = copied(published, tmp_path)
    with database.writing() as connection:
        connection.execute(
            delete(observation).where(
                observation.c.measure_id.in_(["ehcp_active", "ehcp_placement"]),
                observation.c.vintage_id.is_not(None),
                observation.c.period < "2023-01",
            )
        )
    yield create_app(database)
    database.close()


def test_a_short_series_is_refused_in_a_sentence(few: Flask) -> None:
    reader = few.test_client()
    said = main(reader, PLANNER)
    assert "There are 4 January counts" in said
    assert "so nothing is projected" in said
    assert reader.get(f"{PLANNER}.csv").status_code == 404


def test_the_header_leads_there_and_a_link_lasts(client: FlaskClient) -> None:
    page = opened(client, AREA)
    assert page.find("a", href=PLANNER)
    lasting = str(opened(client, PLANNER).select_one(".edition a")["href"])
    assert (
        main(client, lasting).split("This edition")[0]
        == main(client, PLANNER).split("This edition")[0]
    )
    assert client.get(f"{PLANNER}?edition=2031-32-summer.1.1.1").status_code == 404


@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_no_words_of_the_chart_cover_others(size: Size) -> None:
    counted = [Counted(2019 + n, value) for n, value in enumerate(DARLINGTON)]
    steps = project(DARLINGTON, 5, Model.steady).steps
    places = (1300.0, "Places with 30 more: 1,300")
    svg = trend_svg(projection_chart(counted, steps, [1300.0] * 5, places), size, "p")
    assert not overlapping(words_of(svg))
    assert not outside(svg)


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("query", ["", "?by=special&ahead=5&growth=3&places=30", "?growth=abc"])
def test_the_page_is_accessible_and_fits(
    browser: Browser, server: Flask, width: int, query: str
) -> None:
    with serving(server) as address:
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.goto(f"{address}{PLANNER}{query}")
        for summary in page.locator("details > summary").all():
            summary.click()
        wide: Any = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0
        assert [one["id"] for one in Axe().run(page).response["violations"]] == []
        page.close()
