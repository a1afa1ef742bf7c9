"""Small published files, made of the facts a test is about, and questions to the store."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.engine import URL

from schemas.database import Database, open_database
from schemas.measure import Measure, load_measures
from schemas.migrations import upgrade
from schemas.tables import observation

ENGLAND = {
    "geographic_level": "National",
    "country_code": "E92000001",
    "country_name": "England",
}
DARLINGTON = ENGLAND | {
    "geographic_level": "Local authority",
    "region_code": "E12000001",
    "region_name": "North East",
    "new_la_code": "E06000005",
    "old_la_code": "841",
    "la_name": "Darlington",
}
TIMELINESS = ENGLAND | {
    "time_period": "2024",
    "time_identifier": "Calendar year",
    "region_code": "",
    "region_name": "",
    "new_la_code": "",
    "old_la_code": "",
    "la_name": "",
    "breakdown_topic": "All EHC plans issued",
    "breakdown": "All EHC plans issued",
    "plans_issued_den": "90392",
    "plans_issued_den_ex": "84866",
    "plans_issued_within_20_weeks": "41448",
    "plans_issued_20_weeks_ex": "39407",
    "pc_plans_issued_within_20_weeks": "45.9",
    "PC_plans_issued_20_weeks_ex": "46.4",
}

Row = Mapping[str, str]
MakeCsv = Callable[..., Path]
Found = Callable[..., list[Any]]


@pytest.fixture
def sqlite_database(sqlite_url: URL) -> Iterator[Database]:
    """An empty SQLite database with its tables."""
    database = open_database(sqlite_url)
    upgrade(database)
    yield database
    database.close()


@pytest.fixture(scope="session")
def measures() -> dict[str, Measure]:
    return load_measures()


@pytest.fixture
def make_csv(tmp_path: Path) -> MakeCsv:
    """Writes rows as a CSV; the headings are those of the first row."""

    def make(*rows: Row, name: str = "file.csv", encoding: str = "utf-8", **writer: Any) -> Path:
        path = tmp_path / name
        with path.open("w", encoding=encoding, newline="") as file:
            lines = csv.DictWriter(file, list(rows[0]), lineterminator="\n", **writer)
            lines.writeheader()
            lines.writerows(rows)
        return path

    return make


@pytest.fixture
def timeliness() -> Callable[..., dict[str, str]]:
    """A row of the 20-week file: England 2024 unless a test says otherwise."""
    return lambda **cells: TIMELINESS | cells


@pytest.fixture
def found(database: Database) -> Found:
    """(value, symbol) of the observations that have these columns, in the order they came."""

    def find(*columns: str, **where: Any) -> list[Any]:
        wanted: Sequence[str] = columns or ("value", "symbol")
        query = select(*(observation.c[name] for name in wanted)).order_by(observation.c.id)
        for name, value in where.items():
            query = query.where(observation.c[name] == value)
        with database.reading() as connection:
            return [tuple(row) for row in connection.execute(query)]

    return find
