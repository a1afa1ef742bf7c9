"""A hidden figure leaves no number: nothing that is shown depends on what stands behind it.

Two databases differ only in the parts behind symbols, and every page and file must be the same.
What cannot be prevented before disclosure control: a hidden part follows from a whole and its
other parts, wherever the sender hid only one of them.
"""

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import Tag
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy.engine import URL

from dashboard import create_app
from dashboard.analysis.verdict import judge
from dashboard.charts.sparkline import sparkline_svg
from dashboard.charts.trend import build_trend
from dashboard.releases.demo import publish_invented_drafts
from dashboard.view import MeasureView
from dashboard.viewer import Viewer
from dashboard.views.measure import get_measure_view
from dashboard.words.values import symbol_words
from loaders.benchmarks import load_packaged
from loaders.load import load_file
from loaders.report import Sender
from schemas.area_settings import load_area_settings
from schemas.database import Database, open_database
from schemas.measure import load_measures
from schemas.migrations import upgrade
from schemas.term import Term, parse_period
from tests import builders
from tests.dashboard.page_text import AREA, main, opened, row, section, words
from tests.dashboard.views import point, view

TWENTY = f"{AREA}measure/ehcp_20w_excl"
NEWEST = "Autumn 2025/26"
TERMS = [
    f"{season} {year}/{year - 1999}"
    for year in range(2021, 2026)
    for season in ("Autumn", "Spring", "Summer")
][:13]
# What stands for the plans in time; beside it stands a number of plans that must not be shown.
SYMBOLS = {
    "Spring 2021/22": "x",
    "Summer 2022/23": "z",
    "Autumn 2023/24": "low",
    "Spring 2024/25": "u",
    NEWEST: "c",
}
NO_PLANS = "Summer 2024/25"  # here the plans are hidden, and those in time stand beside them
SHOWN = [term for term in TERMS if term not in (*SYMBOLS, NO_PLANS)]
PHASES = ("Early years", "Secondary", "Post-16", "Post-19")
QUERIES = ("", "?by=phase", "?hide=england,region,neighbours", "?year=2024", "?edition=nonsense")


def sent(secret: int) -> list[dict[str, Any]]:
    """Every term's row, and phases for two; `secret` stands behind each symbol."""
    wholes = [term_row(term, index, secret + index) for index, term in enumerate(TERMS)]
    return [*wholes, *phases("Autumn 2024/25", 80), *phases(NEWEST, secret + 12)]


def term_row(term: str, index: int, secret: int) -> dict[str, Any]:
    found: dict[str, Any] = {"period": term, "issued": 9000, "within_20w": 8000}
    if SYMBOLS.get(term) == "z":  # not applicable: there were no plans to share out
        return found | {"issued_excl": 0, "within_20w_excl": "z"}
    if term in SYMBOLS:
        return found | {"issued_excl": secret, "within_20w_excl": SYMBOLS[term]}
    if term == NO_PLANS:
        return found | {"issued_excl": "c", "within_20w_excl": secret}
    return found | {"issued_excl": 80, "within_20w_excl": 40 + index}


def phases(term: str, plans: int) -> list[dict[str, Any]]:
    """Four phases with 10 plans each, and primary with the rest, hidden in the newest term."""
    rest: Any = "c" if term == NEWEST else 40 + TERMS.index(term) - 4 * 8
    other = {"issued": 10, "within_20w": 10, "issued_excl": 10, "within_20w_excl": 8}
    primary = {"issued": 8960, "within_20w": 7960, "issued_excl": plans - 40}
    return [
        *({"period": term, "phase": one, **other} for one in PHASES),
        {"period": term, "phase": "Primary", **primary, "within_20w_excl": rest},
    ]


def hiding(path: Path, secret: int) -> Database:
    database = open_database(URL.create("sqlite", database=str(path)))
    upgrade(database)
    load_packaged(database, load_measures())
    same = {"phase": "All phases", "median_weeks": 18}
    sheet = builders.rows("ehc_timeliness", *sent(secret), **same)
    content = builders.workbook(builders.sheets(ehc_timeliness=sheet))
    report = load_file(database, content, "hidden.xlsx", Sender(invented=True))
    assert report.loaded, report.problems
    day = "2026-01-20T09:00:00+00:00"  # the moment is the same too
    assert publish_invented_drafts(database, day) == len(TERMS)
    return database


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Database, Database]]:
    folder = tmp_path_factory.mktemp("hidden")
    found = hiding(folder / "one.sqlite3", 7013), hiding(folder / "two.sqlite3", 6007)
    yield found
    for database in found:
        database.close()


