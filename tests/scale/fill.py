"""Puts areas into a database: the program's own tables with their guards, figures published."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, update

from dashboard.record import add_act
from loaders.bulk import insert_rows
from schemas.area import Area
from schemas.database import Database
from schemas.observation import Observation
from schemas.people_tables import person
from schemas.plan_tables import plan_action, plan_area, plan_path
from schemas.public_tables import public_bundle, public_file, public_source
from schemas.round_tables import announcement, event_note
from schemas.tables import (
    commentary,
    extract_file,
    neighbour,
    observation,
    release,
    release_version,
)
from schemas.term import Term
from tests.scale.pattern import Pattern

TERMS = 36
_ACTS = 12  # of each term: sent in, answered for, checked, agreed, published and the like
_NOTES = 10
_NEIGHBOURS = 10
_SIZES = 7  # how many times as large as the demonstration's the largest areas are


def fill_areas(
    database: Database,
    pattern: Pattern,
    areas: Sequence[Area],
    every: Sequence[Area],
    terms: int = TERMS,
) -> None:
    """Each area in a transaction of its own. The pattern's own area gets all terms but the newest,
    which is for measuring how one more is loaded.

    Args:
        every: all areas, whose position says how large one is and who its neighbours are.
    """
    for area in areas:
        with database.writing() as connection:
            place = every.index(area)
            own = area.code == pattern.own
            wanted = [pattern.newest.shifted(n - terms + 1) for n in range(terms - own)]
            _add_releases(connection, pattern, area.code, wanted, 1 + place % _SIZES)
            _add_words(connection, pattern, area.code, wanted)
            if not own:
                _add_published(connection, pattern, area.code)
                _add_neighbours(connection, area.code, place, every)
                _add_pages(connection, pattern.own, area.code)


def _add_releases(
    connection: Connection, pattern: Pattern, code: str, terms: Sequence[Term], times: int
) -> None:
    """Drafts, their figures, and then what publishing does to their state."""
    columns = ("release_version_id", "extract_file_id", *Observation._fields)
    for term in terms:
        at = _published_at(term)
        name = f"{code}_{term.label.replace(' ', '_')}.xlsx"
        content = pattern.file["content"] + name.encode()  # each file another one, as in real life
        file = {**pattern.file, "area_code": code, "name": name, "loaded_at": at}
        file |= {"content": content, "sha256": hashlib.sha256(content).hexdigest()}
        file_id = _insert(connection, extract_file, file)
        release_id = _insert(connection, release, {"area_code": code, "term": term.label})
        draft = {"release_id": release_id, "number": 1, "state": "draft", "invented": 1}
        version_id = _insert(connection, release_version, {**draft, "created_at": at})
        ones = pattern.of_term(term, code, times)
        insert_rows(connection, observation, columns, ((version_id, file_id, *one) for one in ones))
        out = update(release_version).where(release_version.c.id == version_id)
        connection.execute(out.values(state="published", published_at=at, label="1.0"))
        if term != terms[-1]:
            connection.execute(out.values(state="superseded"))


def _add_words(connection: Connection, pattern: Pattern, code: str, terms: Sequence[Term]) -> None:
    """What people write in a term: commentary, the plan brought up to date, notes, acts."""
    author, checker = connection.scalars(select(person.c.id).order_by(person.c.id).limit(2))
    now = [_published_at(term) for term in terms]
    for table in (plan_area, plan_action, plan_path):
        rows = list(_plan_rows(table, pattern, code, now))
        connection.execute(insert(table), rows)
    named = {"area_code": code, "person_id": author}
    said = [
        {**row, **named, "term": term.label, "written_at": at}
        for term, at in zip(terms, now, strict=True)
        for row in pattern.comments
    ]
    _insert_many(connection, commentary, said)
    _insert_many(
        connection,
        announcement,
        [
            {**named, "term": term.label, "on_day": at[:10], "written_at": at}
            for term, at in zip(terms, now, strict=True)
        ],
    )
    note = {**named, "words": "A school opened", "source": "Council", "breaks": 0, "end_reason": ""}
    note |= {"subjects": '{"measures": ["ehcp_active"], "themes": []}', "agreed_by_id": checker}
    _insert_many(
        connection,
        event_note,
        [{**note, "on_day": at[:10], "written_at": at, "agreed_at": at} for at in now[-_NOTES:]],
    )
    for term in terms:
        for _ in range(_ACTS):
            add_act(connection, None, "accepted", area_code=code, subject=f"{term.label} v1")


def _plan_rows(
    table: Table, pattern: Pattern, code: str, times: Sequence[str]
) -> Iterator[dict[str, Any]]:
    """Each row written anew every term, as when its action is brought up to date: all but the last
    have ended."""
    for start, end in zip(times, (*times[1:], None), strict=True):
        for row in pattern.plan[table.name]:
            held = {"area_code": code, "written_at": start, "ended_at": end}
            yield {k: v for k, v in {**row, **held, "plan_file_id": None}.items() if k != "id"}


def _add_published(connection: Connection, pattern: Pattern, code: str) -> None:
    """Publishers' figures, where the packaged files have none of this area."""
    there = select(observation.c.id).where(
        observation.c.vintage_id.is_not(None), observation.c.area_code == code
    )
    if connection.execute(there.limit(1)).first() is None:
        place = Observation._fields.index("area_code") + 1
        columns = ("vintage_id", *Observation._fields)
        rows = ((*row[:place], code, *row[place + 1 :]) for row in pattern.published)
        insert_rows(connection, observation, columns, rows)


