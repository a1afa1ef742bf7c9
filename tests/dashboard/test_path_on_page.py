"""An agreed path on a measure's page: statement, chart, table, files, and the edition it is of."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import insert, update

from dashboard import create_app
from dashboard.charts.chart import Chart
from dashboard.charts.description import describe, reading_notes
from dashboard.charts.plotly_figure import plotly_figure
from dashboard.charts.svg import trend_svg
from dashboard.charts.table import build_table
from dashboard.charts.trend import build_trend
from dashboard.edition import Edition, EditionName
from dashboard.queries.paths import get_paths
from dashboard.view import PathPoint
from schemas.database import Database
from schemas.plan_tables import plan_path
from tests.dashboard.charts.drawn import marks, outside, overlapping, series, words_of
from tests.dashboard.page_text import AREA, opened, section, words
from tests.dashboard.published import copied
from tests.dashboard.views import measure, point, view

SALT = f"{AREA}measure/salt_wait_mean_days"
TERMS = ("2024-25 summer", "2025-26 autumn", "2025-26 spring", "2025-26 summer")
POINTS = (("2025-26 autumn", 140.0), ("2025-26 summer", 132.0), ("2026-27 summer", 126.0))


def agree(database: Database, points: Any = POINTS, **given: Any) -> None:
    same: dict[str, Any] = {
        "area_code": "E06000005",
        "measure_id": "salt_wait_mean_days",
        "agreed": "SEND Board",
        "invented": 1,
        "written_by_role": "Head of SEND",
        "written_at": "2026-09-20T09:00:00+00:00",
    }
    with database.writing() as connection:
        for term, value in points:
            row = {"term": term, "value": value, **same, **given}
            connection.execute(insert(plan_path).values(row))


@pytest.fixture
def agreed(published: Database, tmp_path: Path) -> Iterator[Database]:
    """The demonstration with a path for speech and language waits."""
    database = copied(published, tmp_path)
    agree(database)
    yield database
    database.close()


@pytest.fixture
def reader(agreed: Database) -> FlaskClient:
    return create_app(agreed).test_client()


def drawn(**given: Any) -> Chart:
    points = [point(term, value) for term, value in zip(TERMS, (160, 150, 141, 135), strict=True)]
    path = tuple(PathPoint(term, value, "Board", False) for term, value in POINTS)
    shown = view(*points, about=measure("salt_wait_mean_days", decimals=0), path=path, **given)
    chart = build_trend(shown)
    assert chart is not None
    return chart


def test_the_statement_has_its_place_among_the_others(reader: FlaskClient) -> None:
    said = section(opened(reader, SALT), "what-we-can-say")
    assert "Agreed path" in said
    assert "of the agreed path" in said
    assert "The path ends in the summer term 2026/27 at 126" in said
    assert "Agreed: SEND Board." in said
    assert "This path is invented sample data." in said


def test_a_measure_without_a_path_says_nothing_of_one(reader: FlaskClient) -> None:
    page = opened(reader, f"{AREA}measure/nd_waiting")
    assert "path" not in section(page, "what-we-can-say").lower()
    assert page.select_one("[data-series=path]") is None


def test_the_chart_the_key_and_the_words_have_the_path(reader: FlaskClient) -> None:
    page = opened(reader, SALT)
    assert len(page.select("[data-series=path]")) == 2
    assert "Agreed path (invented)" in words(page.select_one(".key"))
    assert "agreed path (invented) goes from 140" in words(page.find(id="trend-said"))


def test_the_table_and_the_file_have_terms_to_come(reader: FlaskClient) -> None:
    data = words(opened(reader, SALT).select_one(".data table"))
    assert "Agreed path (invented)" in data
    assert "Summer term 2026/27" in data
    text = reader.get(f"{SALT}.csv").data.decode("utf-8-sig")
    rows = [row for row in csv.DictReader(io.StringIO(text)) if row["basis"] == "agreed_path"]
    assert [(row["period"], float(row["value"])) for row in rows] == list(POINTS)
    assert {row["invented"] for row in rows} == {"yes"}
    assert {row["source"] for row in rows} == {"SEND Board"}


def test_pictures_are_made(reader: FlaskClient) -> None:
    assert "Broken line with open diamonds" in reader.get(f"{SALT}.svg").text
    assert reader.get(f"{SALT}.png").data[:4] == b"\x89PNG"


def test_the_axis_reaches_the_last_term_of_the_path() -> None:
    chart = drawn()
    assert chart.last.isoformat() == "2027-07-01"
    assert [tick.name for tick in chart.ticks][-3:] == ["Autumn", "Spring", "Summer"]
    assert len(chart.ticks) == 7


@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_every_agreed_value_is_a_mark_and_no_words_cover_others(size: Any) -> None:
    svg = trend_svg(drawn(), size, "t")
    assert marks(series(svg)["path"]) == 3
    assert not overlapping(words_of(svg))
    assert not outside(svg)


def test_plotly_says_what_was_agreed() -> None:
    figure = plotly_figure(drawn())
    path = next(one for one in figure["data"] if one["meta"]["series"] == "path")
    assert path["y"] == [140, 132, 126]
    assert path["text"][-1] == "Agreed path, Summer 2026/27: 126 days"
    json.dumps(figure)


def test_the_description_says_from_where_to_where() -> None:
    path = tuple(PathPoint(term, value, "Board", False) for term, value in POINTS)
    about = measure("salt_wait_mean_days", decimals=0)
    shown = view(point(TERMS[0], 160), about=about, path=path)
    chart = build_trend(shown)
    assert chart is not None
    said = describe(shown, chart)
    assert "The agreed path goes from 140 days in Autumn 2025/26 to 126 days" in said
    assert any("agreed path" in note for note in reading_notes(chart))
    assert build_table(shown).rows[0][0].words == "Summer term 2026/27"


def test_an_area_shown_by_published_figures_has_no_path_drawn() -> None:
    chart = drawn(published_only=True)
    assert chart.path is None


def test_an_edition_keeps_the_path_of_its_day(agreed: Database) -> None:
    with agreed.writing() as connection:
        connection.execute(update(plan_path).values(ended_at="2026-10-20T10:00:00+00:00"))
    agree(agreed, [("2026-27 summer", 120.0)], written_at="2026-10-20T10:00:00+00:00")

    def seen(day: str) -> list[float]:
        edition = Edition(EditionName("2025-26 summer", 1, 1, 1), f"{day}T12:00:00+00:00")
        with agreed.reading() as connection:
            found = get_paths(connection, "E06000005", edition)
        return [point.value for point in found.get("salt_wait_mean_days", ())]

    assert seen("2026-09-01") == []
    assert seen("2026-10-01") == [140, 132, 126]
    assert seen("2026-11-01") == [120]
    with agreed.reading() as connection:
        now = get_paths(connection, "E06000005")
        assert get_paths(connection, "E06000047") == {}
    assert [point.value for point in now["salt_wait_mean_days"]] == [120]


def test_paths_are_read_from_both_databases_alike(database: Database) -> None:
    agree(database)
    with database.reading() as connection:
        found = get_paths(connection, "E06000005")["salt_wait_mean_days"]
    assert [(point.term, point.value) for point in found] == list(POINTS)
    assert found[0] == PathPoint("2025-26 autumn", 140, "SEND Board", True)