@pytest.fixture(scope="module")
def clients(pair: tuple[Database, Database]) -> tuple[FlaskClient, FlaskClient]:
    one, two = (create_app(database).test_client() for database in pair)
    return one, two


@pytest.fixture(scope="module")
def hidden(clients: tuple[FlaskClient, FlaskClient]) -> FlaskClient:
    return clients[0]


@pytest.fixture
def shown(pair: tuple[Database, Database]) -> MeasureView:
    measure, area = load_measures()["ehcp_20w_excl"], load_area_settings()["E06000005"]
    with pair[0].reading() as connection:
        return get_measure_view(connection, Viewer.partner, measure, area)


def label(term: str) -> str:
    found = parse_period(term)
    assert isinstance(found, Term)
    return found.label


# Nothing depends on what is hidden


@pytest.mark.parametrize(
    "path",
    [
        "",
        "?show=attention",
        "?term=2024-25-spring",
        "?term=2024-25-summer",
        "gaps",
        "gaps?by=target",
        "gaps?by=direction",
        *(f"measure/ehcp_20w_excl{query}" for query in QUERIES[:4]),
        "measure/ehcp_20w_excl/compare",
        *(f"measure/ehcp_20w_excl.{kind}" for kind in ("csv", "xlsx", "svg", "png")),
        "measure/ehcp_20w_excl/compare.csv",
    ],
)
def test_other_numbers_behind_the_symbols_give_the_same_bytes(
    clients: tuple[FlaskClient, FlaskClient], path: str
) -> None:
    one, two = (client.get(f"{AREA}{path}") for client in clients)
    assert one.status_code == two.status_code == 200
    assert one.data == two.data


def test_the_same_bytes_are_not_the_same_because_nothing_is_shown(hidden: FlaskClient) -> None:
    said = main(hidden, TWENTY)
    for index, term in enumerate(TERMS):
        if term in SHOWN:
            assert f"{(40 + index) / 80:.1%}" in said


@pytest.mark.parametrize("secret", [7013 + index for index in range(len(TERMS))])
def test_no_part_of_a_hidden_figure_is_written_anywhere(hidden: FlaskClient, secret: int) -> None:
    alone = re.compile(rf"(?<![\d.])({secret}|{secret:,}|{secret - 40}|{secret - 40:,})(?![\d.])")
    for query in QUERIES[:4]:
        assert not alone.search(hidden.get(f"{TWENTY}{query}").text)
    for path in (f"{TWENTY}.csv", f"{TWENTY}.svg", AREA, f"{AREA}gaps"):
        assert not alone.search(hidden.get(path).text)


# What stands there instead


@pytest.mark.parametrize("term", [*SYMBOLS, NO_PLANS])
def test_the_table_says_why_in_the_place_of_every_number(hidden: FlaskClient, term: str) -> None:
    why = symbol_words(SYMBOLS.get(term, "c"))
    rows = [words(one) for one in opened(hidden, TWENTY).select("#over-time ~ .data tbody tr")]
    season, year = term.split(" ")
    (found,) = [one for one in rows if one.startswith(f"{season} term {year}")]
    assert found.startswith(f"{season} term {year} {why} no figure no figure final")


@pytest.mark.parametrize("term", [*SYMBOLS, NO_PLANS])
def test_the_files_hold_the_symbol_and_no_number(hidden: FlaskClient, term: str) -> None:
    symbol = SYMBOLS.get(term, "c")
    text = hidden.get(f"{TWENTY}.csv").data.decode("utf-8-sig")
    records = [*csv.DictReader(io.StringIO(text, newline=""))]
    (own,) = [
        one
        for one in records
        if (one["period"], one["basis"], one["breakdown"]) == (label(term), "in_term", "all")
    ]
    assert own["symbol"] == symbol
    names = ("numerator", "denominator", "value", "lower_95", "upper_95")
    assert [own[name] for name in names] == [""] * 5
    book = load_workbook(io.BytesIO(hidden.get(f"{TWENTY}.xlsx").data))
    season, year = term.split(" ")
    (found,) = [
        line[1:4]
        for line in book["Data"].iter_rows(values_only=True)
        if line[0] == f"{season} term {year}"
    ]
    assert found == (symbol, None, None)