def _add_neighbours(connection: Connection, code: str, place: int, every: Sequence[Area]) -> None:
    like = select(neighbour.c.model, func.min(neighbour.c.vintage_id)).group_by(neighbour.c.model)
    there = set(connection.scalars(select(neighbour.c.model).where(neighbour.c.area_code == code)))
    rows = [
        {"model": model, "area_code": code, "rank": n, "neighbour_code": near, "closeness": ""}
        | {"vintage_id": vintage_id}
        for model, vintage_id in connection.execute(like)
        if model not in there
        for n, near in enumerate(_near(place, every), 1)
    ]
    _insert_many(connection, neighbour, rows)


def _near(place: int, every: Sequence[Area]) -> Iterable[str]:
    return (every[(place + n) % len(every)].code for n in range(1, _NEIGHBOURS + 1))


def _add_pages(connection: Connection, own: str, code: str) -> None:
    """The newest publication to everyone of the pattern's area under another's name: the bytes are
    kept once, so that what grows is the lists of files."""
    of_area = select(public_bundle).where(public_bundle.c.area_code == own)
    made = connection.execute(of_area.order_by(public_bundle.c.id.desc())).mappings().first()
    if made is None:
        return
    newest = (
        select(func.max(release_version.c.id))
        .join(release, release.c.id == release_version.c.release_id)
        .where(release.c.area_code == code)
    )
    version_id = connection.scalar(newest)
    bundle = {**made, "area_code": code, "release_version_id": version_id}
    bundle_id = _insert(connection, public_bundle, bundle)
    _insert_many(
        connection,
        public_source,
        [{"bundle_id": bundle_id, "release_version_id": version_id}],
    )
    files = connection.execute(select(public_file).where(public_file.c.bundle_id == made["id"]))
    rows = [{**file, "bundle_id": bundle_id} for file in files.mappings()]
    connection.execute(insert(public_file), rows)


def _published_at(term: Term) -> str:
    """Sixty days after its last."""
    day = term.flow_window.end + dt.timedelta(days=60)
    return f"{day.isoformat()}T09:00:00+00:00"


def _insert(connection: Connection, table: Table, row: Mapping[str, Any]) -> int:
    values = {name: value for name, value in row.items() if name != "id"}
    found = connection.scalar(insert(table).values(values).returning(table.c.id))
    assert found is not None
    return int(found)


def _insert_many(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        connection.execute(
            insert(table), [{k: v for k, v in row.items() if k != "id"} for row in rows]
        )
