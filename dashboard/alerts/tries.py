"""Tries to send a digest by e-mail, on the record: begun, then sent or failed, and never unsaid.

A try is on the record before the mail server is spoken to. One that never ended, because the
program was stopped, may have reached its reader: it is not made again, and their page says so.
"""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, insert, select

from dashboard.access.person import Person
from dashboard.access.service import service
from dashboard.access.tasks import Task
from dashboard.record import add_act, now_text
from dashboard.releases.uk_time import uk_day
from schemas.database import Database
from schemas.plan_tables import digest_sent
from schemas.round_tables import act

BEGUN, SENT, FAILED = "began an alert", "sent an alert", "could not send an alert"
_WEEKS = dt.timedelta(days=60)  # of the record that are read


class Try(NamedTuple):
    """The last of a digest to a person: one of the three acts, and when."""

    what: str
    at: str


Tries = Mapping[tuple[int, int], Try]


def get_tries(connection: Connection, now: dt.datetime) -> Tries:
    """The last tries of these weeks by person and digest, of all areas."""
    since = (now - _WEEKS).astimezone(dt.UTC).isoformat(timespec="seconds")
    query = (
        select(act.c.what, act.c.done_at, act.c.details)
        .where(act.c.what.in_((BEGUN, SENT, FAILED)), act.c.done_at >= since)
        .order_by(act.c.id)
    )
    found = {}
    for what, at, details in connection.execute(query):
        told = json.loads(details)
        for number in told["digests"]:
            found[told["person"], number] = Try(what, at)
    return found


@service(Task.subscribe)
def list_tries(database: Database, actor: Person, area_code: str, /) -> dict[int, Try]:
    """What became of the e-mails to the actor, by digest; of those that are older, that they were
    sent."""
    with database.reading() as connection:
        sent = {number: Try(SENT, at) for number, at in get_sent(connection, actor.id).items()}
        tries = get_tries(connection, dt.datetime.now(dt.UTC))
    return sent | {number: one for (whose, number), one in tries.items() if whose == actor.id}


def was_tried_on(tries: Tries, person_id: int, day: dt.date, failures: bool) -> bool:
    """Whether a person was written to on a day in Britain.

    Args:
        failures: whether a message that failed counts too.
    """
    return any(
        uk_day(one.at) == day and (failures or one.what != FAILED)
        for (whose, _), one in tries.items()
        if whose == person_id
    )


def begin_try(
    connection: Connection, area_code: str, person: Person, digests: Sequence[int]
) -> None:
    """Before the mail server is spoken to."""
    details = {"person": person.id, "digests": list(digests)}
    add_act(
        connection,
        None,
        "began an alert",
        area_code=area_code,
        subject=person.words,
        details=details,
    )


def end_try(
    connection: Connection, area_code: str, person: Person, digests: Sequence[int], problem: str
) -> None:
    """Afterwards: sent where there was no problem. What is sent is never sent again."""
    details = {"person": person.id, "digests": list(digests)}
    add_act(
        connection,
        None,
        "could not send an alert" if problem else "sent an alert",
        area_code=area_code,
        subject=person.words,
        reason=problem,
        details=details,
    )
    for number in () if problem else digests:
        row = {"digest_id": number, "person_id": person.id, "sent_at": now_text()}
        connection.execute(insert(digest_sent).values(row))


def get_sent(connection: Connection, person_id: int) -> dict[int, str]:
    """When each digest was sent to a person."""
    query = select(digest_sent.c.digest_id, digest_sent.c.sent_at).where(
        digest_sent.c.person_id == person_id
    )
    return {row.digest_id: row.sent_at for row in connection.execute(query)}
