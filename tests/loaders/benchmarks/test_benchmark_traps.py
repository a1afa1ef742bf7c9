"""What goes wrong with published files: a test for each trap that such a file can hold."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from loaders.benchmarks import BenchmarkRefused, load_benchmark_file
from loaders.benchmarks.areas import find_area
from loaders.benchmarks.cells import all_symbols, read_cell
from loaders.benchmarks.periods import read_period
from schemas.database import Database
from schemas.measure import Measure
from schemas.tables import observation, vintage

Measures = dict[str, Measure]
MakeRow = Callable[..., dict[str, str]]
MakeCsv = Callable[..., Path]
Found = Callable[..., list[Any]]

DARLINGTON = {
    "geographic_level": "Local authority",
    "region_code": "E12000001",
    "region_name": "North East",
    "new_la_code": "E06000005",
    "old_la_code": "841",
    "la_name": "Darlington",
}
SUSPENSIONS = DARLINGTON | {
    "time_identifier": "Autumn term",
    "time_period": "202425",
    "country_code": "E92000001",
    "country_name": "England",
    "education_phase": "Total",
    "characteristic_group": "SEN provision",
    "characteristic": "SEN with statement or EHC",
    "headcount": "1000",
    "perm_excl": "1",
    "perm_excl_rate": "0.1",
    "suspension": "12",
    "susp_rate": "1.2",
    "one_plus_susp": "9",
    "one_plus_susp_rate": "0.9",
}


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """How a cell is read does not depend on the database: one is enough."""
    return sqlite_database


def refusal(database: Database, path: Path, measures: Measures) -> str:
    """The sentences of a refusal; nothing may have been stored."""
    with pytest.raises(BenchmarkRefused) as refused:
        load_benchmark_file(database, path, measures)
    with database.reading() as connection:
        for table in (observation, vintage):
            assert connection.execute(select(func.count()).select_from(table)).scalar_one() == 0
    return str(refused.value)


# 1, 2, 3: encoding and layout


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp1252"])
def test_any_encoding_these_files_have_is_read(
    database: Database,
    measures: Measures,
    timeliness: MakeRow,
    make_csv: MakeCsv,
    found: Found,
    encoding: str,
) -> None:
    path = make_csv(
        timeliness(), timeliness(**DARLINGTON | {"la_name": "Dârlington"}), encoding=encoding
    )
    load_benchmark_file(database, path, measures)
    areas = {row[0] for row in found("area_code", measure_id="ehcp_20w_excl")}
    assert areas == {"E92000001", "E06000005"}


def test_quoted_numbers_an_index_column_and_another_order_make_no_difference(
    database: Database, measures: Measures, timeliness: MakeRow, make_csv: MakeCsv, found: Found
) -> None:
    row = {"": "1"} | dict(reversed(timeliness().items()))
    load_benchmark_file(database, make_csv(row, quoting=1), measures)
    assert found(measure_id="ehcp_20w_excl") == [(46.4, None)]


# 5, 6: headings


def test_a_heading_that_stands_twice_with_the_same_numbers_is_read_once(
    database: Database, measures: Measures, timeliness: MakeRow, make_csv: MakeCsv, found: Found
) -> None:
    row = timeliness() | {"plans_issued_den_ex.1": "84866"}
    loaded = load_benchmark_file(database, make_csv(row), measures)
    assert "stands twice; the two columns are the same" in loaded.notes[0]
    assert found(measure_id="ehcp_20w_excl") == [(46.4, None)]


def test_a_heading_that_stands_twice_with_other_numbers_is_refused(
    database: Database, measures: Measures, timeliness: MakeRow, tmp_path: Path
) -> None:
    row = timeliness()
    path = tmp_path / "twice.csv"
    path.write_text(
        ",".join([*row, "plans_issued_den_ex"]) + "\n" + ",".join([*row.values(), "7"]) + "\n"
    )
    said = refusal(database, path, measures)
    assert "Line 2, column 'plans_issued_den_ex': this heading stands twice" in said


def test_title_rows_above_the_headings_are_not_taken_for_headings(
    database: Database, measures: Measures, tmp_path: Path
) -> None:
    path = tmp_path / "tribunal.csv"
    path.write_text("SEND appeals\n\n,,2024,,2025\n,Old LA code,Appeals registered,,\n")
    assert "none of the published files" in refusal(database, path, measures)


# 9, 10: values


@pytest.mark.parametrize(
    ("cell", "symbol"),
    [(s, s) for s in ("x", "z", "c", "u", "low")]
    + [(s, "x") for s in (":", ".", "..", "", " X ")]
    + [(s, "low") for s in ("k", "~")],
)
def test_every_symbol_is_kept_beside_no_number(
    database: Database,
    measures: Measures,
    timeliness: MakeRow,
    make_csv: MakeCsv,
    found: Found,
    cell: str,
    symbol: str,
) -> None:
    row = timeliness(PC_plans_issued_20_weeks_ex=cell, plans_issued_20_weeks_ex=cell)
    load_benchmark_file(database, make_csv(row), measures)
    wanted = ("numerator", "denominator", "value", "symbol")
    assert found(*wanted, measure_id="ehcp_20w_excl") == [(None, 84866, None, symbol)]


@pytest.mark.parametrize(
    "cell", ["-", "*", "<5", "fewer than 5", "n/a", "nan", "inf", "\uff11", "abc"]
)
def test_a_cell_that_is_neither_number_nor_symbol_refuses_the_file(
    database: Database, measures: Measures, timeliness: MakeRow, make_csv: MakeCsv, cell: str
) -> None:
    path = make_csv(timeliness(), timeliness(**DARLINGTON, plans_issued_den=cell))
    said = refusal(database, path, measures)
    assert f"Line 3, column 'plans_issued_den': {cell!r} is neither a number" in said


def test_a_refusal_names_no_more_than_twenty_places(
    database: Database, measures: Measures, timeliness: MakeRow, make_csv: MakeCsv
) -> None:
    rows = [timeliness(breakdown=f"age {n}", plans_issued_den="?") for n in range(50)]
    said = refusal(database, make_csv(*rows), measures)
    assert "in 50 places (the first 20 are listed)" in said
    assert said.count("\n- Line") == 20


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1,071", 1071),
        ("46.1", 46.1),
        ("1.10%", 1.1),
        ("85.700000000000", 85.7),
        ("64.900000000000006", 64.9),
        ("35.15576", 35.15576),
        ("0.9", 0.9),
        (" 7 ", 7),
    ],
)
def test_a_number_is_read_in_every_dress_and_never_scaled_by_its_size(
    database: Database,
    measures: Measures,
    timeliness: MakeRow,
    make_csv: MakeCsv,
    found: Found,
    cell: str,
    number: float,
) -> None:
    load_benchmark_file(database, make_csv(timeliness(PC_plans_issued_20_weeks_ex=cell)), measures)
    assert found(measure_id="ehcp_20w_excl") == [(number, None)]


def test_a_dash_means_something_only_where_its_publisher_says_so() -> None:
    assert read_cell("-", all_symbols({})) is None
    assert read_cell("-", all_symbols({"-": "x"})) == "x"


# 11, 14: parts


def test_a_rate_of_nothing_is_not_applicable_even_if_the_file_says_nought(
    database: Database, measures: Measures, timeliness: MakeRow, make_csv: MakeCsv, found: Found
) -> None:
    row = timeliness(
        plans_issued_den_ex="0", plans_issued_20_weeks_ex="0", PC_plans_issued_20_weeks_ex="0"
    )
    load_benchmark_file(database, make_csv(row), measures)
    assert found(measure_id="ehcp_20w_excl") == [(None, "z")]


def test_a_published_value_that_its_parts_do_not_make_is_kept_and_reported(
    database: Database, measures: Measures, timeliness: MakeRow, make_csv: MakeCsv, found: Found
) -> None:
    row = timeliness(PC_plans_issued_20_weeks_ex="46.5")
    loaded = load_benchmark_file(database, make_csv(row), measures)
    assert found(measure_id="ehcp_20w_excl") == [(46.5, None)]
    assert "ehcp_20w_excl: in one row the published value" in loaded.notes[0]


def test_a_value_without_a_column_is_made_from_its_parts(
    database: Database, measures: Measures, timeliness: MakeRow, make_csv: MakeCsv, found: Found
) -> None:
    row = timeliness()
    del row["PC_plans_issued_20_weeks_ex"]
    load_benchmark_file(database, make_csv(row), measures)
    [(value, symbol)] = found(measure_id="ehcp_20w_excl")
    assert (round(value, 6), symbol) == (round(39407 / 84866 * 100, 6), None)


# 12, 15, 16, 17: categories


def test_the_topic_tells_no_sen_from_no_sen(
    database: Database, measures: Measures, make_csv: MakeCsv, found: Found
) -> None:
    rows = [
        SUSPENSIONS | {"characteristic": "No SEN", "susp_rate": "1.6"},
        SUSPENSIONS
        | {
            "characteristic_group": "SEN primary need",
            "characteristic": "No SEN",
            "susp_rate": "2",
        },
    ]
    load_benchmark_file(database, make_csv(*rows), measures)
    about = {"measure_id": "suspension_rate", "breakdown": "sen_status"}
    assert found("category", "value", **about) == [("no_sen", 1.6)]


@pytest.mark.parametrize(
    "label",
    [
        "SEN with statement or EHC",
        "SEN provision SEN with statement EHC",
        "Education, health and care plan",
        "education, health and care PLAN",
    ],
)
def test_an_ehc_plan_is_one_under_every_label(
    database: Database, measures: Measures, make_csv: MakeCsv, found: Found, label: str
) -> None:
    load_benchmark_file(database, make_csv(SUSPENSIONS | {"characteristic": label}), measures)
    about = {"measure_id": "suspension_rate", "breakdown": "sen_status"}
    assert found("category", "value", **about) == [("ehc_plan", 1.2)]


def test_old_names_of_suspensions_are_the_same_columns(
    database: Database, measures: Measures, make_csv: MakeCsv, found: Found
) -> None:
    old = {"suspension": "fixed_excl", "susp_rate": "fixed_excl_rate"}
    old |= {"one_plus_susp": "one_plus_fixed", "education_phase": "school_type"}
    row = {old.get(name, name): cell for name, cell in SUSPENSIONS.items()}
    load_benchmark_file(database, make_csv(row), measures)
    assert (1.2, None) in found(measure_id="suspension_rate", breakdown="sen_status")


def test_a_rate_above_100_stays_as_it_is(
    database: Database, measures: Measures, make_csv: MakeCsv, found: Found
) -> None:
    row = SUSPENSIONS | {"headcount": "3", "suspension": "10", "susp_rate": "333.333333333"}
    load_benchmark_file(database, make_csv(row), measures)
    [(value, _)] = found(measure_id="suspension_rate", breakdown="sen_status")
    assert round(value, 3) == 333.333


def test_a_school_type_that_is_none_of_ours_is_counted_and_not_lost(
    database: Database, measures: Measures, make_csv: MakeCsv
) -> None:
    rows = [SUSPENSIONS, SUSPENSIONS | {"education_phase": "Sixth form"}]
    loaded = load_benchmark_file(database, make_csv(*rows), measures)
    assert loaded.skipped["education_phase 'Sixth form' is not one of our categories"] == 1


def test_inner_london_stands_beside_london_and_is_not_added(
    database: Database, measures: Measures, timeliness: MakeRow, make_csv: MakeCsv, found: Found
) -> None:
    region = {"geographic_level": "Regional"}
    rows = [
        timeliness(**region, region_code="E12000007", region_name="London"),
        timeliness(**region, region_code="E13000001", region_name="Inner London"),
    ]
    load_benchmark_file(database, make_csv(*rows), measures)
    areas = found("area_code", measure_id="ehcp_20w_excl")
    assert areas == [("E12000007",), ("E13000001",)]


# 18, 19: areas


@pytest.mark.parametrize(
    ("code", "old", "name", "ours"),
    [
        ("", "", "Durham", "E06000047"),
        ("E06000047", "840", "County Durham", "E06000047"),
        ("E08000020", "", "Gateshead", "E08000037"),
        ("E06000048", "", "Northumberland", "E06000057"),
        ("E10000002", "825", "Buckinghamshire", "E06000060"),
        ("E06000060", "825", "Buckinghamshire", "E06000060"),
        ("", "", "Kingston Upon Hull, City of", "E06000010"),
        ("", "", "Yorkshire and the Humber", "E12000003"),
        ("", "841.0", "", "E06000005"),
        # In one file of 2024-25 the numbers of these two were swapped.
        ("E06000056", "873", "Central Bedfordshire", "E06000056"),
    ],
)
def test_an_area_is_found_under_each_of_its_names_and_codes(
    code: str, old: str, name: str, ours: str
) -> None:
    area = find_area(code, old, name)
    assert area is not None
    assert area.code == ours


def test_an_area_that_nobody_knows_is_named_and_the_rest_is_loaded(
    database: Database, measures: Measures, timeliness: MakeRow, make_csv: MakeCsv, found: Found
) -> None:
    strange = timeliness(
        geographic_level="Local authority",
        new_la_code="E06000999",
        old_la_code="999",
        la_name="Tees Metropolis",
    )
    loaded = load_benchmark_file(database, make_csv(timeliness(), strange), measures)
    assert loaded.unmatched_areas == ("Tees Metropolis E06000999 999",)
    assert len(found(measure_id="ehcp_20w_excl")) == 1


# 21: three clocks


@pytest.mark.parametrize(
    ("clock", "identifier", "code", "label", "start", "end", "basis"),
    [
        ("january", "Academic year", "202425", "2025-01", "2025-01-16", "2025-01-16", "snapshot"),
        ("calendar_year", "Calendar year", "2024", "2024", "2024-01-01", "2024-12-31", None),
        ("school", "Autumn term", "202425", "2024-25 autumn", "2024-08-01", "2024-12-31", None),
        ("school", "Spring term", "202425", "2024-25 spring", "2025-01-01", "2025-04-20", None),
        ("school", "Autumn and spring term", "202324", "2023-24 spring", "2023-08-01", None, "ytd"),
        ("school", "Academic year", "202324", "2023-24", "2023-08-01", "2024-07-31", None),
        ("school", "Academic year", "2023/2024", "2023-24", "2023-08-01", "2024-07-31", None),
    ],
)
def test_a_year_means_what_its_file_means_by_it(
    clock: str,
    identifier: str,
    code: str,
    label: str,
    start: str,
    end: str | None,
    basis: str | None,
) -> None:
    period = read_period(clock, identifier, code)
    assert period is not None
    assert (period.period, period.period_start) == (label, start)
    assert end in (None, period.period_end)
    assert basis in (None, period.basis)


def test_needs_of_new_plans_are_not_taken_for_needs_of_all_plans(
    database: Database, measures: Measures, make_csv: MakeCsv, timeliness: MakeRow
) -> None:
    """The two files have the same headings; only the time tells them apart."""
    row = {name: cell for name, cell in timeliness().items() if "plans_issued" not in name}
    row |= {"time_period": "202425", "time_identifier": "Calendar year"}
    row |= {"ehc_plans": "66000", "number_asd": "20000", "number_need_unknown": "5"}
    said = refusal(database, make_csv(row), measures)
    assert "'Calendar year' '202425' is not a time this file should have" in said


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"geographic_level": "Galaxy"}, "'Galaxy' is not a level we know"),
        ({"time_identifier": "Fortnight"}, "'Fortnight' '2024' is not a time"),
        ({"time_period": "202426"}, "'202426' is not a time"),
    ],
)
def test_an_unknown_level_or_time_refuses_the_file(
    database: Database,
    measures: Measures,
    timeliness: MakeRow,
    make_csv: MakeCsv,
    cells: dict[str, str],
    words: str,
) -> None:
    said = refusal(database, make_csv(timeliness(), timeliness(**cells)), measures)
    assert "Line 3" in said
    assert words in said


def test_levels_that_are_known_and_not_used_are_counted(
    database: Database, measures: Measures, timeliness: MakeRow, make_csv: MakeCsv
) -> None:
    rows = [timeliness(), timeliness(geographic_level="Parliamentary constituency")]
    loaded = load_benchmark_file(database, make_csv(*rows), measures)
    assert loaded.skipped["Parliamentary constituency rows are not used"] == 1


def test_a_year_that_has_not_ended_is_not_an_academic_year(
    database: Database, shared: Path, measures: Measures
) -> None:
    folder = shared / "benchmarks" / "dfe_attendance_exclusions_by_sen"
    path = folder / "EES_ytd_data.csv"
    early = load_benchmark_file(database, path, measures, as_at_on=dt.date(2026, 2, 1))
    assert early.skipped == {
        "the academic year had not ended on 2026-02-01, the date of this copy": 647
    }


# rows


def test_two_rows_about_the_same_thing_refuse_the_file(
    database: Database, measures: Measures, timeliness: MakeRow, make_csv: MakeCsv
) -> None:
    path = make_csv(timeliness(), timeliness(plans_issued_den="1"))
    assert "Line 3: says the same as line 2" in refusal(database, path, measures)


def test_a_file_that_was_cut_off_is_refused(
    database: Database, measures: Measures, timeliness: MakeRow, make_csv: MakeCsv
) -> None:
    path = make_csv(timeliness(), timeliness(**DARLINGTON))
    path.write_bytes(path.read_bytes()[:-40])
    assert "the file may be cut off" in refusal(database, path, measures)


def test_a_row_with_too_many_cells_is_named(
    database: Database, measures: Measures, timeliness: MakeRow, make_csv: MakeCsv
) -> None:
    path = make_csv(timeliness())
    path.write_text(path.read_text().rstrip("\n") + ",7\n")
    assert "Line 2: has 19 cells, but there are 18 headings" in refusal(database, path, measures)


def test_a_file_without_rows_for_everyone_is_refused(
    database: Database, measures: Measures, timeliness: MakeRow, make_csv: MakeCsv
) -> None:
    path = make_csv(timeliness(breakdown_topic="Sex", breakdown="Female"))
    assert "there are no rows for everyone" in refusal(database, path, measures)


def test_a_faulty_line_far_down_a_large_file_is_named_and_nothing_is_kept(
    database: Database, measures: Measures, timeliness: MakeRow, make_csv: MakeCsv
) -> None:
    rows = [timeliness(breakdown=f"age {n}", breakdown_topic="Sex") for n in range(60_000)]
    path = make_csv(timeliness(), *rows, timeliness(breakdown="last", plans_issued_den="oops"))
    assert path.stat().st_size > 5_000_000
    assert "Line 60003, column 'plans_issued_den': 'oops'" in refusal(database, path, measures)
