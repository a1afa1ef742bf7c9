"""Planning a publication: the day everyone is told, and the moment the program publishes."""

import datetime as dt
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from dashboard.access.person import Person
from dashboard.access.service import service
from dashboard.access.tasks import Task
from dashboard.record import add_act, now_text
from dashboard.releases.refused import StepRefused, refuse_unless
from dashboard.releases.uk_time import time_words, uk_day
from dashboard.releases.versions import Version, get_published_before, get_version, get_versions
from loaders.reopen import end_plan
from schemas.database import Database
from schemas.round_tables import announcement, plan
from schemas.term import parse_term


@service(Task.plan)
def announce(
    database: Database, actor: Person, area_code: str, /, term_label: str, on_day: dt.date
) -> None:
    """Tells everyone on which day a term's first figures come out; the newest day counts.

    Raises:
        StepRefused: it is no term, its figures are out already, or the day is past.
    """
    term = parse_term(term_label)
    with database.writing() as connection:
        if term is None or term.label != term_label:
            raise StepRefused({"on_day": f"“{term_label}” is not a term."})
        if any(one.was_published for one in get_versions(connection, area_code, term_label)):
            raise StepRefused({"on_day": f"The figures of the {term.title} are out already."})
        if on_day < uk_day(now_text()):
            raise StepRefused({"on_day": "Choose a day that is not past."})
        _announce(connection, actor, area_code, term_label, on_day)


def _announce(
    connection: Connection, actor: Person, area_code: str, term_label: str, on_day: dt.date
) -> None:
    row = {"area_code": area_code, "term": term_label, "on_day": on_day.isoformat()}
    written = {"person_id": actor.id, "written_at": now_text()}
    connection.execute(insert(announcement).values(row | written))
    add_act(
        connection,
        actor,
        "announced",
        area_code=area_code,
        subject=term_label,
        details={"on_day": on_day.isoformat()},
    )


@service(Task.plan)
def plan_publication(
    database: Database, actor: Person, area_code: str, /, version_id: int, publish_at: dt.datetime
) -> None:
    """The program will publish an agreed version at this time, in the name of the actor. It takes
    the place of an earlier plan and ends the links of that plan's early readers. The day of a
    term's first figures is announced with it.

    Args:
        publish_at: a time with its zone.

    Raises:
        NoSuchVersion: this area has none with that number.
        StepRefused: it is not agreed, or the time is past.
    """
    at = publish_at.astimezone(dt.UTC).isoformat(timespec="seconds")
    with database.writing() as connection:
        version = get_version(connection, area_code, version_id)
        refuse_unless(version, "agreed")
        if at <= now_text():
            raise StepRefused({"day": "Choose a time that is yet to come."})
        end_plan(connection, version.id)
        row = {"release_version_id": version.id, "publish_at": at, "person_id": actor.id}
        connection.execute(insert(plan).values(row | {"written_at": now_text()}))
        if get_published_before(connection, version) is None:
            _announce(connection, actor, area_code, version.term_label, uk_day(at))
        add_act(
            connection,
            actor,
            "planned",
            area_code=area_code,
            subject=version.subject,
            content_sha256=version.content_sha256 or "",
            details={"publish_at": at},
        )


@service(Task.plan)
def call_off_plan(database: Database, actor: Person, area_code: str, /, version_id: int) -> None:
    """There is no plan any more; the version stays agreed.

    Raises:
        NoSuchVersion: this area has none with that number.
        StepRefused: nothing is planned.
    """
    with database.writing() as connection:
        version = get_version(connection, area_code, version_id)
        if get_plan(connection, version.id) is None:
            raise StepRefused(f"No publication of {version.words} is planned.")
        call_off(connection, actor, version, "")


def call_off(connection: Connection, actor: Person | None, version: Version, reason: str) -> None:
    """Ends the plan, on the record."""
    end_plan(connection, version.id)
    add_act(
        connection,
        actor,
        "plan called off",
        area_code=version.area_code,
        subject=version.subject,
        content_sha256=version.content_sha256 or "",
        reason=reason,
    )


def get_plan(connection: Connection, version_id: int) -> Row[Any] | None:
    """The plan that counts now."""
    query = select(plan).where(plan.c.release_version_id == version_id, plan.c.ended_at.is_(None))
    return connection.execute(query).first()


def plan_words(found: Row[Any]) -> str:
    """`11 December 2026, 9:30am`."""
    return time_words(found.publish_at)
