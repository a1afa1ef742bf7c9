"""What the sign-off of a term shows one person: the state, what is in the way, what they may do."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from dashboard.access.person import Person
from dashboard.access.service import service
from dashboard.access.tasks import Task, may
from dashboard.releases.agreements import (
    get_agreements,
    what_is_missing,
    why_not_agree,
)
from dashboard.releases.definitions import ChangedDefinition, changed_definitions
from dashboard.releases.meetings import FORUMS, PRESENT
from dashboard.releases.notices import get_notice
from dashboard.releases.sign_off import why_not_check
from dashboard.releases.versions import (
    Version,
    get_files,
    get_senders,
    get_unanswered,
    get_versions,
)
from dashboard.settings import Settings
from schemas.database import Database
from schemas.people_tables import person
from schemas.round_tables import act, agreement

STEPS = ("draft", "checked", "agreed", "published")


@dataclass(frozen=True)
class Meeting:
    """One agreement in words; `counts` unless the version was sent back or changed since."""

    forum: str
    minute_ref: str
    met_on: str
    present: str
    definitions_agreed: bool
    by: str
    counts: bool


@dataclass(frozen=True)
class SignOff:
    """`musts` and `shoulds` are findings of the checks, `open_shoulds` those without a word of
    explanation; `before` what else has to come before the check; `missing` the agreements that
    are not there yet; `why_not` why this person may not take the next step, "" when they may."""

    version: Version
    others: tuple[Version, ...]
    people: dict[int, str]
    files: Sequence[Row[Any]]
    unanswered: frozenset[int]
    own_files: frozenset[int]
    musts: Sequence[Any]
    shoulds: Sequence[Any]
    open_shoulds: frozenset[str]
    before: Sequence[str]
    meetings: Sequence[Meeting]
    missing: Sequence[str]
    changed: Sequence[ChangedDefinition]
    notice: Row[Any] | None
    why_not: str
    acts: Sequence[Row[Any]]

    @property
    def clear(self) -> bool:
        """Whether nothing stands in the way of the check."""
        return not (self.musts or self.open_shoulds or self.before)


@service(Task.see_drafts)
def see_sign_off(
    database: Database, actor: Person, area_code: str, /, term_label: str, settings: Settings
) -> SignOff | None:
    """The newest version of a term; None when there is none."""
    with database.reading() as connection:
        versions = get_versions(connection, area_code, term_label)
        return _seen(connection, actor, versions, settings) if versions else None


def _seen(
    connection: Connection, actor: Person, versions: list[Version], settings: Settings
) -> SignOff:
    version = versions[0]
    files = get_files(connection, version.id)
    unanswered = frozenset(file.id for file in get_unanswered(connection, version.id))
    own = actor.organisations_in(version.area_code)
    musts, shoulds, open_shoulds = _findings(connection, version, settings)
    return SignOff(
        version=version,
        others=tuple(versions[1:]),
        people=_people(connection, versions),
        files=files,
        unanswered=unanswered,
        own_files=frozenset(one.id for one in files if one.organisation in own),
        musts=musts,
        shoulds=shoulds,
        open_shoulds=open_shoulds,
        before=why_not_check(connection, version) if version.state == "draft" else (),
        meetings=_meetings(connection, version),
        missing=what_is_missing(connection, version) if version.state == "checked" else (),
        changed=changed_definitions(connection, version) if not version.was_published else (),
        notice=get_notice(connection, version),
        why_not=_why_not(connection, actor, version),
        acts=_acts(connection, version, versions),
    )


def _findings(
    connection: Connection, version: Version, settings: Settings
) -> tuple[Sequence[Any], Sequence[Any], frozenset[str]]:
    if version.state != "draft":
        return (), (), frozenset()
    from dashboard.releases.checks import run_checks  # pandas and more: a second

    report = run_checks(connection, version.area_code, version, settings, settings.today())
    return report.musts, report.shoulds, frozenset(one.key for one in report.unexplained)


def _why_not(connection: Connection, actor: Person, version: Version) -> str:
    """Why the next step is not this person's, though their role has it."""
    sent = actor.id in get_senders(connection, version.id)
    if version.state == "draft" and may(actor, Task.check, version.area_code) and sent:
        return "You answer for a file of it, so somebody else checks it."
    if version.state == "checked" and may(actor, Task.agree, version.area_code):
        return why_not_agree(connection, actor, version)
    return ""


def _meetings(connection: Connection, version: Version) -> list[Meeting]:
    counting = {one.id for one in get_agreements(connection, version)}
    query = (
        select(agreement, person.c.job_title)
        .join(person, person.c.id == agreement.c.person_id)
        .where(agreement.c.release_version_id == version.id)
        .order_by(agreement.c.id)
    )
    return [
        Meeting(
            FORUMS[one.forum],
            one.minute_ref,
            one.met_on,
            ", ".join(PRESENT.get(key, key) for key in json.loads(one.present)),
            bool(one.definitions_agreed),
            one.job_title,
            one.id in counting,
        )
        for one in connection.execute(query)
    ]


def _people(connection: Connection, versions: Sequence[Version]) -> dict[int, str]:
    """Those who took a step, by job title."""
    ids = {
        number
        for one in versions
        for number in (one.checked_by_id, one.agreed_by_id, one.published_by_id)
        if number is not None
    }
    query = select(person.c.id, person.c.job_title).where(person.c.id.in_(ids))
    return {number: f"{title} (person {number})" for number, title in connection.execute(query)}


def _acts(connection: Connection, version: Version, versions: Sequence[Version]) -> list[Row[Any]]:
    subjects = [one.subject for one in versions]
    query = (
        select(act)
        .where(act.c.area_code == version.area_code, act.c.subject.in_(subjects))
        .order_by(act.c.id.desc())
        .limit(50)
    )
    return list(connection.execute(query))
