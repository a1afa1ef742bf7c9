"""Early readers: a few roles may read an agreed version in the last hours before it is out."""

import datetime as dt
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select, update

from dashboard.access.person import Person
from dashboard.access.secret import hash_secret, new_secret
from dashboard.access.service import service
from dashboard.access.tasks import Task
from dashboard.commentary import spaced
from dashboard.record import add_act, now_text
from dashboard.releases.clock import embargo_time
from dashboard.releases.planning import get_plan
from dashboard.releases.refused import StepRefused, text_faults
from dashboard.releases.versions import Version, get_version
from schemas.commentary import is_like_a_name
from schemas.database import Database
from schemas.round_tables import early_reader, plan
from schemas.tables import release, release_version

MOST = 10
LONGEST = 24  # hours


class LinkEnded(Exception):
    """There is no such link, or it does not open now; nobody is told which."""


@service(Task.plan)
def add_early_reader(
    database: Database,
    actor: Person,
    area_code: str,
    /,
    version_id: int,
    reader: str,
    why: str,
    hours: int,
) -> str:
    """Lets a role read the version in the last hours before its planned publication.

    Returns:
        The token of the link. It is shown once: only its hash is kept.

    Raises:
        NoSuchVersion: this area has none with that number.
        StepRefused: nothing is planned, ten may read already, or the reader is a person's name.
    """
    reader, why = spaced(reader), spaced(why)
    token = new_secret()
    with database.writing() as connection:
        version = get_version(connection, area_code, version_id)
        ends = _end(connection, version)
        _refuse(reader, why, hours, len(get_early_readers(connection, version.id, live=True)))
        begins = dt.datetime.fromisoformat(ends) - dt.timedelta(hours=hours)
        row = {"release_version_id": version.id, "reader": reader, "why": why, "ends_at": ends}
        row |= {
            "begins_at": begins.isoformat(timespec="seconds"),
            "token_sha256": hash_secret(token),
        }
        made = {"person_id": actor.id, "made_at": now_text()}
        connection.execute(insert(early_reader).values(row | made))
        add_act(
            connection,
            actor,
            "let an early reader in",
            area_code=area_code,
            subject=version.subject,
            content_sha256=version.content_sha256 or "",
            reason=why,
            details={"reader": reader, "begins_at": row["begins_at"], "ends_at": ends},
        )
    return token


def _end(connection: Connection, version: Version) -> str:
    planned = get_plan(connection, version.id)
    if version.state != "agreed" or planned is None:
        raise StepRefused("Plan the publication first: early reading ends with it.")
    return str(planned.publish_at)


def _refuse(reader: str, why: str, hours: int, already: int) -> None:
    texts = {"reader": ("The reader", reader), "why": ("The reason", why)}
    faults = text_faults(texts, 200)
    if "reader" not in faults and is_like_a_name(reader):
        faults["reader"] = "Give a role and its organisation, not a person’s name."
    if not 1 <= hours <= LONGEST:
        faults["hours"] = f"Choose 1 to {LONGEST} hours."
    if already >= MOST:
        faults[""] = f"{MOST} may read it early already. That is the most there may be."
    if faults:
        raise StepRefused(faults)


@service(Task.plan)
def end_early_reader(
    database: Database, actor: Person, area_code: str, /, version_id: int, reader_id: int
) -> None:
    """Ends one link before its time.

    Raises:
        NoSuchVersion: this area has none with that number.
        StepRefused: the version has no such reader, or the link has ended.
    """
    with database.writing() as connection:
        version = get_version(connection, area_code, version_id)
        found = [
            one
            for one in get_early_readers(connection, version.id, live=True)
            if one.id == reader_id
        ]
        if not found:
            raise StepRefused("That link has ended already.")
        connection.execute(
            update(early_reader).where(early_reader.c.id == reader_id).values(ended_at=now_text())
        )
        add_act(
            connection,
            actor,
            "ended early reading",
            area_code=area_code,
            subject=version.subject,
            details={"reader": found[0].reader},
        )


def get_early_readers(
    connection: Connection, version_id: int, live: bool = False
) -> list[Row[Any]]:
    """Who may or might read a version early, in the order they were let in; `live`: only those
    whose link nobody ended."""
    query = select(early_reader).where(early_reader.c.release_version_id == version_id)
    if live:
        query = query.where(early_reader.c.ended_at.is_(None))
    return list(connection.execute(query.order_by(early_reader.c.id)))


def read_early(database: Database, token: str, now: str | None = None) -> tuple[Version, str]:
    """The version that a link opens now, and until when it does. The first reading is put on the
    record.

    Raises:
        LinkEnded: it opens nothing, or not now.
    """
    at = now or embargo_time(database)
    with database.reading() as connection:
        found = connection.execute(_opened(token, at)).first()
        version = get_version(connection, found.area_code, found.version_id) if found else None
    if found is None or version is None:
        raise LinkEnded
    if found.first_read_at is None:
        _note(database, found, version)
    return version, str(found.ends_at)


def _opened(token: str, at: str) -> Select[Any]:
    return (
        select(
            early_reader.c.id,
            early_reader.c.reader,
            early_reader.c.first_read_at,
            early_reader.c.ends_at,
            release.c.area_code,
            release_version.c.id.label("version_id"),
        )
        .join(release_version, release_version.c.id == early_reader.c.release_version_id)
        .join(release, release.c.id == release_version.c.release_id)
        .join(plan, plan.c.release_version_id == release_version.c.id)
        .where(
            plan.c.ended_at.is_(None),
            plan.c.publish_at == early_reader.c.ends_at,
            early_reader.c.token_sha256 == hash_secret(token),
            early_reader.c.ended_at.is_(None),
            early_reader.c.begins_at <= at,
            early_reader.c.ends_at > at,
            release_version.c.state == "agreed",
        )
    )


def _note(database: Database, found: Row[Any], version: Version) -> None:
    with database.writing() as connection:
        first = connection.execute(
            update(early_reader)
            .where(early_reader.c.id == found.id, early_reader.c.first_read_at.is_(None))
            .values(first_read_at=now_text())
        )
        if first.rowcount:
            add_act(
                connection,
                None,
                "read early",
                area_code=version.area_code,
                subject=version.subject,
                content_sha256=version.content_sha256 or "",
                details={"reader": found.reader},
            )
