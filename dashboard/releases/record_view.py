"""The record as the people of one area may read it: their own area's acts, and no other's."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, and_, func, or_, select
from sqlalchemy.sql.expression import ColumnElement

from dashboard.access.person import Person
from dashboard.access.service import service
from dashboard.access.tasks import Task, may
from dashboard.record import Chain, look_through
from dashboard.releases.uk_time import UK
from schemas.database import Database
from schemas.people_tables import role_held
from schemas.round_tables import act

PAGE = 50  # acts


@dataclass(frozen=True)
class Wanted:
    """Which acts are asked for; days are days in the United Kingdom, both inside."""

    what: str = ""
    term_label: str = ""
    person_id: int | None = None
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True)
class RecordPage:
    """Some acts, newest first, and how many there are of the kind asked for."""

    acts: list[Row[Any]]
    found: int
    page: int
    kinds: list[str]
    chain: Chain

    @property
    def pages(self) -> int:
        return max(1, -(-self.found // PAGE))


@service(Task.see_record)
def read_record(
    database: Database, actor: Person, area_code: str, /, wanted: Wanted, page: int = 1
) -> RecordPage:
    """One page of the record. The whole record is looked through each time, so that nobody reads
    one that was changed without being told."""
    query = _acts(actor, area_code)
    some = query.where(*_asked(wanted))
    with database.reading() as connection:
        found = connection.scalar(some.with_only_columns(func.count())) or 0
        page = max(1, min(page, -(-found // PAGE)))
        newest = some.order_by(act.c.id.desc()).limit(PAGE).offset((page - 1) * PAGE)
        acts = list(connection.execute(newest))
        kinds = query.with_only_columns(act.c.what).distinct().order_by(act.c.what)
        seen = list(connection.scalars(kinds))
        return RecordPage(acts, found, page, seen, look_through(connection))


@service(Task.see_record)
def stream_record(
    database: Database, actor: Person, area_code: str, /, wanted: Wanted
) -> Iterator[Row[Any]]:
    """Every act asked for, oldest first, read as it is sent on."""
    query = _acts(actor, area_code).where(*_asked(wanted)).order_by(act.c.id)
    with database.reading() as connection:
        yield from connection.execute(query.execution_options(yield_per=500))


def _acts(actor: Person, area_code: str) -> Select[Any]:
    """Of this area; and for its administrators what has no area, such as signing in, of the
    people who hold or held a role here and of nobody we know."""
    seen: ColumnElement[bool] = act.c.area_code == area_code
    if may(actor, Task.manage_people, area_code):
        people = select(role_held.c.person_id).where(role_held.c.area_code == area_code)
        own = or_(act.c.person_id.in_(people), act.c.person_id.is_(None))
        seen = or_(seen, and_(act.c.area_code == "", own))
    return select(act).where(seen)


def _asked(wanted: Wanted) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = []
    if wanted.what:
        asked.append(act.c.what == wanted.what)
    if wanted.term_label:
        told = (act.c.subject, act.c.details)
        asked.append(or_(*(c.contains(wanted.term_label, autoescape=True) for c in told)))
    if wanted.person_id is not None:
        asked.append(act.c.person_id == wanted.person_id)
    if wanted.since:
        asked.append(act.c.done_at >= _midnight(wanted.since))
    if wanted.until:
        asked.append(act.c.done_at < _midnight(wanted.until + dt.timedelta(days=1)))
    return asked


def _midnight(day: dt.date) -> str:
    """When a day begins in Britain, as times are stored."""
    begins = dt.datetime.combine(day, dt.time(), UK)
    return begins.astimezone(dt.UTC).isoformat(timespec="seconds")
