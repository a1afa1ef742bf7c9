"""The demonstration's database with every English area's own figures: one area's, copied."""

import shutil
import sqlite3
from pathlib import Path

from schemas.area import load_areas

_OWN = "release_version_id IS NOT NULL AND area_code = :own"
_COPIES = {
    "release": "SELECT id + :step, :code, term FROM release WHERE area_code = :own",
    "release_version": (
        "SELECT id + :step, release_id + :step, number, state, invented, created_at, published_at"
        " FROM release_version"
        " WHERE release_id IN (SELECT id FROM release WHERE area_code = :own)"
    ),
    "extract_file": (
        "SELECT id + :step, :code, organisation, prepared_by, name, sha256, x'', as_at_on, status,"
        " coverage_note, definitions_sha256, loaded_at, loaded_by"
        " FROM extract_file WHERE area_code = :own"
    ),
    "observation": (
        "SELECT NULL, release_version_id + :step, extract_file_id + :step, NULL, measure_id, :code,"
        " period, period_start, period_end, basis, breakdown, category, numerator, denominator,"
        f" value, symbol, status, definition_version, NULL FROM observation WHERE {_OWN}"
        " AND superseded_by_id IS NULL"
    ),
}
_STEP = 10_000  # far above any id of one area


def with_every_area(source: Path, target: Path, own: str) -> int:
    """Copies the SQLite file and fills it; returns the number of areas with figures.

    Everything is invented: the area's own rows under each other area's code.
    """
    shutil.copyfile(source, target)
    codes = [area.code for area in load_areas().local_authorities() if area.code != own]
    connection = sqlite3.connect(target)
    connection.execute("PRAGMA journal_mode=OFF")
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA cache_size=-262144")
    indexes = _drop_indexes(connection)
    for number, code in enumerate(codes, 1):
        given = {"step": number * _STEP, "code": code, "own": own}
        for table, rows in _COPIES.items():
            connection.execute(f"INSERT INTO {table} {rows}", given)
    for made_by in indexes:
        connection.execute(made_by)
    connection.commit()
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()
    return len(codes) + 1


def _drop_indexes(connection: sqlite3.Connection) -> list[str]:
    """Building them once at the end is several times quicker."""
    query = "SELECT name, sql FROM sqlite_master WHERE tbl_name = 'observation' AND type = 'index'"
    found = [(name, sql) for name, sql in connection.execute(query) if sql]
    for name, _ in found:
        connection.execute(f"DROP INDEX {name}")
    return [sql for _, sql in found]
