"""Writes the packaged benchmark table from the publishers' files beside this checkout.

Run from the project folder: `.venv/bin/python -m data.benchmarks.make_packaged`. Needs
`../shared/benchmarks`; goes through the same readers as a file that a person loads.
"""

import csv
import datetime as dt
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import polars as pl

from loaders.benchmarks.collect import Collected, collect
from loaders.benchmarks.frames import Reader
from loaders.benchmarks.neighbours import (
    NeighbourReader,
    model_year,
    read_neighbours,
)
from loaders.benchmarks.observations import NUMBERS, TEXTS
from loaders.benchmarks.packaged import GROUP, NEIGHBOUR, VINTAGE
from loaders.benchmarks.problems import BenchmarkRefused, Findings
from loaders.benchmarks.published import PublishedReader
from loaders.benchmarks.recognise import recognise
from schemas.area import ENGLAND, load_areas
from schemas.area_settings import load_area_settings
from schemas.measure import load_measures

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "benchmarks"
HERE = Path(__file__).resolve().parent

# When these copies were taken; the publishers' own dates where the copies tell them.
AS_AT = dt.date(2026, 11, 22)
RELEASED = {
    "bds_long_send_measures_all_areas.csv": dt.date(2026, 4, 8),
    "EES_ytd_data.csv": dt.date(2026, 7, 23),
}

KEY = (*GROUP, "area_code", "period", "category")

Row = dict[str, Any]


def main() -> None:
    if not SHARED.is_dir():
        sys.exit("The publishers' files (../shared/benchmarks) are not beside this checkout.")
    groups = list(_neighbours())
    areas = _areas(groups)
    figures = _figures(areas)
    _write(HERE / "published.csv", [*VINTAGE, *GROUP, *TEXTS, *NUMBERS], figures)
    _write(HERE / "neighbours.csv", [*VINTAGE, *NEIGHBOUR], groups)
    _write_sources(figures, groups)
    print(f"{len(figures):,} figures of {len(areas)} areas, {len(groups)} neighbours.")


def _neighbours() -> Iterator[Row]:
    """The groups of the areas we serve, in every model there is."""
    served = load_area_settings()
    for path in sorted(SHARED.glob("lait/*.xlsx")):
        reader = _reader_of(path)
        if not isinstance(reader, NeighbourReader):
            continue
        model = model_year(path, None)
        edition = _edition(path, reader, Collected(reader.id, newest=model))
        for one in read_neighbours(path, Findings()):
            if one.area_code in served:
                yield edition | {"model": model} | {n: getattr(one, n) for n in NEIGHBOUR[1:]}


def _reader_of(path: Path) -> Reader | None:
    try:
        return recognise(path)
    except BenchmarkRefused:
        return None


def _areas(groups: Iterable[Row]) -> set[str]:
    """England, the regions served and their councils, the neighbours and the NHS areas."""
    served = load_area_settings().values()
    regions = {settings.region_code for settings in served}
    councils = {area.code for region in regions for area in load_areas().within(region)}
    health = {code for settings in served for code in settings.nhs_areas}
    return {ENGLAND} | regions | councils | health | {row["neighbour_code"] for row in groups}


def _figures(areas: set[str]) -> list[Row]:
    """Rows of the publishers' files first; a cited figure only where no file says it."""
    rows: list[Row] = []
    for path in sorted(SHARED.rglob("*.csv")) + sorted(SHARED.rglob("*.xlsx")):
        reader = _reader_of(path)
        if reader and not isinstance(reader, NeighbourReader | PublishedReader):
            rows += _rows(path, reader, areas)
    said = {tuple(row[name] for name in KEY) for row in rows}
    for reader in _cited_readers():
        for row in _rows(SHARED / "published_figures.csv", reader, areas):
            key = tuple(row[name] for name in KEY)
            secondary = row["publisher"] == "Secondary source"
            if key not in said:
                rows.append(row)
            if secondary:
                said.add(key)
    return sorted(rows, key=lambda row: [str(row[name]) for name in (*VINTAGE, *KEY)])


def _cited_readers() -> Iterator[PublishedReader]:
    """One reader for each source, the secondary ones last."""
    sources = pl.read_csv(SHARED / "published_figures.csv", infer_schema=False)["source"].unique()
    yield from (PublishedReader(s) for s in sorted(sources, key=lambda s: ("secondary" in s, s)))


def _rows(path: Path, reader: Reader, areas: set[str]) -> Iterator[Row]:
    as_at = RELEASED.get(path.name, AS_AT)
    for found in collect(reader, path, list(load_measures().values()), Findings(), as_at):
        edition = _edition(path, reader, found)
        for group, parts in found.groups.items():
            about = edition | {name: getattr(group, name) for name in GROUP}
            rows = pl.concat(parts).with_columns(pl.col(TEXTS).cast(pl.String))
            kept = rows.filter(pl.col("area_code").is_in(list(areas)))
            yield from (about | row for row in kept.iter_rows(named=True))


def _edition(path: Path, reader: Reader, found: Collected) -> Row:
    edition = reader.edition(found.kind, found.newest, found.newest_basis)
    released = RELEASED.get(path.name) or found.released_on
    return {
        "file_kind": found.kind,
        "publisher": edition.publisher,
        "publication": edition.publication,
        "release": edition.release,
        "released_on": released.isoformat() if released else None,
        "as_at_on": (released or AS_AT).isoformat(),
        "file_name": path.name,
        "note": edition.note,
    }


def _write(path: Path, columns: list[str], rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: _cell(row[name]) for name in columns} for row in rows)


def _cell(value: object) -> object:
    return f"{value:.10g}" if isinstance(value, float) else value


def _write_sources(figures: list[Row], groups: list[Row]) -> None:
    names = ("publisher", "publication", "release", "file_kind", "file_name", "note")
    sources = sorted({tuple(str(row[name] or "") for name in names) for row in [*figures, *groups]})
    lines = [
        "# Sources of the packaged figures",
        "",
        "`published.csv` and `neighbours.csv` are a short part of published files, so that the",
        "dashboard can be tried without a network: England, the regions, councils and NHS areas",
        "served, and their statistical neighbours. `make_packaged.py` writes them; do not edit.",
        "",
        "Contains public sector information licensed under the Open Government Licence v3.0.",
        "",
        "| publisher | publication | release | file kind | file | note |",
        "|---|---|---|---|---|---|",
        *(f"| {' | '.join(source)} |" for source in sources),
    ]
    (HERE / "SOURCES.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
