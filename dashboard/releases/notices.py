"""Public notices: what everyone is told when published figures are corrected or withdrawn."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from dashboard.access.person import Person
from dashboard.commentary import spaced
from dashboard.record import now_text
from dashboard.releases.refused import StepRefused, text_faults
from dashboard.releases.uk_time import uk_day
from dashboard.releases.versions import Version, get_published_before
from schemas.round_tables import public_notice
from schemas.tables import observation

CORRECTIONS = ("correction", "revision")
REVISED = "Final figures replace the provisional ones."


@dataclass(frozen=True)
class Notice:
    """What people write of it. A correction mends an error; a revision was planned all along,
    such as from provisional to final. `found_on` is an ISO date."""

    kind: str
    what: str
    found_on: str
    cause: str
    effect: str


def clean_notice(notice: Notice, today: dt.date) -> Notice:
    """The notice as it is kept.

    Raises:
        StepRefused: by field, what everyone would not understand or may not read.
    """
    texts = {name: spaced(getattr(notice, name)) for name in ("what", "cause", "effect")}
    labels = {"what": "What is told", "cause": "The cause", "effect": "The effect"}
    faults = text_faults({name: (labels[name], words) for name, words in texts.items()})
    if notice.kind not in (*CORRECTIONS, "withdrawal"):
        faults["kind"] = "Choose whether an error is corrected or planned figures are revised."
    try:
        day = dt.date.fromisoformat(notice.found_on)
    except ValueError:
        faults["found_on"] = "Give the day as a date, such as 2026-11-22."
    else:
        if day > today:
            faults["found_on"] = "The day it was found is yet to come."
    if faults:
        raise StepRefused(faults)
    return Notice(notice.kind, texts["what"], notice.found_on, texts["cause"], texts["effect"])


def keep_notice(connection: Connection, actor: Person, version: Version, notice: Notice) -> None:
    """Beside the version it is about; an earlier one stays in the tables and no longer counts."""
    row = {"release_version_id": version.id, "person_id": actor.id, "written_at": now_text()}
    connection.execute(insert(public_notice).values(row | vars(notice)))


def get_notice(connection: Connection, version: Version) -> Row[Any] | None:
    """What the version's correction or revision will tell or tells everyone."""
    query = (
        select(public_notice)
        .where(
            public_notice.c.release_version_id == version.id,
            public_notice.c.kind.in_(CORRECTIONS),
        )
        .order_by(public_notice.c.id.desc())
        .limit(1)
    )
    return connection.execute(query).first()


def needs_notice(connection: Connection, version: Version) -> bool:
    """A version whose term was published before, and that does not tell yet what changes."""
    before = get_published_before(connection, version)
    return before is not None and get_notice(connection, version) is None


def is_revision(connection: Connection, version: Version, before: Version) -> bool:
    """Whether every figure that differs from the one published before had been provisional and is
    now final or revised: then nothing was wrong, and the notice can say so."""
    old, new = (_statuses(connection, one.id) for one in (before, version))
    changed = [key for key in old.keys() | new.keys() if old.get(key) != new.get(key)]
    return bool(changed) and all(
        key in old and key in new and old[key][0] == "provisional" and new[key][0] != "provisional"
        for key in changed
    )


def _statuses(connection: Connection, version_id: int) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    o = observation.c
    query = select(
        o.measure_id, o.period, o.basis, o.breakdown, o.category, o.status, o.value, o.symbol
    ).where(o.release_version_id == version_id, o.superseded_by_id.is_(None))
    return {tuple(row[:5]): tuple(row[5:]) for row in connection.execute(query)}


def default_notice(connection: Connection, version: Version, before: Version | None) -> Notice:
    """What the form begins with."""
    today = uk_day(now_text()).isoformat()
    if before and is_revision(connection, version, before):
        cause = "The figures were provisional when they were first published."
        return Notice("revision", REVISED, today, cause, "")
    return Notice("correction", "", today, "", "")
