"""The rows of one figure: every value it ever had, in every version of its release."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Select, select

from schemas.observation import Key, Observation, term_of
from schemas.tables import observation, release, release_version

FIELDS = [observation.c[name] for name in Observation._fields]


@dataclass(frozen=True)
class Stored:
    """One row, with the version it stands in, the file it came from and, if it is no longer
    current there, the file that took its place."""

    id: int
    observation: Observation
    version_id: int
    version_number: int
    state: str
    file_id: int
    replaced_by_id: int | None


def get_stored(connection: Connection, area_code: str, observation_id: int) -> Stored | None:
    """One figure of this area's own; None when there is none with that number."""
    row = connection.execute(_rows(area_code).where(observation.c.id == observation_id)).first()
    return _build(row) if row else None


def get_rows_like(
    connection: Connection, area_code: str, keys: Collection[Key]
) -> dict[Key, list[Stored]]:
    """Every row there ever was of these figures, which differ in period and basis only, oldest
    first."""
    one = next(iter(keys))
    query = _rows(area_code).where(
        release.c.term.in_({term_of(key.period).label for key in keys}),
        observation.c.measure_id == one.measure_id,
        observation.c.area_code == one.area_code,
        observation.c.breakdown == one.breakdown,
        observation.c.category == one.category,
        observation.c.period.in_({key.period for key in keys}),
    )
    found: dict[Key, list[Stored]] = {key: [] for key in keys}
    ordered = query.order_by(release_version.c.number, observation.c.id)
    for row in map(_build, connection.execute(ordered)):
        if row.observation.key in found:
            found[row.observation.key].append(row)
    return found


def as_at(rows: Sequence[Stored], file_id: int) -> Stored | None:
    """The row that was current when a file was stored; else the newest."""
    then = (
        row
        for row in rows
        if row.file_id <= file_id and (row.replaced_by_id is None or row.replaced_by_id > file_id)
    )
    return max(then, key=lambda row: row.version_number, default=rows[-1] if rows else None)


def without_copies(rows: Sequence[Stored]) -> list[Stored]:
    """A new version begins as a copy of the last: what was only copied is not told again."""
    kept: list[Stored] = []
    for row in rows:
        last = kept[-1] if kept else None
        if last and (last.file_id, last.observation) == (row.file_id, row.observation):
            replaced_by = last.replaced_by_id or row.replaced_by_id
            kept[-1] = replace(last, replaced_by_id=replaced_by)
        else:
            kept.append(row)
    return kept


def _rows(area_code: str) -> Select[Any]:
    return (
        select(
            observation.c.id,
            *FIELDS,
            release_version.c.id.label("version_id"),
            release_version.c.number,
            release_version.c.state,
            observation.c.extract_file_id,
            observation.c.superseded_by_id,
        )
        .join(release_version, release_version.c.id == observation.c.release_version_id)
        .join(release, release.c.id == release_version.c.release_id)
        .where(release.c.area_code == area_code)
    )


def _build(row: Sequence[Any]) -> Stored:
    size = len(FIELDS) + 1
    return Stored(row[0], Observation(*row[1:size]), *row[size:])
