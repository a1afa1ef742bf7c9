"""The short table of published figures that travels with the program: a demo works offline."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl
from sqlalchemy import Connection

from loaders.benchmarks.load import BenchmarkLoad
from loaders.benchmarks.neighbours import Neighbour, has_model, store_neighbours
from loaders.benchmarks.observations import NUMBERS, TEXTS, Group
from loaders.benchmarks.store import add_vintage, find_vintages, write
from schemas.database import Database
from schemas.measure import Measure
from schemas.resources import resource_folder

NOTE = "Short packaged table"
VINTAGE = (
    "file_kind",
    "publisher",
    "publication",
    "release",
    "released_on",
    "as_at_on",
    "file_name",
    "note",
)
GROUP = ("measure_id", "breakdown", "basis")
NEIGHBOUR = ("model", "area_code", "rank", "neighbour_code", "closeness")


def load_packaged(
    database: Database, measures: Mapping[str, Measure], folder: Path | None = None
) -> BenchmarkLoad:
    """Every packaged figure of these measures, and the packaged neighbours; again, nothing."""
    folder = folder or resource_folder("data") / "benchmarks"
    figures = pl.read_csv(folder / "published.csv", infer_schema=False)
    figures = figures.filter(pl.col("measure_id").is_in(list(measures)))
    neighbours = pl.read_csv(folder / "neighbours.csv", infer_schema=False)
    ids: list[int] = []
    stored = 0
    with database.writing() as connection:
        for vintage, rows in _by_vintage(figures):
            vintage_id = _add(connection, vintage, rows)
            if vintage_id is not None:
                write(connection, vintage_id, _groups(rows, measures))
                ids.append(vintage_id)
                stored += rows.height
        ids += _store_neighbours(connection, neighbours)
    kinds = tuple(dict.fromkeys(figures["file_kind"].to_list()))
    rows_read = figures.height + neighbours.height
    return BenchmarkLoad(tuple(ids), kinds, rows_read, stored, already_loaded=not ids)


def _by_vintage(table: pl.DataFrame) -> Sequence[tuple[dict[str, str | None], pl.DataFrame]]:
    parts = table.partition_by(VINTAGE, maintain_order=True)
    return [(part.select(VINTAGE).row(0, named=True), part) for part in parts]


def _add(
    connection: Connection, vintage: Mapping[str, str | None], rows: pl.DataFrame
) -> int | None:
    """A vintage for these rows, unless these very rows have one already."""
    sha256 = hashlib.sha256(rows.write_csv().encode()).hexdigest()
    if find_vintages(connection, sha256):
        return None
    note = f"{NOTE}. {vintage['note'] or ''}".strip()
    return add_vintage(connection, {**vintage, "note": note, "sha256": sha256})


def _groups(rows: pl.DataFrame, measures: Mapping[str, Measure]) -> dict[Group, list[pl.DataFrame]]:
    typed = rows.with_columns(pl.col(TEXTS).cast(pl.Categorical), pl.col(NUMBERS).cast(pl.Float64))
    parts = typed.partition_by(GROUP, as_dict=True)
    return {
        Group(str(key[0]), str(key[1]), str(key[2]), measures[str(key[0])].version): [part]
        for key, part in parts.items()
    }


def _store_neighbours(connection: Connection, table: pl.DataFrame) -> list[int]:
    ids = []
    for vintage, rows in _by_vintage(table):
        if has_model(connection, str(rows["model"][0])):
            continue  # the publisher's whole table is better than this short one
        vintage_id = _add(connection, vintage, rows)
        if vintage_id is not None:
            groups = [
                Neighbour(
                    row["area_code"], int(row["rank"]), row["neighbour_code"], row["closeness"]
                )
                for row in rows.iter_rows(named=True)
            ]
            store_neighbours(connection, groups, rows["model"][0], vintage_id)
            ids.append(vintage_id)
    return ids
