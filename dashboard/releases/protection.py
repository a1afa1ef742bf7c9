"""What will be hidden from everyone, worked out before a version is checked and kept with it."""

import json
from dataclasses import dataclass

from sqlalchemy import insert

from dashboard.access.person import Person
from dashboard.access.service import service
from dashboard.access.tasks import Task
from dashboard.public.files import PublicFile
from dashboard.publication.previewed import preview_file
from dashboard.record import add_act, now_text
from dashboard.releases.protected import Kept, get_kept
from dashboard.releases.refused import StepRefused
from dashboard.releases.versions import (
    Version,
    get_version,
    hash_content,
)
from dashboard.settings import Settings
from schemas.database import Database
from schemas.public_tables import protection


@dataclass(frozen=True)
class Privacy:
    """A version and what is kept about it; None when nobody worked it out."""

    version: Version
    kept: Kept | None


@service(Task.see_privacy)
def see_privacy(database: Database, actor: Person, area_code: str, /, version_id: int) -> Privacy:
    """
    Raises:
        NoSuchVersion: this area has none with that number.
    """
    with database.reading() as connection:
        version = get_version(connection, area_code, version_id)
        return Privacy(version, get_kept(connection, version))


@service(Task.see_privacy)
def work_out(
    database: Database,
    actor: Person,
    area_code: str,
    /,
    version_id: int,
    settings: Settings | None = None,
) -> None:
    """Makes everything that everyone would see of a version, and keeps what is said about it.

    Raises:
        NoSuchVersion: this area has none with that number.
        StepRefused: the area publishes to its partners only, or the version is published.
    """
    settings = settings or Settings()
    with database.reading() as connection:
        version = get_version(connection, area_code, version_id)
    if settings.areas[area_code].public is None:
        raise StepRefused("This area publishes to its partners only.")
    if version.was_published:
        raise StepRefused("It is published: what it hides is fixed.")
    keep_worked_out(database, actor, version, settings)


def keep_worked_out(
    database: Database, actor: Person | None, version: Version, settings: Settings
) -> None:
    """Once for each content: the same figures give the same answer."""
    from dashboard.publication.build import build_publication  # scipy and more: a second

    with database.reading() as connection:
        content = hash_content(connection, version.id)
    built = build_publication(database, version.area_code, version.id, settings)
    row = {
        "release_version_id": version.id,
        "content_sha256": content,
        "made_at": now_text(),
        "algorithm": built.report["algorithm"],
        "report": json.dumps(built.report, sort_keys=True),
    }
    with database.writing() as connection:
        connection.execute(insert(protection).values(row))
        add_act(
            connection,
            actor,
            "worked out what is hidden",
            area_code=version.area_code,
            subject=version.subject,
            content_sha256=content,
            details={"faults": len(built.faults), "hidden": built.report["hidden_count"]},
        )


@service(Task.see_privacy)
def see_public_file(
    database: Database,
    actor: Person,
    area_code: str,
    /,
    version_id: int,
    path: str,
    base: str,
    settings: Settings,
) -> PublicFile | None:
    """One file that everyone will see once the version is published, for those who check it; None
    when there is none of that path, or the area publishes to its partners only.

    Raises:
        NoSuchVersion: this area has none with that number.
    """
    if settings.areas[area_code].public is None:
        return None
    return preview_file(database, area_code, version_id, path, base, settings)
