"""The 2025 and the 2026 layout of a file give the same observations."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from loaders.benchmarks import load_benchmark_file
from loaders.benchmarks.headings import name_headings
from schemas.database import Database
from schemas.measure import Measure

Measures = dict[str, Measure]
MakeRow = Callable[..., dict[str, str]]
MakeCsv = Callable[..., Path]
Found = Callable[..., list[Any]]

PLACE = {
    "time_identifier": "Academic year",
    "geographic_level": "Local authority",
    "country_code": "E92000001",
    "country_name": "England",
    "region_code": "E12000001",
    "region_name": "North East",
    "new_la_code": "E06000005",
    "old_la_code": "841",
    "la_name": "Darlington",
    "breakdown": "All EHC plans",
    "breakdown_topic": "All EHC plans",
}


def test_the_2026_twenty_week_file_gives_what_the_2025_file_gave(
    database: Database,
    measures: Measures,
    timeliness: MakeRow,
    make_csv: MakeCsv,
    found: Found,
) -> None:
    old = timeliness()
    new = {name.lower(): cell for name, cell in timeliness().items()} | {
        "breakdown_topic": "All EHC plans",
        "breakdown": "All EHC plans",
        "avg_weeks_issue_plan": "27.1",
        "avg_weeks_issue_plan_exc": "26.4",
    }
    load_benchmark_file(database, make_csv(old, name="2025.csv"), measures)
    load_benchmark_file(database, make_csv(new, name="2026.csv"), measures)
    wanted = ("period", "numerator", "denominator", "value", "symbol")
    about = {"measure_id": "ehcp_20w_excl", "area_code": "E92000001"}
    assert found(*wanted, **about) == [("2024", 39407, 84866, 46.4, None)] * 2


@pytest.mark.parametrize(
    "special",
    [
        {"special_academy_free": "120"},
        {"special_academy": "100", "special_free_school": "20"},
    ],
    ids=["2025", "2026"],
)
def test_special_academies_and_free_schools_are_one_whether_published_so_or_split(
    database: Database,
    measures: Measures,
    make_csv: MakeCsv,
    found: Found,
    special: dict[str, str],
) -> None:
    row = PLACE | {"time_period": "202526", "ehcplans": "1200", "mainstream_total": "500"}
    row |= {"special_total": "350", "special_la_maintained": "190"} | special
    load_benchmark_file(database, make_csv(row), measures)
    about = {"measure_id": "ehcp_placement", "category": "special_academy_free"}
    assert found("period", "value", **about) == [("2026-01", 120)]


def test_a_hidden_part_hides_the_sum_and_never_counts_as_nought(
    database: Database, measures: Measures, make_csv: MakeCsv, found: Found
) -> None:
    row = PLACE | {"time_period": "202526", "ehcplans": "1200", "mainstream_total": "500"}
    row |= {"special_total": "350", "special_academy": "100", "special_free_school": "c"}
    load_benchmark_file(database, make_csv(row), measures)
    about = {"measure_id": "ehcp_placement", "category": "special_academy_free"}
    assert found(**about) == [(None, "c")]


def test_age_at_the_start_of_the_academic_year_gives_phases_too(
    database: Database, measures: Measures, make_csv: MakeCsv, found: Found
) -> None:
    base = PLACE | {
        "time_period": "202526",
        "ehcplans": "9",
        "mainstream_total": "5",
        "special_total": "4",
    }
    ages = [
        base | {"breakdown_topic": "Age at start of academic year", "breakdown": age, "ehcplans": n}
        for age, n in {"under 3": "1", "age 4": "3", "age 15": "2", "age 25": "3"}.items()
    ]
    load_benchmark_file(database, make_csv(base, *ages), measures)
    phases = dict(found("category", "value", measure_id="ehcp_active", breakdown="phase"))
    assert phases == {
        "early_years": 1,
        "primary": 3,
        "secondary": 2,
        "post16": 0,
        "post19": 3,
    }


def test_a_phase_with_a_hidden_age_is_not_given(
    database: Database, measures: Measures, make_csv: MakeCsv, found: Found
) -> None:
    base = PLACE | {
        "time_period": "202526",
        "ehcplans": "9",
        "mainstream_total": "5",
        "special_total": "4",
    }
    topic = base | {"breakdown_topic": "Age at start of academic year"}
    ages = [topic | {"breakdown": "age 4", "ehcplans": "c"}, topic | {"breakdown": "age 12"}]
    load_benchmark_file(database, make_csv(base, *ages), measures)
    phases = dict(found("category", "value", measure_id="ehcp_active", breakdown="phase"))
    assert "primary" not in phases
    assert phases["secondary"] == 9


def test_headings_of_reviews_keep_the_2025_names_in_any_year() -> None:
    new = ["review_expected_2027", "Review_Completed_2027", "outcome_amended", "decision_4_weeks"]
    names = name_headings(new, "dfe_ehc_annual_reviews").names
    assert names == [
        "review_expected",
        "review_meeting_24",
        "outcome_amend",
        "number_decsion_4weeks",
    ]
