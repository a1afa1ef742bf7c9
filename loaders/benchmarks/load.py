"""One published file into the database: recognised, checked cell by cell, kept as a vintage."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection

from loaders.benchmarks.collect import Collected, collect
from loaders.benchmarks.csvfile import Progress, hash_file
from loaders.benchmarks.frames import Edition, Reader
from loaders.benchmarks.neighbours import (
    NeighbourReader,
    model_year,
    read_neighbours,
    store_neighbours,
)
from loaders.benchmarks.problems import Findings
from loaders.benchmarks.recognise import recognise
from loaders.benchmarks.store import add_vintage, find_measures, find_vintages, write
from schemas.database import Database
from schemas.measure import Measure


@dataclass(frozen=True)
class BenchmarkLoad:
    """What became of a file. `skipped` counts the rows left out, by reason."""

    vintage_ids: tuple[int, ...]
    file_kinds: tuple[str, ...]
    rows_read: int
    observations: int
    unmatched_areas: tuple[str, ...] = ()
    skipped: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    already_loaded: bool = False

    @property
    def vintage_id(self) -> int | None:
        return self.vintage_ids[0] if self.vintage_ids else None


def load_benchmark_file(
    database: Database,
    path: Path,
    measures: Mapping[str, Measure],
    *,
    release: str | None = None,
    released_on: dt.date | None = None,
    as_at_on: dt.date | None = None,
    progress: Progress | None = None,
) -> BenchmarkLoad:
    """Every observation that the measures' benchmarks find in the file, in one transaction.

    The same bytes again change nothing, but for measures that were defined since; a changed
    re-issue is a new vintage beside the old one.
    `progress` is called with bytes read and bytes in all.

    Raises:
        BenchmarkRefused: the file is not known or cannot be read, with up to 20 places.
    """
    reader = recognise(path)
    sha256 = hash_file(path)
    with database.reading() as connection:
        known = find_vintages(connection, sha256)
        unread = _unread(connection, known, measures)
    if known and not unread:
        return _nothing_new(known)
    options = _Options(release, released_on, as_at_on)
    if isinstance(reader, NeighbourReader):
        return _load_neighbours(database, reader, path, sha256, options)
    findings = Findings()
    as_at = as_at_on or released_on or dt.date.today()
    found = collect(reader, path, list(unread.values()), findings, as_at, progress)
    with database.writing() as connection:
        known = find_vintages(connection, sha256)  # someone else may have loaded it meanwhile
        still = _unread(connection, known, unread)
        ids = {measure.id for measure in still.values()}
        found = [one.only(ids) for one in found]
        stored = [_store(connection, one, reader, path, sha256, options, known) for one in found]
    written = sum(rows for _, rows in stored)
    if known and not written:
        return _nothing_new(known)
    again = "a second number for the same measure, area, period and category"
    findings.skip(again, sum(one.rows for one in found) - written)
    return _report(tuple(id_ for id_, _ in stored), found, written, findings)


def _unread(
    connection: Connection, known: Sequence[tuple[int, str]], measures: Mapping[str, Measure]
) -> Mapping[str, Measure]:
    """The measures that a file may hold and that were not read from it: all, of a new file; of a
    known one those whose definition came later."""
    if not known:
        return measures
    read = find_measures(connection, [vintage_id for vintage_id, _ in known])
    kinds = {kind for _, kind in known}
    return {
        name: measure
        for name, measure in measures.items()
        if measure.id not in read and any(one.file in kinds for one in measure.benchmarks)
    }


def _nothing_new(known: Sequence[tuple[int, str]]) -> BenchmarkLoad:
    ids, kinds = zip(*known, strict=True)
    return BenchmarkLoad(ids, kinds, 0, 0, already_loaded=True)


@dataclass(frozen=True)
class _Options:
    """What the person who loads the file knows better than the file."""

    release: str | None
    released_on: dt.date | None
    as_at_on: dt.date | None


def _load_neighbours(
    database: Database, reader: NeighbourReader, path: Path, sha256: str, options: _Options
) -> BenchmarkLoad:
    findings = Findings()
    groups = read_neighbours(path, findings)
    model = model_year(path, options.released_on)
    edition = reader.edition(reader.id, model, "")
    with database.writing() as connection:
        values = _vintage(Collected(reader.id), edition, path, sha256, options)
        vintage_id = add_vintage(connection, values)
        store_neighbours(connection, groups, model, vintage_id)
    return _report((vintage_id,), [Collected(reader.id)], 0, findings)


def _store(
    connection: Connection,
    found: Collected,
    reader: Reader,
    path: Path,
    sha256: str,
    options: _Options,
    known: Sequence[tuple[int, str]],
) -> tuple[int, int]:
    edition = reader.edition(found.kind, found.newest, found.newest_basis)
    there = next((vintage_id for vintage_id, kind in known if kind == found.kind), None)
    vintage_id = there or add_vintage(connection, _vintage(found, edition, path, sha256, options))
    return vintage_id, write(connection, vintage_id, found.groups)


def _vintage(
    found: Collected, edition: Edition, path: Path, sha256: str, options: _Options
) -> dict[str, str | None]:
    released_on = options.released_on or found.released_on
    as_at_on = options.as_at_on or released_on or dt.date.today()
    return {
        "file_kind": found.kind,
        "publisher": edition.publisher,
        "publication": edition.publication,
        "release": options.release or edition.release,
        "released_on": released_on.isoformat() if released_on else None,
        "as_at_on": as_at_on.isoformat(),
        "file_name": path.name,
        "sha256": sha256,
        "note": edition.note,
    }


def _report(
    ids: tuple[int, ...], found: Sequence[Collected], written: int, findings: Findings
) -> BenchmarkLoad:
    return BenchmarkLoad(
        vintage_ids=ids,
        file_kinds=tuple(one.kind for one in found),
        rows_read=findings.rows,
        observations=written,
        unmatched_areas=tuple(sorted(findings.unmatched)),
        skipped=dict(findings.skipped),
        notes=tuple(findings.notes),
    )
