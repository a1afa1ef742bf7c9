"""Agreements: the meetings, or the two senior officers, that agreed a version as it stands."""

import json
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from dashboard.access.person import Person
from dashboard.access.service import service
from dashboard.access.tasks import Task
from dashboard.record import add_act, now_text
from dashboard.releases.definitions import changed_definitions
from dashboard.releases.meetings import ABOVE, Agreed, clean_agreement, last_check
from dashboard.releases.refused import StepRefused, refuse_unless
from dashboard.releases.versions import Version, get_senders, get_version
from schemas.database import Database
from schemas.round_tables import act, agreement
from schemas.tables import release_version


@service(Task.agree)
def record_agreement(
    database: Database, actor: Person, area_code: str, /, version_id: int, agreed: Agreed
) -> bool:
    """Puts an agreement on the record. With the one that was missing, checked → agreed.

    Returns:
        Whether the version is agreed now.

    Raises:
        NoSuchVersion: this area has none with that number.
        StepRefused: it is not checked, the actor sent or checked it, or something is missing.
    """
    with database.writing() as connection:
        version = get_version(connection, area_code, version_id)
        _refuse_actor(connection, actor, version)
        one = clean_agreement(connection, version, agreed)
        row = vars(one) | {"present": json.dumps(one.present), "person_id": actor.id}
        row |= {"release_version_id": version.id, "written_at": now_text()}
        row["definitions_agreed"] = int(one.definitions_agreed)
        connection.execute(insert(agreement).values(row))
        add_act(
            connection,
            actor,
            "recorded an agreement",
            area_code=area_code,
            subject=version.subject,
            content_sha256=one.content_sha256,
            details={"forum": one.forum, "minute_ref": one.minute_ref, "met_on": one.met_on},
        )
        complete = not what_is_missing(connection, version)
        if complete:
            _step(connection, actor, version)
        return complete


@service(Task.agree)
def agree(database: Database, actor: Person, area_code: str, /, version_id: int) -> None:
    """checked → agreed, when every agreement it takes is there.

    Raises:
        NoSuchVersion: this area has none with that number.
        StepRefused: it is not checked, the actor sent or checked it, or an agreement is missing.
    """
    with database.writing() as connection:
        version = get_version(connection, area_code, version_id)
        _refuse_actor(connection, actor, version)
        missing = what_is_missing(connection, version)
        if missing:
            raise StepRefused(" ".join(missing))
        _step(connection, actor, version)


def what_is_missing(connection: Connection, version: Version) -> list[str]:
    """The agreements that a checked version still needs, each in a sentence."""
    found = get_agreements(connection, version)
    forums = {one.forum for one in found}
    missing = []
    if "group" not in forums:
        missing.append("The Group’s agreement is not recorded yet.")
    if not forums & set(ABOVE):
        missing.append("The Board’s or two senior officers’ agreement is not recorded yet.")
    if changed_definitions(connection, version):
        agreed = {one.forum for one in found if one.definitions_agreed}
        missing += [
            f"The {forum.capitalize()} has to agree the changed definitions too."
            for forum in ("group", "board")
            if forum not in agreed
        ]
    return missing


def get_agreements(connection: Connection, version: Version) -> list[Row[Any]]:
    """The agreements that count: of this very content, since it was last checked. What went back
    to draft is agreed anew, though no figure of it changed."""
    checked = last_check(connection, version)
    if version.content_sha256 is None or checked is None:
        return []
    of_it = act.c.area_code == version.area_code, act.c.subject == version.subject
    recorded = act.c.what == "recorded an agreement"
    since = select(func.count()).where(*of_it, recorded, act.c.id > checked.id)
    query = (
        select(agreement)
        .where(agreement.c.release_version_id == version.id)
        .order_by(agreement.c.id.desc())
        .limit(connection.scalar(since) or 0)  # each was put on the record as it was written
    )
    found = reversed(connection.execute(query).all())
    return [one for one in found if one.content_sha256 == version.content_sha256]


def why_not_agree(connection: Connection, actor: Person, version: Version) -> str:
    """Why this person may not agree this version, whatever their role."""
    if actor.id in get_senders(connection, version.id):
        return "You answer for a file of it, so somebody else records the agreement."
    if actor.id == version.checked_by_id:
        return "You checked it, so somebody else records the agreement."
    return ""


def _refuse_actor(connection: Connection, actor: Person, version: Version) -> None:
    refuse_unless(version, "checked")
    why = why_not_agree(connection, actor, version)
    if why:
        raise StepRefused(why)


def _step(connection: Connection, actor: Person, version: Version) -> None:
    connection.execute(
        update(release_version)
        .where(release_version.c.id == version.id)
        .values(state="agreed", agreed_by_id=actor.id)
    )
    add_act(
        connection,
        actor,
        "agreed",
        area_code=version.area_code,
        subject=version.subject,
        from_state="checked",
        to_state="agreed",
        content_sha256=version.content_sha256 or "",
    )
