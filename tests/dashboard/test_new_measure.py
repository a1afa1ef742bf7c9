"""A new measure is one TOML file: row, page, comparison, words, downloads and tests follow."""

import csv
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy.engine import URL

import schemas.measure
from dashboard import create_app
from dashboard.releases.demo import publish_invented_drafts
from dashboard.settings import Settings
from loaders.benchmarks import load_benchmark_file, load_packaged
from loaders.definitions import Definitions
from loaders.load import load_file
from loaders.report import Sender
from schemas.database import Database, open_database
from schemas.extracts import load_extracts
from schemas.measure import Measure, load_measures
from schemas.migrations import upgrade
from schemas.resources import resource_folder
from tests.conftest import ROOT
from tests.dashboard.page_text import AREA, DURHAM, links, main, opened, row, section, words

NEW = "plans_late_pct"
PAGE = f"{AREA}measure/{NEW}"
TITLE = "New EHC plans that took more than 20 weeks but less than a year"
SHORT = "Late by up to a year"
SUMMER = "Summer 2025/26"
VISITING = ("pages", "compare")
FILE = "dfe_ehc_plans_2025/timeliness_20_week.csv"
FILE_OF_SECOND = "dfe_ehc_plans_2025/assessments.csv"

TOML = f"""
title = "{TITLE}"
short_title = "{SHORT}"
description = "The law gives 20 weeks for a plan. This share took longer, up to a year."
theme = "timeliness"
order = 27
unit = "percent"
decimals = 1
polarity = "lower_better"
basis = "in_term"
bases = ["ytd", "rolling3"]
why_it_matters = "Families wait longer than the law says."
can_mislead = "It falls when a late plan is so late that it takes over a year."
cannot_tell = "It leaves out children who have no plan yet."
owner = "Council: head of SEND"
authored_by = "Council performance team"
checked_by = "Designated clinical officer"
next_review = 2027-09-01
version = 1

[definition]
numerator = "First final plans issued more than 20 weeks and less than a year after the request."
denominator = "First final plans issued in the period."

[source]
extract = "ehc_timeliness"
derive = "ratio"
numerator = ["issued"]
less = ["within_20w", "after_1_year"]
denominator = ["issued"]
breakdowns = [["phase"]]

[target]
value = 10
kind = "local"
source = "An aim made up for this test: no more than 10 in 100"
by_on = 2027-08-31

[[benchmarks]]
file = "dfe_ehc_timeliness"
basis = "calendar_year"
value = "pc_plans_issued_gt20weeks_ltyear"
numerator = ["plans_issued_gt20weeks_ltyear"]
denominator = ["plans_issued_den"]
"""

# Published for longer, so that it can be set beside England, and better when it is high.
SECOND = "assessed_to_plan_pct"
SECOND_TOML = """
title = "Assessments that ended in an EHC plan"
short_title = "Assessed, then a plan"
description = "An assessment ends with a plan or without one. This share ended with a plan."
theme = "plans"
order = 118
unit = "percent"
decimals = 1
polarity = "higher_better"
basis = "in_term"
bases = ["ytd", "rolling3"]
why_it_matters = "An assessment is long and hard for a family."
can_mislead = "Neither high nor low is better in truth; this is for a test."
owner = "Council: head of SEND"
authored_by = "Council performance team"
checked_by = "Designated clinical officer"
next_review = 2027-09-01
version = 1

[definition]
numerator = "Of the assessments completed in the period, those that ended in a plan."
denominator = "Assessments completed in the period."

[source]
extract = "ehc_requests"
derive = "ratio"
numerator = ["assessments"]
less = ["not_issued"]
denominator = ["assessments"]

[[benchmarks]]
file = "dfe_ehc_assessments"
basis = "calendar_year"
numerator = ["assess_issued"]
denominator = ["assess_issued", "assess_not_issued"]
"""


@pytest.fixture(scope="module")
def measures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Measure]:
    """Those there are, and new ones beside them."""
    there = Path(schemas.measure.__file__).parent / "measures"
    folder = Path(shutil.copytree(there, tmp_path_factory.mktemp("new") / "measures"))
    for name, toml in ((NEW, TOML), (SECOND, SECOND_TOML)):
        (folder / f"{name}.toml").write_text(toml, encoding="utf-8")
    return load_measures(folder)


