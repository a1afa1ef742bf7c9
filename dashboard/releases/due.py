"""What is planned and due comes out by itself, once, however many servers look."""

import datetime as dt
import logging
import threading
from collections.abc import Iterator
from itertools import count
from typing import NamedTuple

from sqlalchemy import Connection, Row, select

from dashboard.access.person import Person, get_person
from dashboard.access.tasks import Task, may, refusal
from dashboard.analysis.warm import load_statistics
from dashboard.families.received import forget_senders
from dashboard.publication.prepare import CHANGED, Prepared, prepare_publication
from dashboard.releases.clock import embargo_time
from dashboard.releases.planning import call_off, get_plan
from dashboard.releases.publishing import TRIES, publish_in
from dashboard.releases.sent_files import forget_old
from dashboard.releases.versions import Version, get_version
from dashboard.settings import Settings
from schemas.database import Database
from schemas.round_tables import plan
from schemas.tables import release, release_version
from schemas.turn import try_turn

_LOOKS = 30  # seconds between two looks at what is due
_LOOKS_AN_HOUR = 120
_logger = logging.getLogger(__name__)


class Due(NamedTuple):
    """What became of a plan that was due: `why` is "" when the version was published."""

    version: Version
    why: str


def publish_due(
    database: Database, now: dt.datetime | None = None, settings: Settings | None = None
) -> list[Due]:
    """Publishes what is planned and due, each by whoever planned it. Any number of servers may do
    this at once: each plan is looked at again inside the transaction that ends it. A plan that
    another server is at is left to it, so that its pages are worked out once."""
    at = now.astimezone(dt.UTC).isoformat(timespec="seconds") if now else embargo_time(database)
    with database.reading() as connection:
        plans = [*_due_plans(connection, at)]
    if plans:
        load_statistics()
    found = [_in_turn(database, number, at, settings or Settings()) for number in plans]
    return [one for one in found if one]


def _due_plans(connection: Connection, at: str) -> Iterator[int]:
    query = select(plan.c.id).where(plan.c.ended_at.is_(None), plan.c.publish_at <= at)
    yield from connection.scalars(query.order_by(plan.c.publish_at, plan.c.id))


def _in_turn(database: Database, plan_id: int, at: str, settings: Settings) -> Due | None:
    with try_turn(database, f"publish {plan_id}") as ours:
        return _publish_plan(database, plan_id, at, settings) if ours else None


def _publish_plan(database: Database, plan_id: int, at: str, settings: Settings) -> Due | None:
    """None when another server was quicker, or the plan was changed."""
    done = None
    for _ in range(TRIES):
        with database.reading() as connection:
            row = _find_plan(connection, plan_id, at)
        if row is None:
            return None
        prepared = prepare_publication(database, row.area_code, row.release_version_id, settings)
        with database.writing() as connection:
            done = _carry_out(connection, plan_id, at, settings, prepared)
        if done is None or done.why != CHANGED:
            break
    return done


def _find_plan(connection: Connection, plan_id: int, at: str) -> Row[int, int, str] | None:
    query = (
        select(plan.c.person_id, plan.c.release_version_id, release.c.area_code)
        .join(release_version, release_version.c.id == plan.c.release_version_id)
        .join(release, release.c.id == release_version.c.release_id)
        .where(plan.c.id == plan_id, plan.c.ended_at.is_(None), plan.c.publish_at <= at)
    )
    return connection.execute(query).first()


def _carry_out(
    connection: Connection, plan_id: int, at: str, settings: Settings, prepared: Prepared | None
) -> Due | None:
    found = _find_plan(connection, plan_id, at)
    if found is None:
        return None
    version = get_version(connection, found.area_code, found.release_version_id)
    planner = get_person(connection, found.person_id)
    why = _why_not_planned(planner, version)
    if planner is None or why:
        call_off(connection, None, version, why)
    else:
        why = publish_in(connection, planner, version, settings, prepared)
        if why and why != CHANGED and get_plan(connection, version.id):
            call_off(connection, None, version, why)
    return Due(version, why)


def _why_not_planned(planner: Person | None, version: Version) -> str:
    if not may(planner, Task.publish, version.area_code):
        return f"Who planned it may not publish any more. {refusal(Task.publish)}"
    if version.state != "agreed":
        return f"It is {version.state}, not agreed."
    return ""


def keep_publishing(
    database: Database, settings: Settings, every: float = _LOOKS
) -> threading.Event:
    """Looks again and again in the background, as long as the server runs, for what is due and for
    what is to be forgotten: where families' words came from, and each hour files that were to be
    mended and have been kept long enough. It ends when what it returns is set."""
    stop = threading.Event()
    threading.Thread(
        target=_look, args=(database, settings, stop, every), name="publish-due", daemon=True
    ).start()
    return stop


def _look(database: Database, settings: Settings, stop: threading.Event, every: float) -> None:
    for look in count():
        if stop.wait(every):
            return
        try:
            _forget(database, look)
            for one in publish_due(database, settings=settings):
                _logger.info("%s: %s", one.version.subject, one.why or "published as planned")
        except Exception:  # whatever it was: a look that fails must not be the last
            _logger.exception("What is due could not be published; it is tried again")


def _forget(database: Database, look: int) -> None:
    with try_turn(database, "forget") as ours:
        if ours:
            forget_senders(database)
        if ours and look % _LOOKS_AN_HOUR == 0:
            forget_old(database)
