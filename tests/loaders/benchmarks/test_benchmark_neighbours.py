"""Statistical neighbours of both models, as the knowledge lists them."""

from pathlib import Path

import pytest
from sqlalchemy import select

from loaders.benchmarks import BenchmarkRefused, load_benchmark_file
from loaders.benchmarks.neighbours import model_year
from schemas.database import Database
from schemas.measure import Measure
from schemas.tables import neighbour

Measures = dict[str, Measure]


def group(database: Database, model: str, area_code: str) -> list[tuple[str, str]]:
    query = (
        select(neighbour.c.neighbour_code, neighbour.c.closeness)
        .where(neighbour.c.model == model, neighbour.c.area_code == area_code)
        .order_by(neighbour.c.rank)
    )
    with database.reading() as connection:
        return [(row[0], row[1]) for row in connection.execute(query)]


def test_both_models_stand_side_by_side(
    database: Database, shared: Path, measures: Measures
) -> None:
    for name in ("sn_may_2025.xlsx", "sn_april_2021.xlsx"):
        load_benchmark_file(database, shared / "benchmarks" / "lait" / name, measures)
    now, before = (group(database, model, "E06000005") for model in ("2025", "2021"))
    assert [code for code, _ in now][:3] == ["E08000037", "E06000004", "E08000027"]
    assert before[0] == ("E06000004", "Extremely close")
    assert len(now) == len(before) == 10
    assert len({code for code, _ in now} & {code for code, _ in before}) == 3


def test_barnsley_stands_under_its_code_of_today(
    database: Database, shared: Path, measures: Measures
) -> None:
    path = shared / "benchmarks" / "lait" / "sn_may_2025.xlsx"
    load_benchmark_file(database, path, measures)
    assert group(database, "2025", "E06000047")[5][0] == "E08000038"


def test_areas_without_neighbours_are_named(
    database: Database, shared: Path, measures: Measures
) -> None:
    path = shared / "benchmarks" / "lait" / "sn_april_2021.xlsx"
    loaded = load_benchmark_file(database, path, measures)
    assert "Cumberland has no neighbours in this model" in loaded.skipped
    again = load_benchmark_file(database, path, measures)
    assert again.already_loaded


def test_the_year_of_a_model_must_be_said_somewhere() -> None:
    with pytest.raises(BenchmarkRefused, match="give the date on which it was released"):
        model_year(Path("neighbours.xlsx"), None)
