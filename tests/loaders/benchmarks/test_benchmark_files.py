"""The publishers' own files, through to the store, on both databases."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Table, func, select

from loaders.benchmarks import BenchmarkRefused, load_benchmark_file, recognise
from schemas.database import Database
from schemas.measure import Measure, load_measures
from schemas.tables import observation, vintage

Measures = dict[str, Measure]
Found = Callable[..., list[tuple[object, ...]]]

EHC = (
    "annual_reviews",
    "assessments",
    "caseload",
    "ceased_plans",
    "newplans",
    "requests",
    "sen_needs_all_plans",
    "timeliness_20_week",
)
LAIT = "lait/bds_long_send_measures_all_areas.csv"


def load_ehc(database: Database, shared: Path, measures: Measures) -> None:
    for name in EHC:
        path = shared / "benchmarks" / "dfe_ehc_plans_2025" / f"{name}.csv"
        load_benchmark_file(database, path, measures)


def test_the_dfe_folder_gives_the_known_twenty_week_figures(
    database: Database, shared: Path, measures: Measures, found: Found
) -> None:
    load_ehc(database, shared, measures)
    wanted = ("numerator", "denominator", "value")
    about = {"measure_id": "ehcp_20w_excl", "period": "2024", "basis": "calendar_year"}
    assert found(*wanted, **about, area_code="E92000001") == [(39407, 84866, 46.4)]
    assert found(*wanted, **about, area_code="E12000001") == [(1943, 3966, 49.0)]
    assert found(*wanted, **about, area_code="E06000005") == [(121, 167, 72.5)]


def test_phases_are_put_together_from_single_years_of_age(
    database: Database, shared: Path, measures: Measures, found: Found
) -> None:
    load_ehc(database, shared, measures)
    about = {"measure_id": "ehcp_active", "breakdown": "phase", "period": "2025-01"}
    darlington = dict(found("category", "value", **about, area_code="E06000005"))
    england = dict(found("category", "value", **about, area_code="E92000001"))
    phases = ("early_years", "primary", "secondary", "post16", "post19")
    assert [darlington[phase] for phase in phases] == [13, 411, 445, 183, 70]
    assert [england[phase] for phase in phases] == [4835, 235511, 233317, 107087, 57995]


def test_january_2025_is_a_day_and_not_an_academic_year(
    database: Database, shared: Path, measures: Measures, found: Found
) -> None:
    load_ehc(database, shared, measures)
    days = found("period_start", "period_end", measure_id="ehcp_active", period="2025-01")
    assert set(days) == {("2025-01-16", "2025-01-16")}


def test_the_interactive_tool_gives_the_same_series_back_to_2016_as_another_vintage(
    database: Database, shared: Path, measures: Measures, found: Found
) -> None:
    load_ehc(database, shared, measures)
    loaded = load_benchmark_file(database, shared / "benchmarks" / LAIT, measures)
    wanted = ("vintage_id", "period", "value")
    both = found(*wanted, measure_id="ehcp_20w_excl", area_code="E06000005")
    theirs = {period: value for id_, period, value in both if id_ == loaded.vintage_id}
    ours = {period: value for id_, period, value in both if id_ != loaded.vintage_id}
    assert list(theirs) == [str(year) for year in range(2016, 2025)]
    assert ours == {year: theirs[year] for year in ours}
    assert theirs["2024"] == 72.5
    assert ("CINPermExclusion: the year is 0, an error in the file", 170) in (
        loaded.skipped.items()
    )


def test_a_dash_in_the_interactive_tool_is_not_available_and_noise_is_gone(
    database: Database, shared: Path, measures: Measures, found: Found
) -> None:
    loaded = load_benchmark_file(database, shared / "benchmarks" / LAIT, measures)
    values = found("value", "symbol", vintage_id=loaded.vintage_id)
    assert {symbol for value, symbol in values if value is None} == {"x"}
    assert all(len(repr(value)) <= 12 for value, _ in values if value is not None)


def test_durham_is_county_durham_and_inner_london_stays_apart(
    database: Database, shared: Path, measures: Measures, found: Found
) -> None:
    loaded = load_benchmark_file(database, shared / "benchmarks" / LAIT, measures)
    areas = {row[0] for row in found("area_code", measure_id="ehcp_20w_excl")}
    assert {"E06000047", "E92000001", "E12000007", "E13000001", "E13000002"} <= areas
    assert loaded.unmatched_areas == ()


def test_the_same_bytes_change_nothing_whatever_their_name(
    database: Database, shared: Path, measures: Measures, tmp_path: Path
) -> None:
    path = shared / "benchmarks" / "dfe_ehc_plans_2025" / "timeliness_20_week.csv"
    first = load_benchmark_file(database, path, measures)
    copy = tmp_path / "another name (1).csv"
    shutil.copyfile(path, copy)
    again = load_benchmark_file(database, copy, measures)
    assert again.already_loaded
    assert again.vintage_ids == first.vintage_ids
    assert _count(database, observation) == first.observations
    assert _count(database, vintage) == 1


def test_a_changed_reissue_stands_beside_the_old_one(
    database: Database, shared: Path, measures: Measures, tmp_path: Path, found: Found
) -> None:
    path = shared / "benchmarks" / "dfe_ehc_plans_2025" / "timeliness_20_week.csv"
    load_benchmark_file(database, path, measures)
    reissue = tmp_path / path.name
    reissue.write_bytes(path.read_bytes().replace(b",84866,", b",84867,"))
    load_benchmark_file(database, reissue, measures, release="reporting year 2025, revised")
    about = {"measure_id": "ehcp_20w_excl", "area_code": "E92000001", "period": "2024"}
    assert [row[0] for row in found("denominator", **about)] == [84866, 84867]
    with database.reading() as connection:
        releases = connection.execute(select(vintage.c.release).order_by(vintage.c.id)).scalars()
        assert list(releases) == ["reporting year 2025", "reporting year 2025, revised"]


def test_a_vintage_says_whose_file_it_is(
    database: Database, shared: Path, measures: Measures
) -> None:
    path = shared / "benchmarks" / "dfe_ehc_plans_2025" / "caseload.csv"
    load_benchmark_file(database, path, measures)
    with database.reading() as connection:
        row = connection.execute(select(vintage)).mappings().one()
    assert row["publisher"] == "Department for Education"
    assert row["publication"] == "Education, health and care plans"
    assert row["release"] == "reporting year 2025"
    assert row["licence"] == "Open Government Licence v3.0"


@pytest.mark.parametrize("name", EHC)
def test_files_are_told_by_their_headings_and_not_by_their_names(
    shared: Path, tmp_path: Path, name: str
) -> None:
    path = shared / "benchmarks" / "dfe_ehc_plans_2025" / f"{name}.csv"
    disguised = tmp_path / "timeliness.csv"
    shutil.copyfile(path, disguised)
    assert recognise(disguised).id == recognise(path).id


def test_a_file_that_nobody_knows_is_refused_with_what_is_known(tmp_path: Path) -> None:
    path = tmp_path / "shopping.csv"
    path.write_text("what,how many\nmilk,2\n")
    with pytest.raises(BenchmarkRefused, match="is none of the published files") as refused:
        recognise(path)
    assert "New EHC plans within 20 weeks" in str(refused.value)


def test_every_published_file_beside_the_checkout_loads(
    database: Database, shared: Path, measures: Measures
) -> None:
    folder = shared / "benchmarks"
    files = [
        *folder.glob("dfe_*/*.csv"),
        *folder.glob("nhs/*"),
        folder / "published_figures.csv",
        *folder.glob("lait/sn_*.xlsx"),
    ]
    loads = [load_benchmark_file(database, path, measures) for path in files]
    assert len(loads) == 16
    assert all(load.unmatched_areas == () for load in loads)


def _count(database: Database, table: Table) -> int:
    with database.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def test_a_measure_that_is_defined_later_takes_its_figures_from_the_same_file(
    database: Database, shared: Path
) -> None:
    path = shared / "benchmarks" / "dfe_ehc_plans_2025" / "timeliness_20_week.csv"
    every = load_measures()
    first = {name: one for name, one in every.items() if name != "ehcp_20w_incl"}
    before = load_benchmark_file(database, path, first)
    after = load_benchmark_file(database, path, every)
    assert after.vintage_ids == before.vintage_ids
    assert after.observations > 0
    with database.reading() as connection:
        query = select(observation.c.measure_id, func.count()).group_by(observation.c.measure_id)
        counts = dict(map(tuple, connection.execute(query)))
    assert counts["ehcp_20w_incl"] == counts["ehcp_20w_excl"]
    assert load_benchmark_file(database, path, every).observations == 0
