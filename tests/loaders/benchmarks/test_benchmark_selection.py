"""Which rows and columns a measure's benchmark takes from a file."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from loaders.benchmarks import load_benchmark_file
from schemas.database import Database
from schemas.measure import Benchmark, Measure

Measures = dict[str, Measure]
MakeCsv = Callable[..., Path]
Found = Callable[..., list[Any]]

ROW = {
    "time_period": "202425",
    "time_identifier": "Autumn term",
    "geographic_level": "National",
    "country_code": "E92000001",
    "country_name": "England",
    "education_phase": "Total",
    "characteristic_group": "SEN provision",
    "characteristic": "SEN with statement or EHC",
    "headcount": "400",
    "suspension": "34",
    "susp_rate": "8.5",
    "perm_excl": "1",
}


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    return sqlite_database


@pytest.fixture
def rate_of(measures: Measures) -> Callable[..., Measures]:
    """The suspension rate alone, with one benchmark of its own."""

    def make(**benchmark: Any) -> Measures:
        one = Benchmark(file="dfe_suspensions", basis="in_term", **benchmark)
        return {"rate": measures["suspension_rate"].model_copy(update={"benchmarks": (one,)})}

    return make


def rows() -> list[dict[str, str]]:
    """Plan, support and everyone, in all schools and in special schools."""
    by_status = [
        ROW,
        ROW | {"characteristic": "SEN without statement", "headcount": "600", "suspension": "66"},
        ROW | {"characteristic_group": "Total", "characteristic": "Total", "headcount": "9000"},
    ]
    special = ROW | {"education_phase": "State-funded special", "headcount": "100"}
    return [*by_status, special]


def test_a_dimension_that_is_not_named_is_the_whole(
    database: Database, rate_of: Callable[..., Measures], make_csv: MakeCsv, found: Found
) -> None:
    chosen = rate_of(numerator=("suspension",), denominator=("headcount",))
    load_benchmark_file(database, make_csv(*rows()), chosen)
    assert found("breakdown", "category", "denominator") == [("all", "all", 9000)]


def test_two_dimensions_make_one_breakdown(
    database: Database, rate_of: Callable[..., Measures], make_csv: MakeCsv, found: Found
) -> None:
    chosen = rate_of(value="susp_rate", by=("sen_status", "school_phase"))
    load_benchmark_file(database, make_csv(*rows()), chosen)
    assert found("breakdown", "category") == [("sen_status+school_phase", "ehc_plan+special")]


def test_categories_that_are_taken_together_are_added_before_dividing(
    database: Database, rate_of: Callable[..., Measures], make_csv: MakeCsv, found: Found
) -> None:
    chosen = rate_of(
        value="susp_rate",
        numerator=("suspension",),
        denominator=("headcount",),
        where={"sen_status": ("ehc_plan", "sen_support")},
    )
    load_benchmark_file(database, make_csv(*rows()), chosen)
    assert found("numerator", "denominator", "value") == [(100, 1000, 10.0)]


def test_columns_can_be_the_categories(
    database: Database, rate_of: Callable[..., Measures], make_csv: MakeCsv, found: Found
) -> None:
    chosen = rate_of(
        denominator=("headcount",),
        columns_by="kind",
        columns={
            "sent_home": ("suspension",),
            "both": ("suspension", "perm_excl"),
            "no": ("gone",),
        },
        where={"sen_status": ("ehc_plan",)},
    )
    load_benchmark_file(database, make_csv(*rows()), chosen)
    assert found("breakdown", "category", "numerator") == [
        ("kind", "sent_home", 34),
        ("kind", "both", 35),
    ]


def test_another_basis_in_the_same_file_is_left_alone(
    database: Database, rate_of: Callable[..., Measures], make_csv: MakeCsv, found: Found
) -> None:
    total = {"characteristic_group": "Total", "characteristic": "Total"}
    year = ROW | total | {"time_identifier": "Academic year", "time_period": "202324"}
    load_benchmark_file(database, make_csv(ROW | total, year), rate_of(value="susp_rate"))
    assert found("basis", "period") == [("in_term", "2024-25 autumn")]


def test_one_area_under_two_codes_is_kept_once_and_reported(
    database: Database, rate_of: Callable[..., Measures], make_csv: MakeCsv, found: Found
) -> None:
    council = {"geographic_level": "Local authority", "la_name": "Buckinghamshire"}
    council |= {"characteristic_group": "Total", "characteristic": "Total"}
    codes = [ROW | council | {"new_la_code": code} for code in ("E10000002", "E06000060")]
    loaded = load_benchmark_file(database, make_csv(*codes), rate_of(value="susp_rate"))
    assert found("area_code") == [("E06000060",)]
    assert loaded.observations == 1
    again = "a second number for the same measure, area, period and category"
    assert loaded.skipped[again] == 1


def test_progress_is_told_in_bytes(
    database: Database, rate_of: Callable[..., Measures], make_csv: MakeCsv
) -> None:
    told: list[tuple[int, int]] = []
    path = make_csv(*rows())

    def tell(done: int, of: int) -> None:
        told.append((done, of))

    load_benchmark_file(database, path, rate_of(value="susp_rate"), progress=tell)
    size = path.stat().st_size
    assert told[-1] == (size, size)
