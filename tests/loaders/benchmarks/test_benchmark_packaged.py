"""The packaged table lets a demo work offline, cites every figure and loads once."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from loaders.benchmarks import load_benchmark_file, load_packaged
from schemas.database import Database
from schemas.measure import Measure
from schemas.tables import neighbour, observation, vintage

Measures = dict[str, Measure]
Found = Callable[..., list[Any]]


def test_the_packaged_table_gives_england_the_region_and_the_neighbours(
    database: Database, measures: Measures, found: Found
) -> None:
    loaded = load_packaged(database, measures)
    assert loaded.observations > 10_000
    areas = {row[0] for row in found("area_code", measure_id="ehcp_20w_excl")}
    assert {"E92000001", "E12000001", "E06000005", "E06000047", "E08000027"} <= areas
    with database.reading() as connection:
        models = set(connection.execute(select(neighbour.c.model)).scalars())
        notes = list(connection.execute(select(vintage.c.note)).scalars())
    assert models == {"2021", "2025"}
    assert all(note.startswith("Short packaged table") for note in notes)


def test_loading_it_again_changes_nothing(database: Database, measures: Measures) -> None:
    first = load_packaged(database, measures)
    again = load_packaged(database, measures)
    assert again.already_loaded
    with database.reading() as connection:
        count = select(func.count()).select_from(observation)
        assert connection.execute(count).scalar_one() == first.observations


def test_every_packaged_figure_says_where_it_is_from(
    database: Database, measures: Measures
) -> None:
    load_packaged(database, measures)
    with database.reading() as connection:
        rows = connection.execute(select(vintage)).mappings().all()
    assert all(row["publisher"] and row["publication"] and row["release"] for row in rows)
    kinds = {row["file_kind"] for row in rows}
    assert {"dfe_ehc_timeliness", "dfe_suspensions", "dfe_absence", "lait"} <= kinds


def test_a_cited_figure_of_a_second_hand_source_is_marked_so(
    database: Database, shared: Path, measures: Measures
) -> None:
    path = shared / "benchmarks" / "published_figures.csv"
    loaded = load_benchmark_file(database, path, measures)
    assert any("Only a secondary source gives it" in note for note in loaded.notes)


def test_england_suspensions_by_sen_come_from_the_cited_figures(
    database: Database, shared: Path, measures: Measures, found: Found
) -> None:
    path = shared / "benchmarks" / "published_figures.csv"
    load_benchmark_file(database, path, measures)
    about = {
        "measure_id": "suspension_rate",
        "area_code": "E92000001",
        "breakdown": "sen_status",
        "category": "ehc_plan",
    }
    assert "2016-17" in {row[0] for row in found("period", **about)}


def test_the_whole_table_of_neighbours_is_not_replaced_by_the_short_one(
    database: Database, shared: Path, measures: Measures
) -> None:
    path = shared / "benchmarks" / "lait" / "sn_may_2025.xlsx"
    load_benchmark_file(database, path, measures)
    load_packaged(database, measures)
    with database.reading() as connection:
        query = select(func.count()).where(neighbour.c.model == "2025")
        assert connection.execute(query).scalar_one() == 1530
