"""One measure page's queries with one area loaded and with every English area."""

import datetime as dt
import statistics
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from sqlalchemy import Connection, Table, insert, update
from sqlalchemy.engine import URL

from dashboard.viewer import Viewer
from dashboard.views.measure import get_measure_view
from loaders.bulk import insert_rows
from schemas.area import ENGLAND, load_areas
from schemas.area_settings import load_area_settings
from schemas.database import Database, open_database
from schemas.measure import load_measures
from schemas.migrations import upgrade
from schemas.observation import Observation
from schemas.tables import extract_file, neighbour, observation, release, release_version, vintage
from schemas.term import Season, Term

MEASURE = "ehcp_20w_excl"
OWN = "E06000005"
ROUNDS = 60
NEIGHBOURS = 10


def measure(folder: Path) -> dict[str, float]:
    """Median milliseconds of `get_measure_view` by number of areas loaded."""
    every = [a.code for a in load_areas().local_authorities() if a.code != OWN]
    whole = [OWN, ENGLAND, "E12000001"]
    beside = every[:NEIGHBOURS]
    databases = {
        "one, with its comparators": _filled(folder / "1.sqlite3", [OWN], [*whole, *beside]),
        f"all {len(every) + 1}": _filled(folder / "all.sqlite3", [OWN, *every], [*whole, *every]),
    }
    times: dict[str, list[float]] = {name: [] for name in databases}
    for _ in range(ROUNDS):
        for name, database in databases.items():
            times[name].append(_timed(database))
    for database in databases.values():
        database.close()
    return {name: statistics.median(each) * 1000 for name, each in times.items()}


def _timed(database: Database) -> float:
    known, settings = load_measures()[MEASURE], load_area_settings()[OWN]
    start = time.perf_counter()
    with database.reading() as connection:
        view = get_measure_view(connection, Viewer.partner, known, settings)
    taken = time.perf_counter() - start
    assert len(view.terms.points) == 12, view.terms
    return taken


def _filled(path: Path, codes: Sequence[str], published: Sequence[str]) -> Database:
    """For each area twelve terms of every measure of its own, and ten published years."""
    database = open_database(URL.create("sqlite", database=str(path)))
    upgrade(database)
    terms = [Term(2022, Season.autumn).shifted(n) for n in range(12)]
    with database.writing() as connection:
        connection.execute(insert(vintage).values(_blank(vintage) | {"file_kind": "lait"}))
        for code in codes:
            file = _blank(extract_file) | {"area_code": code, "status": "final", "content": b""}
            file_id = connection.execute(insert(extract_file).values(file)).inserted_primary_key[0]
            for term in terms:
                version_id = _draft(connection, code, term)
                own = [(version_id, file_id, *one) for one in _of_term(code, term)]
                columns = ("release_version_id", "extract_file_id", *Observation._fields)
                insert_rows(connection, observation, columns, own)
        connection.execute(update(release_version).values(state="published"))
        columns = ("vintage_id", *Observation._fields)
        for code in published:
            insert_rows(connection, observation, columns, ((1, *one) for one in _of_years(code)))
        for rank, code in enumerate(published[3 : 3 + NEIGHBOURS], 1):
            values = {"model": "2025", "area_code": OWN, "rank": rank, "neighbour_code": code}
            connection.execute(
                insert(neighbour).values(values | {"closeness": "", "vintage_id": 1})
            )
    return database


def _blank(table: Table) -> dict[str, object]:
    return {c.name: "" for c in table.columns if not c.primary_key and not c.nullable}


def _draft(connection: Connection, code: str, term: Term) -> int:
    made = connection.execute(insert(release).values(area_code=code, term=term.label))
    values = {"release_id": made.inserted_primary_key[0], "number": 1, "state": "draft"}
    values |= {"invented": 1, "created_at": ""}
    made = connection.execute(insert(release_version).values(values))
    return int(made.inserted_primary_key[0])


def _of_term(code: str, term: Term) -> Iterator[Observation]:
    window = term.flow_window
    for name in load_measures():
        for category in ("all", "a", "b", "c", "d", "e"):
            breakdown = "all" if category == "all" else "phase"
            yield _one(
                name, code, term.label, window.start, window.end, "in_term", breakdown, category
            )


def _of_years(code: str) -> Iterator[Observation]:
    for name in load_measures():
        for year in range(2015, 2025):
            start, end = dt.date(year, 1, 1), dt.date(year, 12, 31)
            yield _one(name, code, str(year), start, end, "calendar_year", "all", "all")


def _one(
    name: str,
    code: str,
    period: str,
    start: dt.date,
    end: dt.date,
    basis: str,
    breakdown: str,
    category: str,
) -> Observation:
    days = (start.isoformat(), end.isoformat())
    numbers = (7.0, 9.0, 77.8, None, "final", 1)
    return Observation(name, code, period, *days, basis, breakdown, category, *numbers)
