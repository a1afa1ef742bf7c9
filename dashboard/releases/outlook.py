"""What the publication page of a term shows: plan, early readers, what is out, what is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from dashboard.access.person import Person
from dashboard.access.service import service
from dashboard.access.tasks import Task
from dashboard.queries.notices import Told, get_announced_day, get_notices
from dashboard.releases.early_readers import get_early_readers
from dashboard.releases.notices import CORRECTIONS, Notice, default_notice, get_notice
from dashboard.releases.planning import get_plan
from dashboard.releases.versions import Version, get_published_before, get_versions
from dashboard.viewer import Viewer
from schemas.database import Database


@dataclass(frozen=True)
class Publication:
    """`version` is the newest, `before` the one published before it, if any; `stands` the newest
    of both that is published and not withdrawn; `notice` what a new version tells, as the form
    begins or as it was written; `told` what everyone has been told of the term."""

    version: Version
    versions: Sequence[Version]
    before: Version | None
    stands: Version | None
    announced: str
    plan: Row[Any] | None
    readers: Sequence[Row[Any]]
    notice: Notice
    written: bool
    told: Sequence[Told]


@service(Task.see_drafts)
def see_publication(
    database: Database, actor: Person, area_code: str, /, term_label: str
) -> Publication | None:
    """The newest version of a term; None when there is none."""
    with database.reading() as connection:
        versions = get_versions(connection, area_code, term_label)
        return _seen(connection, versions) if versions else None


def _seen(connection: Connection, versions: list[Version]) -> Publication:
    version = versions[0]
    before = get_published_before(connection, version)
    newest_out = version if version.was_published else before
    kept = get_notice(connection, version)
    notice = default_notice(connection, version, before)
    if kept is not None and not version.was_published:
        notice = Notice(kept.kind, kept.what, kept.found_on, kept.cause, kept.effect)
    told = get_notices(connection, Viewer.partner, version.area_code)
    return Publication(
        version=version,
        versions=versions,
        before=before,
        stands=newest_out if newest_out and newest_out.state != "withdrawn" else None,
        announced=get_announced_day(connection, version.area_code, version.term_label),
        plan=get_plan(connection, version.id),
        readers=get_early_readers(connection, version.id),
        notice=notice,
        written=kept is not None and kept.kind in CORRECTIONS,
        told=[one for one in told if one.term == version.term_label],
    )
