"""Withdrawals: published figures that nobody must see any more are gone at once, with a notice."""

import datetime as dt

from sqlalchemy import Connection, update

from dashboard.access.person import Person
from dashboard.access.service import service
from dashboard.access.tasks import Task
from dashboard.record import add_act, now_text
from dashboard.releases.everyone import renew_after_withdrawal
from dashboard.releases.notices import Notice, clean_notice, keep_notice
from dashboard.releases.refused import refuse_unless
from dashboard.releases.uk_time import uk_day
from dashboard.releases.versions import Version, get_version, get_versions
from dashboard.settings import Settings
from schemas.database import Database
from schemas.tables import release_version

STANDS = ("published", "corrected", "superseded")


@service(Task.withdraw)
def withdraw(
    database: Database,
    actor: Person,
    area_code: str,
    /,
    version_id: int,
    what: str,
    cause: str,
    effect: str,
    settings: Settings | None = None,
) -> list[Version]:
    """published, corrected or superseded → withdrawn, at once and by one person. The earlier
    versions of the term go with it: they were replaced because they were wrong, and no link may
    lead back to them. What everyone sees is gone in the same moment, and made anew of what is left.

    Returns:
        The versions that were withdrawn, newest first.

    Raises:
        NoSuchVersion: this area has none with that number.
        StepRefused: it is not published, or the notice cannot be understood.
    """
    today = uk_day(now_text())
    notice = Notice("withdrawal", what, today.isoformat(), cause, effect)
    with database.writing() as connection:
        gone = _withdraw_in(connection, actor, area_code, version_id, notice, today)
    renew_after_withdrawal(database, actor, area_code, settings or Settings())
    return gone


def _withdraw_in(
    connection: Connection,
    actor: Person,
    area_code: str,
    version_id: int,
    notice: Notice,
    today: dt.date,
) -> list[Version]:
    version = get_version(connection, area_code, version_id)
    refuse_unless(version, *STANDS)
    notice = clean_notice(notice, today)
    every = get_versions(connection, area_code, version.term_label)
    gone = [one for one in every if one.number <= version.number and one.state in STANDS]
    for one in gone:
        keep_notice(connection, actor, one, notice)
        connection.execute(
            update(release_version).where(release_version.c.id == one.id).values(state="withdrawn")
        )
        add_act(
            connection,
            actor,
            "withdrew",
            area_code=area_code,
            subject=one.subject,
            from_state=one.state,
            to_state="withdrawn",
            content_sha256=one.content_sha256 or "",
            reason=notice.what,
            details={"cause": notice.cause, "effect": notice.effect},
        )
    return gone
