"""The NHS files: areas of the NHS, blanks that are not nought, and a troublesome workbook."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from loaders.benchmarks import BenchmarkRefused, load_benchmark_file, recognise
from loaders.benchmarks.problems import Findings
from schemas.database import Database
from schemas.measure import Measure

Measures = dict[str, Measure]
Found = Callable[..., list[Any]]
WORKBOOK = "benchmarks/nhs/community_health_2023-12-01.xlsx"


def test_the_workbook_gives_the_known_waits_of_our_icb(
    database: Database, shared: Path, measures: Measures, found: Found
) -> None:
    loaded = load_benchmark_file(database, shared / WORKBOOK, measures)
    about = {"measure_id": "salt_waiting", "area_code": "QHM", "breakdown": "all"}
    assert found("period", "period_end", "value", **about) == [("2023-10", "2023-10-31", 3539)]
    within = {"measure_id": "salt_within_18w", "area_code": "QHM", "breakdown": "all"}
    [(to_18w, total)] = found("numerator", "denominator", **within)
    assert (to_18w, total) == (3539 - 1060 - 116, 3539)
    assert loaded.unmatched_areas == ()


def test_a_blank_is_no_submission_and_never_nought(
    database: Database, shared: Path, measures: Measures, found: Found
) -> None:
    load_benchmark_file(database, shared / WORKBOOK, measures)
    about = {"measure_id": "salt_waiting", "breakdown": "all"}
    lincolnshire = found(**about, area_code="QJM")
    assert lincolnshire == [(None, "x")]


def test_england_is_as_published_and_not_the_sum_of_its_icbs(
    database: Database, shared: Path, measures: Measures, found: Found
) -> None:
    load_benchmark_file(database, shared / WORKBOOK, measures)
    about = {"measure_id": "salt_waiting", "breakdown": "all", "area_code": "E92000001"}
    assert found(**about) == [(67790, None)]


def test_a_cell_that_cannot_be_read_is_named_by_its_sheet_and_row(
    database: Database, measures: Measures, tmp_path: Path
) -> None:
    path = tmp_path / "waits.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Table 4"
    sheet.append(["Total waiting list by service, October 2026"])
    service = "(CYP) Therapy interventions: Speech and language"
    sheet.append(["Organisation Type", "Organisation Code", "Organisation Name", service])
    sheet.append(["ICB", "QHM", "NORTH EAST AND NORTH CUMBRIA", "about 40"])
    book.save(path)
    with pytest.raises(BenchmarkRefused, match="Line 3, column 'Table 4': 'about 40' is neither"):
        load_benchmark_file(database, path, measures)


def test_autism_statistics_are_by_month_metric_and_age(shared: Path) -> None:
    path = shared / "benchmarks" / "nhs" / "eng_autism.csv"
    findings = Findings()
    [frame] = recognise(path).read(path, findings, None)
    assert frame.kind == "nhs_autism"
    assert set(frame.table["age_group"]) == {"under_10", "10_to_17", "18_to_24"}
    assert set(frame.table["metric"]) == {"ASD19e", "ASD19g"}
    assert set(frame.table["basis"].cast(str)) == {"in_month"}
    assert findings.faults == 0


def test_autism_rows_of_sub_icbs_are_found_and_stars_are_hidden_numbers(tmp_path: Path) -> None:
    path = tmp_path / "sub.csv"
    by_age = "CCG or Sub ICB Location - GP Practice or Residence; Age Group"
    path.write_text(
        "REPORTING_PERIOD_START,REPORTING_PERIOD_END,STATUS,BREAKDOWN,PRIMARY_LEVEL,"
        "PRIMARY_LEVEL_DESCRIPTION,SECONDARY_LEVEL,SECONDARY_LEVEL_DESCRIPTION,METRIC,"
        "METRIC_NAME,METRIC_VALUE\n"
        f"2025-09-01,2025-09-30,Final,{by_age},16C,Tees Valley,Under 10,,ASD16b,Open,*\n"
        "2025-09-01,2025-09-30,Final,England,England,England,NONE,NONE,ASD16b,Open,200000\n"
        "2025-09-01,2025-09-30,Final,Provider,RXP,CDDFT,NONE,NONE,ASD16b,Open,70\n"
    )
    findings = Findings()
    [frame] = recognise(path).read(path, findings, None)
    rows = frame.table.select("area_code", "age_group", "period", "value").rows()
    assert rows == [("16C", "under_10", "2025-09", "c"), ("E92000001", "all", "2025-09", "200000")]
    assert findings.skipped == {"Provider rows are not used": 1}
