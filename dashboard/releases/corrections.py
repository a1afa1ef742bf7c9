"""Corrections and planned revisions: a new version of a published term, and what it tells."""

from sqlalchemy import Connection, insert, literal, select

from dashboard.access.person import Person
from dashboard.access.service import service
from dashboard.access.tasks import Task
from dashboard.record import add_act, now_text
from dashboard.releases.notices import CORRECTIONS, Notice, clean_notice, keep_notice
from dashboard.releases.refused import StepRefused, refuse_unless
from dashboard.releases.uk_time import uk_day
from dashboard.releases.versions import (
    Version,
    get_latest_version,
    get_published_before,
    get_version,
)
from schemas.database import Database
from schemas.tables import observation, release_version


@service(Task.correct)
def begin_correction(
    database: Database, actor: Person, area_code: str, /, term_label: str, notice: Notice
) -> Version:
    """A draft with the figures of the newest published version, and the notice that everyone will
    read when it is published: until then it is a draft too.

    Returns:
        The new version.

    Raises:
        StepRefused: nothing of the term is published, another version is being worked on, or
            the notice cannot be understood.
    """
    with database.writing() as connection:
        old = get_latest_version(connection, area_code, term_label)
        if old is None:
            raise StepRefused("There is no release of this term.")
        if not old.was_published:
            raise StepRefused(
                f"{old.words} is {old.state} already. Mend it there, before it is published."
            )
        notice = _clean(notice)
        new = get_version(connection, area_code, _copy(connection, old))
        keep_notice(connection, actor, new, notice)
        add_act(
            connection,
            actor,
            "began a correction",
            area_code=area_code,
            subject=new.subject,
            to_state="draft",
            reason=notice.what,
            details={"kind": notice.kind, "of": old.subject, **_told(notice)},
        )
        return new


@service(Task.correct)
def write_notice(
    database: Database, actor: Person, area_code: str, /, version_id: int, notice: Notice
) -> None:
    """What a draft will tell everyone when it is published; takes the place of what was written
    before. After the check it stays, because it was checked with the figures.

    Raises:
        NoSuchVersion: this area has none with that number.
        StepRefused: it is no draft of a term that was published, or it cannot be understood.
    """
    with database.writing() as connection:
        version = get_version(connection, area_code, version_id)
        refuse_unless(version, "draft")
        if get_published_before(connection, version) is None:
            raise StepRefused(f"Nothing of the {version.term.title} was published before.")
        notice = _clean(notice)
        keep_notice(connection, actor, version, notice)
        add_act(
            connection,
            actor,
            "wrote a notice",
            area_code=area_code,
            subject=version.subject,
            reason=notice.what,
            details={"kind": notice.kind, **_told(notice)},
        )


def _clean(notice: Notice) -> Notice:
    notice = clean_notice(notice, uk_day(now_text()))
    if notice.kind not in CORRECTIONS:
        raise StepRefused({"kind": "A withdrawal is a step of its own."})
    return notice


def _told(notice: Notice) -> dict[str, str]:
    return {"found_on": notice.found_on, "cause": notice.cause, "effect": notice.effect}


def _copy(connection: Connection, old: Version) -> int:
    """A new version with the old one's figures; where each came from stays with it."""
    row = {"release_id": old.release_id, "number": old.number + 1, "state": "draft"}
    made = {"invented": int(old.invented), "created_at": now_text()}
    new_id = connection.scalar(
        insert(release_version).values(row | made).returning(release_version.c.id)
    )
    assert new_id is not None
    columns = [one for one in observation.c if one.name not in ("id", "release_version_id")]
    rows = select(literal(new_id), *columns).where(
        observation.c.release_version_id == old.id, observation.c.superseded_by_id.is_(None)
    )
    names = ["release_version_id", *(one.name for one in columns)]
    connection.execute(insert(observation).from_select(names, rows))
    return int(new_id)
