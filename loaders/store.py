"""Observations into the draft release versions of their terms: what changed, and nothing else."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Select, bindparam, func, insert, literal, select, update

from loaders.bulk import insert_rows
from schemas.observation import Key, Observation, term_of
from schemas.tables import observation as table
from schemas.tables import release, release_version
from schemas.term import Term

_COLUMNS = [table.c[name] for name in Observation._fields]


@dataclass(frozen=True)
class Written:
    """How many observations were new, took another's place, were there already, or went."""

    new: int
    changed: int
    same: int
    vanished: int


def get_current(
    connection: Connection, area_code: str, measure_ids: Sequence[str], since: str, until: str
) -> dict[Key, tuple[int, Observation]]:
    """The latest version's observations of these measures in a window of days, with their ids."""
    query = (
        select(table.c.id, *_COLUMNS)
        .where(table.c.release_version_id.in_(_latest_versions(area_code)))
        .where(table.c.measure_id.in_(measure_ids), table.c.area_code == area_code)
        .where(table.c.superseded_by_id.is_(None))
        .where(table.c.period_end >= since, table.c.period_start <= until)
    )
    rows = (tuple(row) for row in connection.execute(query))
    found = ((row[0], Observation(*row[1:])) for row in rows)
    return {one.key: (row_id, one) for row_id, one in found}


def write_observations(
    connection: Connection,
    area_code: str,
    observations: Sequence[Observation],
    current: Mapping[Key, tuple[int, Observation]],
    stale: Iterable[Key],
    extract_file_id: int,
    invented: bool,
) -> Written:
    """Stores what is new or different; what it replaces stays, marked with the file that did it.

    `stale` are current observations that the file speaks of no more: they are marked too.
    """
    write: dict[Term, list[Observation]] = defaultdict(list)
    retire: dict[Term, list[Key]] = defaultdict(list)
    said: set[Key] = set()
    for one in observations:
        before = current.get(one.key) if current else None
        if before is None or before[1] != one:
            write[term_of(one.period)].append(one)
        if before is not None:
            said.add(one.key)
            if before[1] != one:
                retire[term_of(one.period)].append(one.key)
    changed = sum(len(keys) for keys in retire.values())
    gone = [key for key in stale if key not in said]
    for key in gone:
        retire[term_of(key.period)].append(key)
    for term in sorted(write.keys() | retire.keys()):
        version_id = _draft(connection, area_code, term, invented)
        _supersede(connection, version_id, retire[term], extract_file_id)
        _insert(connection, write[term], version_id, extract_file_id)
    written = sum(len(ones) for ones in write.values())
    return Written(written - changed, changed, len(observations) - written, len(gone))


def _insert(
    connection: Connection, ones: Sequence[Observation], version_id: int, extract_file_id: int
) -> None:
    columns = ("release_version_id", "extract_file_id", *Observation._fields)
    rows = ((version_id, extract_file_id, *one) for one in ones)
    insert_rows(connection, table, columns, rows)


def _latest_versions(area_code: str) -> Select[tuple[int]]:
    version = release_version.alias()
    newest = (
        select(func.max(version.c.number))
        .where(version.c.release_id == release.c.id)
        .scalar_subquery()
    )
    return (
        select(release_version.c.id)
        .join(release, release.c.id == release_version.c.release_id)
        .where(release.c.area_code == area_code, release_version.c.number == newest)
    )


def _draft(connection: Connection, area_code: str, term: Term, invented: bool) -> int:
    """The draft version of a term's release; a published release gets a new draft with its
    observations copied, because what is published never changes."""
    release_id = connection.scalar(
        select(release.c.id).where(release.c.area_code == area_code, release.c.term == term.label)
    )
    if release_id is None:
        values = {"area_code": area_code, "term": term.label}
        release_id = connection.scalar(insert(release).values(values).returning(release.c.id))
    latest = connection.execute(
        select(release_version)
        .where(release_version.c.release_id == release_id)
        .order_by(release_version.c.number.desc())
        .limit(1)
    ).first()
    if latest and latest.state == "draft":
        if invented and not latest.invented:
            connection.execute(
                update(release_version).where(release_version.c.id == latest.id).values(invented=1)
            )
        return int(latest.id)
    version_id = connection.scalar(
        insert(release_version)
        .values(
            release_id=release_id,
            number=latest.number + 1 if latest else 1,
            state="draft",
            invented=int(invented or bool(latest and latest.invented)),
            created_at=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        )
        .returning(release_version.c.id)
    )
    assert version_id is not None
    if latest:
        _copy(connection, latest.id, version_id)
    return int(version_id)


def _copy(connection: Connection, old_id: int, new_id: int) -> None:
    columns = [column for column in table.c if column.name not in ("id", "release_version_id")]
    rows = select(literal(new_id), *columns).where(
        table.c.release_version_id == old_id, table.c.superseded_by_id.is_(None)
    )
    names = ["release_version_id", *(column.name for column in columns)]
    connection.execute(insert(table).from_select(names, rows))


def _supersede(
    connection: Connection, version_id: int, keys: Sequence[Key], extract_file_id: int
) -> None:
    if not keys:
        return
    this = update(table).where(
        table.c.release_version_id == version_id,
        table.c.superseded_by_id.is_(None),
        *(table.c[name] == bindparam(f"_{name}") for name in Key._fields),
    )
    values = [{f"_{name}": value for name, value in key._asdict().items()} for key in keys]
    connection.execute(this.values(superseded_by_id=extract_file_id), values)