@pytest.fixture(scope="module")
def loaded(
    measures: dict[str, Measure], shared: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """Two years of terms and the publisher's file, read with the new measure."""
    place = tmp_path_factory.mktemp("loaded") / "new.sqlite3"
    database = open_database(URL.create("sqlite", database=str(place)))
    upgrade(database)
    load_packaged(database, measures)
    for file in (FILE, FILE_OF_SECOND):
        load_benchmark_file(database, shared / "benchmarks" / file, measures)

    def known() -> Definitions:
        return Definitions(measures, load_extracts())

    for path in sample():
        report = load_file(database, path.read_bytes(), path.name, Sender(invented=True), known)
        assert report.loaded, report.message
    publish_invented_drafts(database)
    yield database
    database.close()


@pytest.fixture
def reader(loaded: Database, measures: dict[str, Measure]) -> FlaskClient:
    return create_app(loaded, Settings(measures=measures)).test_client()


def sample() -> list[Path]:
    every = sorted((resource_folder("data") / "sample").glob("*.xlsx"))
    return [path for path in every if re.search(r"_202[456]-2\d_\w+$", path.stem)]


def sent(phase: str = "All phases") -> tuple[int, int]:
    """Late plans and all plans of the newest term, straight from the cells."""
    book = CalamineWorkbook.from_path(str(sample()[-1]))
    rows = book.get_sheet_by_name("20-week timeliness").to_python()
    headings = next(row for row in rows if row[0] == "Period")
    cells = next(row for row in rows if row[:2] == [SUMMER, phase])
    found = dict(zip(headings, cells, strict=True))
    names = ("Plans issued", "Issued within 20 weeks", "Issued after 1 year")
    issued, in_time, after_a_year = (int(float(str(found[name]))) for name in names)
    return issued - in_time - after_a_year, issued


def published_for(code: str, year: str, shared: Path) -> tuple[str, int, int]:
    """The published share, late plans and all plans, straight from the file."""
    with (shared / "benchmarks" / FILE).open(encoding="utf-8-sig", newline="") as file:
        for one in csv.DictReader(file):
            place = one["new_la_code"] or one["region_code"] or one["country_code"]
            everyone = one["breakdown_topic"].startswith("All EHC plans")
            if (place, one["time_period"]) == (code, year) and everyone:
                counts = one["plans_issued_gt20weeks_ltYear"], one["plans_issued_den"]
                return one["pc_plans_issued_gt20weeks_ltYear"], int(counts[0]), int(counts[1])
    raise AssertionError(code)


def said_share(late: int, plans: int) -> str:
    return f"{100 * late / plans:.1f}%"


def test_it_has_a_row_on_the_overview(reader: FlaskClient, measures: dict[str, Measure]) -> None:
    page = opened(reader, AREA)
    said = row(page, NEW)
    assert f"{TITLE} {SHORT} {said_share(*sent())} {SUMMER}" in said
    assert " on Summer 2024/25" in said
    assert "10%" in said
    link = page.find("a", href=re.compile(f"/measure/{NEW}$"))
    assert link is not None
    assert link.find_parent("tr").select("svg.sparkline path")
    headings = [words(one) for one in page.find_all("h2")]
    assert headings[0] == "Quality and timeliness of EHC plans"
    assert f"{len(measures)} measures" in words(page)


def test_it_is_set_beside_england_in_words(reader: FlaskClient) -> None:
    """208 of 210 in Darlington, 98,547 of 104,951 in England: from the file, by hand."""
    assert "Better than England 93.9% in 2024" in row(opened(reader, AREA), SECOND)
    said = section(opened(reader, f"{AREA}measure/{SECOND}"), "what-we-can-say")
    assert "In the calendar year 2024 Darlington’s published figure was 99.0%" in said
    assert "better than England’s 93.9%" in said
    said = main(reader, f"{AREA}measure/{SECOND}/compare?period=2024&basis=calendar_year")
    assert "99.0%" in said


def test_it_is_ranked_among_the_gaps(reader: FlaskClient) -> None:
    for by in ("england", "target", "neighbours", "direction"):
        page = opened(reader, f"{AREA}gaps?by={by}")
        assert page.find("a", href=re.compile(f"/measure/{NEW}(#|$)")), by


def test_it_has_a_whole_page_in_words(reader: FlaskClient, shared: Path) -> None:
    page = opened(reader, PAGE)
    late, plans = sent()
    headline = words(page.select_one("section.headline"))
    assert f"{said_share(late, plans)} Summer term 2025/26" in headline
    said = section(page, "what-we-can-say")
    assert "the target of 10%" in said
    assert "more than 20 weeks and less than a year after the request." in words(page.aside)
    assert "An aim made up for this test" in words(page.aside)
    assert "It leaves out children who have no plan yet." in section(page, "cannot-tell")
    england = published_for("E92000001", "2024", shared)[0]
    assert f"England {england}% for calendar year 2024" in words(page.figcaption)
    assert "Source: Department for Education" in section(page, "sources")


def test_its_chart_is_drawn_in_both_ways_and_said(reader: FlaskClient) -> None:
    page = opened(reader, PAGE)
    for size in ("wide", "narrow"):
        assert page.select(f'.chart-svg-{size} [data-series="own"]')
    said = words(page.figcaption)
    assert said.startswith("Darlington ")
    assert said_share(*sent()) in said
    assert '"data"' in str(page.find(id="chart-data"))
    late, plans = sent()
    newest = words(page.select("#over-time ~ .data tbody tr")[0])
    assert f"{said_share(late, plans)} {late} {plans} " in newest


def test_its_parts_are_bars_and_small_charts(reader: FlaskClient) -> None:
    said = section(opened(reader, PAGE), "breakdown")
    assert said.startswith("By phase")
    late, plans = sent("Primary")
    assert f"Primary {said_share(late, plans)}" in said
    assert opened(reader, PAGE).select(".panels svg")


def test_it_is_compared_with_every_council(reader: FlaskClient, shared: Path) -> None:
    page = opened(reader, f"{PAGE}/compare?period=2024&basis=calendar_year")
    share = published_for("E06000005", "2024", shared)[0]
    assert f"{share}%" in words(page.main)
    assert re.search(r"\d+(st|nd|rd|th) of \d+ ", words(page.main))
    assert page.select(".chart-svg-wide, svg")
    near = main(reader, f"{PAGE}/compare?period=2024&basis=calendar_year&among=neighbours")
    assert "statistical neighbours" in near.lower()


@pytest.mark.parametrize("kind", ["csv", "xlsx", "svg", "png"])
def test_its_page_links_to_files(reader: FlaskClient, kind: str) -> None:
    (link,) = [one for one in links(opened(reader, PAGE)) if f"{NEW}.{kind}" in one]
    body = reader.get(link).data
    beginnings = {
        "csv": b"\xef\xbb\xbfarea_code",
        "xlsx": b"PK",
        "svg": b"<?xml",
        "png": b"\x89PNG",
    }
    assert body.startswith(beginnings[kind])
    if kind == "svg":
        assert TITLE in body.decode()
    if kind == "csv":
        late, plans = sent()
        found = csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline=""))
        whole = [one for one in found if (one["basis"], one["breakdown"]) == ("in_term", "all")]
        assert whole[-1]["measure_id"] == NEW
        assert [whole[-1]["numerator"], whole[-1]["denominator"]] == [str(late), str(plans)]
        assert float(whole[-1]["value"]) == pytest.approx(100 * late / plans)


