"""What is written down of an agreement: who agreed, when, on which figures; and its faults."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from dashboard.commentary import spaced
from dashboard.record import now_text
from dashboard.releases.refused import StepRefused, text_faults
from dashboard.releases.uk_time import uk_day
from dashboard.releases.versions import Version
from schemas.commentary import is_like_a_name
from schemas.round_tables import act

FORUMS = {
    "group": "SEND Local Area Partnership Group",
    "board": "Partnership Board",
    "officers": "Two senior responsible officers",
}
PRESENT = {
    "education": "Education",
    "health": "Health",
    "parent_carer_forum": "Parent carer forum",
    "social_care": "Social care",
    "schools": "Schools and settings",
    "young_people": "Young people",
}
QUORUM = ("education", "health", "parent_carer_forum")
ABOVE = ("board", "officers")


@dataclass(frozen=True)
class Agreed:
    """What is written down of an agreement. `present` are keys of `PRESENT` for a meeting and two
    roles for officers; `content_sha256` is the one the people who agreed were shown."""

    forum: str
    minute_ref: str
    met_on: str
    present: tuple[str, ...]
    definitions_agreed: bool
    content_sha256: str


def clean_agreement(connection: Connection, version: Version, agreed: Agreed) -> Agreed:
    """As it is kept."""
    reference = spaced(agreed.minute_ref)
    present = tuple(filter(None, map(spaced, agreed.present)))
    faults = text_faults({"minute_ref": ("The minute reference", reference)}, 200)
    faults |= _date_faults(connection, version, agreed.met_on)
    if agreed.forum not in FORUMS:
        faults["forum"] = "Choose who agreed."
    elif said := _present_faults(agreed.forum, present):
        faults["present"] = said
    if agreed.content_sha256 != version.content_sha256:
        faults["content_sha256"] = (
            "The figures have changed since this form was opened. Look at them again."
        )
    if faults:
        raise StepRefused(faults)
    return Agreed(
        agreed.forum,
        reference,
        agreed.met_on,
        present,
        agreed.definitions_agreed,
        agreed.content_sha256,
    )


def _date_faults(connection: Connection, version: Version, met_on: str) -> dict[str, str]:
    try:
        day = dt.date.fromisoformat(met_on)
    except ValueError:
        return {"met_on": "Give the day as a date, such as 2026-11-22."}
    if day > uk_day(now_text()):
        return {"met_on": "That day is yet to come."}
    checked = last_check(connection, version)
    if checked and day < uk_day(checked.done_at):
        return {"met_on": "That was before these figures were checked, so they were not agreed."}
    return {}


def _present_faults(forum: str, present: Sequence[str]) -> str:
    if forum == "officers":
        if len(set(present)) != 2:
            return "Name the roles of both officers."
        faults = text_faults({role: ("The role", role) for role in present}, 120)
        if faults or any(is_like_a_name(role) for role in present):
            return "Name two roles, such as “Assistant Director, Education”, not people."
        return ""
    if not set(present) <= PRESENT.keys():
        return "Choose who was there from the list."
    missing = [PRESENT[key] for key in QUORUM if key not in present]
    if forum == "group" and missing:
        return (
            f"The Group agrees with education, health and the parent carer forum there. "
            f"Missing: {', '.join(missing)}."
        )
    return ""


def last_check(connection: Connection, version: Version) -> Row[Any] | None:
    """The act of its last check; None when it was never checked."""
    query = (
        select(act)
        .where(
            act.c.area_code == version.area_code,
            act.c.subject == version.subject,
            act.c.to_state == "checked",
        )
        .order_by(act.c.id.desc())
        .limit(1)
    )
    return connection.execute(query).first()
