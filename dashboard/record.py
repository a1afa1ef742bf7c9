"""The record: every act in order, each tied to the one before it by a hash, never changed."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, insert, select

from dashboard.access.person import Person
from schemas.round_tables import act

SYSTEM = "The program"
_TIED = tuple(column.name for column in act.c if column.name not in ("id", "sha256"))


class Break(NamedTuple):
    """A place where the record does not hold together."""

    act_id: int
    why: str


def add_act(
    connection: Connection,
    actor: Person | None,
    what: str,
    *,
    area_code: str = "",
    subject: str = "",
    from_state: str = "",
    to_state: str = "",
    content_sha256: str = "",
    reason: str = "",
    details: Mapping[str, Any] | None = None,
) -> int:
    """Adds one act at the end, in the caller's transaction: an act and its record are one.

    Args:
        actor: None for what the program does by itself.
        what: one or two words, such as `accepted` or `published`; `dashboard.words.acts` says
            them as a sentence.
        details: what else an inspector would ask for; no figure of a draft, no personal data.

    Returns:
        The number of the act.
    """
    before = connection.scalar(select(act.c.sha256).order_by(act.c.id.desc()).limit(1)) or ""
    row = {
        "done_at": now_text(),
        "person_id": actor.id if actor else None,
        "who": actor.words if actor else SYSTEM,
        "area_code": area_code,
        "what": what,
        "subject": subject,
        "from_state": from_state,
        "to_state": to_state,
        "content_sha256": content_sha256,
        "reason": reason,
        "details": json.dumps(details or {}, ensure_ascii=False, sort_keys=True),
        "before_sha256": before,
    }
    added = connection.scalar(insert(act).values(row | {"sha256": _tie(row)}).returning(act.c.id))
    assert added is not None
    return int(added)


def find_breaks(connection: Connection) -> Iterator[Break]:
    """Every act that was changed, and every place where one was taken out or put in."""
    before = ""
    for row in connection.execute(select(act).order_by(act.c.id)):
        if row.before_sha256 != before:
            yield Break(row.id, "does not follow the act before it")
        if row.sha256 != _tie(_as_dict(row)):
            yield Break(row.id, "was changed after it was written")
        before = row.sha256


def now_text() -> str:
    """The time now as it is stored: an ISO text in UTC."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def _as_dict(row: Row[Any]) -> dict[str, Any]:
    return dict(row._mapping)


def _tie(row: Mapping[str, Any]) -> str:
    tied = json.dumps([row[name] for name in _TIED], ensure_ascii=False)
    return hashlib.sha256(tied.encode()).hexdigest()
