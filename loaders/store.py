"""Changes into the draft release versions of their terms, and nothing else."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, bindparam, insert, literal, select, update

from loaders.bulk import insert_rows
from loaders.compare import Changes
from loaders.reopen import return_to_draft
from schemas.observation import Key, Observation, term_of
from schemas.tables import observation as table
from schemas.tables import release, release_version
from schemas.term import Term

_SIGNED = ("checked", "agreed")


class Reopened(NamedTuple):
    """A version that is a draft now, of a term whose newest version was in the state `was`."""

    term: str
    number: int
    was: str


@dataclass(frozen=True)
class Opened:
    """What storing did to the versions of the terms. `returned` were checked or agreed and are
    drafts again; `begun` are new versions of terms that were published."""

    returned: tuple[Reopened, ...] = ()
    begun: tuple[Reopened, ...] = ()


def write_changes(
    connection: Connection,
    area_code: str,
    changes: Changes,
    extract_file_id: int,
    invented: bool,
) -> Opened:
    """Stores what is new or different; what it replaces, and what the file speaks of no more,
    stays, marked with the file that did it."""
    write: dict[Term, list[Observation]] = defaultdict(list)
    retire: dict[Term, list[Key]] = defaultdict(list)
    for one in changes.new:
        write[term_of(one.period)].append(one)
    for old, new in changes.changed:
        write[term_of(new.period)].append(new)
        retire[term_of(old.period)].append(old.key)
    for one in changes.vanished:
        retire[term_of(one.period)].append(one.key)
    opened = Opened()
    for term in sorted(write.keys() | retire.keys()):
        version_id, opened = _draft(connection, area_code, term, invented, opened)
        _supersede(connection, version_id, retire[term], extract_file_id)
        _insert(connection, write[term], version_id, extract_file_id)
    return opened


def _insert(
    connection: Connection, ones: Sequence[Observation], version_id: int, extract_file_id: int
) -> None:
    columns = ("release_version_id", "extract_file_id", *Observation._fields)
    rows = ((version_id, extract_file_id, *one) for one in ones)
    insert_rows(connection, table, columns, rows)


def _draft(
    connection: Connection, area_code: str, term: Term, invented: bool, opened: Opened
) -> tuple[int, Opened]:
    """The draft version of a term's release. One that was checked or agreed becomes a draft again;
    a published release gets a new draft with its observations copied, because what is published
    never changes."""
    release_id = connection.scalar(
        select(release.c.id).where(release.c.area_code == area_code, release.c.term == term.label)
    )
    if release_id is None:
        values = {"area_code": area_code, "term": term.label}
        release_id = connection.scalar(insert(release).values(values).returning(release.c.id))
        assert release_id is not None
    latest = connection.execute(
        select(release_version)
        .where(release_version.c.release_id == release_id)
        .order_by(release_version.c.number.desc())
        .limit(1)
    ).first()
    if latest and latest.state == "draft":
        _keep_invented(connection, latest, invented)
        return int(latest.id), opened
    if latest and latest.state in _SIGNED:
        return_to_draft(connection, latest.id)
        _keep_invented(connection, latest, invented)
        returned = Reopened(term.label, latest.number, latest.state)
        return int(latest.id), Opened((*opened.returned, returned), opened.begun)
    version_id = _begin(connection, release_id, latest, invented)
    if latest:
        begun = Reopened(term.label, latest.number + 1, latest.state)
        return version_id, Opened(opened.returned, (*opened.begun, begun))
    return version_id, opened


def _keep_invented(connection: Connection, latest: Row[Any], invented: bool) -> None:
    if invented and not latest.invented:
        this = update(release_version).where(release_version.c.id == latest.id)
        connection.execute(this.values(invented=1))


def _begin(connection: Connection, release_id: int, latest: Row[Any] | None, invented: bool) -> int:
    version_id = connection.scalar(
        insert(release_version)
        .values(
            release_id=release_id,
            number=latest.number + 1 if latest else 1,
            state="draft",
            invented=int(invented or bool(latest and latest.invented)),
            created_at=_now(),
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
    connection: Connection, version_id: int, keys: Iterable[Key], extract_file_id: int
) -> None:
    values = [{f"_{name}": value for name, value in key._asdict().items()} for key in keys]
    if not values:
        return
    this = update(table).where(
        table.c.release_version_id == version_id,
        table.c.superseded_by_id.is_(None),
        *(table.c[name] == bindparam(f"_{name}") for name in Key._fields),
    )
    connection.execute(this.values(superseded_by_id=extract_file_id), values)


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