def test_an_area_without_terms_has_it_by_what_is_published(
    reader: FlaskClient, shared: Path
) -> None:
    share = published_for("E06000047", "2024", shared)[0]
    assert f"{share}% calendar year 2024, published figure" in main(
        reader, f"{DURHAM}measure/{NEW}"
    )
    assert f"{share}%" in row(opened(reader, DURHAM), NEW)


def test_the_questions_are_what_they_were(client: FlaskClient, reader: FlaskClient) -> None:
    before, after = (section(opened(one, AREA), "questions") for one in (client, reader))
    assert after == before


def test_the_tests_of_definitions_and_pages_visit_it(tmp_path: Path) -> None:
    """In a copy of the program that has the file and nothing else that is new."""
    for name in ("assets", "dashboard", "data", "loaders", "schemas", "tests"):
        left_out = shutil.ignore_patterns("__pycache__", "browser", "bench")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=left_out)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "schemas" / "measures" / f"{NEW}.toml").write_text(TOML, encoding="utf-8")
    files = ["tests/test_definitions.py", *(f"tests/dashboard/test_{x}.py" for x in VISITING)]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", NEW, *files]
    path = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(
        command, cwd=tmp_path, env=path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    passed = re.search(r"(\d+) passed", done.stdout)
    assert passed
    assert int(passed[1]) >= 6 + 1 + 2