def test_sums_that_hold_a_hidden_term_are_hidden(hidden: FlaskClient) -> None:
    text = hidden.get(f"{TWENTY}.csv").data.decode("utf-8-sig")
    records = [*csv.DictReader(io.StringIO(text, newline=""))]
    sums = [one for one in records if one["basis"] in ("ytd", "rolling3")]
    assert any(one["value"] for one in sums)
    terms = [label(term) for term in TERMS]
    without = {label(term) for term in (*SYMBOLS, NO_PLANS) if SYMBOLS.get(term) != "z"}
    for one in sums:
        place = terms.index(one["period"])
        first = place - 2 if one["basis"] == "rolling3" else place - place % 3
        if without & {*terms[max(first, 0) : place + 1]}:
            assert (one["value"], one["numerator"], one["denominator"]) == ("", "", "")
            assert one["symbol"]


def test_the_newest_figure_is_hidden_in_words_everywhere(hidden: FlaskClient) -> None:
    said = row(opened(hidden, AREA), "ehcp_20w_excl")
    assert "Hidden to protect privacy Autumn 2025/26" in said
    page = opened(hidden, TWENTY)
    headline = words(page.select_one("section.headline"))
    assert headline.startswith("Hidden to protect privacy Autumn term 2025/26")
    said = section(page, "what-we-can-say")
    assert said.count("hidden to protect privacy") >= 2
    assert "three terms to Autumn 2025/26 Darlington’s figure is hidden to protect privacy" in said
    for one in page.select(".statements div"):
        if words(one).startswith(("Change on the same term", "Target", "Usual ups")):
            assert not one.select(".verdict")
    assert "hidden to protect privacy" in words(page.figcaption)


def test_a_hidden_part_is_words_and_has_no_bar(hidden: FlaskClient) -> None:
    (part,) = [
        one
        for one in opened(hidden, f"{TWENTY}?by=phase").select("table.bars tbody tr")
        if words(one).startswith("Primary")
    ]
    assert words(part) == "Primary hidden to protect privacy"
    assert not part.select(".bar, .bar-track")


# Geometry


def test_each_drawing_has_as_many_marks_as_there_are_numbers(hidden: FlaskClient) -> None:
    page = opened(hidden, TWENTY)
    for size in ("wide", "narrow"):
        group = page.select_one(f'.chart-svg-{size} [data-series="own"]')
        assert marks(group) == len(SHOWN)
    figure = json.loads(page.find(id="chart-data").string)
    for size in ("wide", "narrow"):
        (own,) = [one for one in figure[size]["data"] if one["meta"]["series"] == "own"]
        assert {round(y, 6) for y in own["y"] if y is not None} == shares()
        ends = [*own["error_y"]["array"], *own["error_y"]["arrayminus"]]
        assert sum(end is not None for end in ends) == 2 * len(SHOWN)


def marks(group: Tag) -> int:
    """A mark is a shape of two arcs, which is drawn in one path with the others."""
    filled = [one for one in group.find_all("path") if one.get("fill") not in (None, "none")]
    return sum(str(one["d"]).count("M") for one in filled)


def shares() -> set[float]:
    return {round(100 * (40 + TERMS.index(term)) / 80, 6) for term in SHOWN}


def test_the_sparkline_joins_nothing_across_a_hidden_term(shown: MeasureView) -> None:
    drawn = sparkline_svg(shown.terms.points)
    numbers = [one for one in shown.terms.points[-8:] if one.value is not None]
    assert len(re.findall(r"[ML][\d.]+ [\d.]+", drawn)) == len(numbers) + drawn.count("h0")
    assert "<circle" not in drawn  # it marks the newest number, and there is none


def test_limits_are_worked_out_from_the_numbers_alone(shown: MeasureView) -> None:
    control = judge(shown).control
    assert {round(one.value or 0, 6) for one in control.points} == shares()
    assert control.variation is None
    assert control.assurance is None


@pytest.mark.parametrize("symbol", ["c", "x", "z", "low", "u"])
def test_the_axis_is_that_of_the_chart_without_the_hidden_point(symbol: str) -> None:
    numbers = [point("2023-24 autumn", 52.5), point("2023-24 spring", 55.0)]
    behind = point("2023-24 summer", symbol, numerator=1.0, denominator=9000.0)
    last = point("2024-25 autumn", 50.0)
    with_it = build_trend(view(*numbers, behind, last))
    without = build_trend(view(*numbers, last))
    assert with_it is not None
    assert without is not None
    assert (with_it.axis, with_it.own) == (without.axis, without.own)
