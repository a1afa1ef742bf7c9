"""The DfE's own files, with the sample beside them, said rightly; sums done again from the CSV."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from statistics import fmean, median

import pytest
from flask.testing import FlaskClient
from sqlalchemy.engine import URL

from dashboard import create_app
from dashboard.releases.demo import publish_invented_drafts
from loaders.benchmarks import load_benchmark_file
from loaders.load import load_file
from loaders.report import Sender
from schemas.database import Database, open_database
from schemas.measure import load_measures
from schemas.migrations import upgrade
from schemas.resources import resource_folder
from tests.dashboard.page_text import AREA, main, opened, row, section, words

FOLDER = "dfe_ehc_plans_2025"
TWENTY = f"{AREA}measure/ehcp_20w_excl"
COMPARE = f"{TWENTY}/compare?period=2024&basis=calendar_year"
DARLINGTON = "E06000005"


@pytest.fixture(scope="module")
def loaded(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Every file of the release, the neighbours, and the sample; no packaged figure."""
    path = tmp_path_factory.mktemp("files") / "files.sqlite3"
    database = open_database(URL.create("sqlite", database=str(path)))
    upgrade(database)
    measures = load_measures()
    files = sorted((shared / "benchmarks" / FOLDER).glob("*.csv"))
    assert len(files) == 8
    for file in files:
        load_benchmark_file(database, file, measures)
    load_benchmark_file(database, shared / "benchmarks" / "lait" / "sn_may_2025.xlsx", measures)
    for sample in sorted((resource_folder("data") / "sample").glob("*.xlsx")):
        assert load_file(database, sample.read_bytes(), sample.name, Sender(invented=True)).loaded
    assert publish_invented_drafts(database) == 12
    yield database
    database.close()


@pytest.fixture
def reader(loaded: Database) -> FlaskClient:
    return create_app(loaded).test_client()


def counts_of_2024(shared: Path) -> dict[str, tuple[float, float]]:
    """Plans in time and plans of every council with both, by the csv module alone."""
    with (shared / "benchmarks" / FOLDER / "timeliness_20_week.csv").open(
        encoding="utf-8-sig", newline=""
    ) as file:
        rows = [
            one
            for one in csv.DictReader(file)
            if one["time_period"] == "2024"
            and one["geographic_level"] == "Local authority"
            and one["breakdown_topic"].startswith("All EHC plans")
        ]
    names = "plans_issued_20_weeks_ex", "plans_issued_den_ex"
    numbers = {row["new_la_code"]: tuple(row[name] for name in names) for row in rows}
    return {
        code: (float(top), float(bottom))
        for code, (top, bottom) in numbers.items()
        if top.isdigit() and bottom.isdigit() and int(bottom)
    }


def neighbours() -> list[str]:
    """Darlington's ten, from the packaged list."""
    with (resource_folder("data") / "benchmarks" / "neighbours.csv").open(encoding="utf-8") as file:
        return [
            one["neighbour_code"]
            for one in csv.DictReader(file)
            if (one["model"], one["area_code"]) == ("2025", DARLINGTON)
        ]


def test_darlington_2024_is_better_than_england_on_page_and_overview(reader: FlaskClient) -> None:
    said = section(opened(reader, TWENTY), "what-we-can-say")
    assert (
        "Better than England In the calendar year 2024 Darlington’s figure was 72.5% (95% interval "
        "65.2% to 78.7%), better than England’s 46.4%."
    ) in said
    assert "Better than England 46.4% in 2024" in row(opened(reader, AREA), "ehcp_20w_excl")


def test_darlington_2024_is_worse_than_its_own_2023(reader: FlaskClient) -> None:
    said = section(opened(reader, TWENTY), "what-we-can-say")
    assert (
        "Change between published years Got worse Down 11.5 percentage points on 2023 "
        "(95% interval −20.1 to −2.6): worse."
    ) in said
    assert "Published figure got worse" in row(opened(reader, AREA), "ehcp_20w_excl")


def test_six_annual_figures_draw_no_control_chart(loaded: Database) -> None:
    """An area of which nothing but the years is known: limits and verdict are not drawn."""
    client = create_app(loaded).test_client()
    page = opened(client, "/dashboard/E06000047/measure/ehcp_20w_excl")
    assert "calendar year 2019 to calendar year 2024" in words(page.select_one(".subtitle"))
    said = words(page.main)
    assert not re.search(r"[Cc]ommon cause|[Ss]pecial cause|limits of usual change", said)
    assert not page.select(".chart-svg-wide .limit, [data-limit]")
    overview = row(opened(client, "/dashboard/E06000047/"), "ehcp_20w_excl")
    assert "cause" not in overview


def test_the_rank_is_that_of_the_file_counted_by_hand(reader: FlaskClient, shared: Path) -> None:
    shares = {code: top / of for code, (top, of) in counts_of_2024(shared).items()}
    place = 1 + sum(share > shares[DARLINGTON] for share in shares.values())
    assert (place, len(shares)) == (50, 151)
    said = main(reader, COMPARE)
    assert "50th of 151 areas with data" in said
    assert len(opened(reader, COMPARE).main.find("table").select("tbody tr")) >= 151


@pytest.mark.parametrize("method", ["mean", "median", "pooled"])
def test_the_neighbours_are_put_together_as_by_hand(
    reader: FlaskClient, shared: Path, method: str
) -> None:
    found = counts_of_2024(shared)
    counts = [found[code] for code in neighbours() if code in found]
    each = [100 * top / of for top, of in counts]
    pooled = 100 * sum(top for top, _ in counts) / sum(of for _, of in counts)
    value = {"mean": fmean(each), "median": median(each), "pooled": pooled}[method]
    text = reader.get(f"{COMPARE.replace('/compare', '/compare.csv')}&method={method}").data
    rows = csv.DictReader(text.decode("utf-8-sig").splitlines())
    (row_of,) = [one for one in rows if one["kind"] == "neighbours"]
    assert float(row_of["value"]) == pytest.approx(value, abs=0.06)  # published to one place
    said = main(reader, f"{COMPARE}&method={method}")
    assert f"{len(counts)} of 10 with data" in said
