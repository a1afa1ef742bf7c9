"""The pages for everyone made anew without new figures: after a withdrawal, or for new words."""

from sqlalchemy import Connection, func, select

from dashboard.access.person import Person
from dashboard.access.service import service
from dashboard.access.tasks import Task
from dashboard.publication.prepare import (
    CHANGED,
    keep_prepared,
    prepare_publication,
    why_not_public,
)
from dashboard.queries.editions import get_newest_edition
from dashboard.record import add_act
from dashboard.releases.publishing import TRIES
from dashboard.releases.refused import StepRefused
from dashboard.releases.versions import Version, get_versions
from dashboard.settings import Settings
from schemas.database import Database
from schemas.public_tables import public_bundle


@service(Task.publish)
def renew(
    database: Database, actor: Person, area_code: str, /, settings: Settings | None = None
) -> None:
    """The same figures with today's words: what families said and what was done, who can help,
    who checked the pages. It is also how what partners saw before goes to everyone.

    Raises:
        StepRefused: nothing is published, the area publishes to its partners only, or something
            stands in the way.
    """
    settings = settings or Settings()
    if settings.areas[area_code].public is None:
        raise StepRefused("This area publishes to its partners only.")
    why = renew_pages(database, actor, area_code, settings)
    if why:
        raise StepRefused(why)


def renew_after_withdrawal(
    database: Database, actor: Person, area_code: str, settings: Settings
) -> None:
    """Of what is left, where everyone saw something before; why not, if not, is on the record."""
    with database.reading() as connection:
        shown = _has_bundle(connection, area_code)
    if not shown or settings.areas[area_code].public is None:
        return
    why = renew_pages(database, actor, area_code, settings)
    if why:
        with database.writing() as connection:
            add_act(connection, None, "could not renew pages", area_code=area_code, reason=why)


def renew_pages(
    database: Database, actor: Person | None, area_code: str, settings: Settings
) -> str:
    """Makes them of the newest version that is published; why not, or ""."""
    why = ""
    for _ in range(TRIES):
        with database.reading() as connection:
            version = get_newest_published(connection, area_code)
        if version is None:
            return "Nothing is published."
        prepared = prepare_publication(database, area_code, version.id, settings)
        with database.writing() as connection:
            why = why_not_public(connection, version, settings, prepared)
            if not why:
                edition = keep_prepared(connection, prepared)
                add_act(
                    connection,
                    actor,
                    "renewed pages",
                    area_code=area_code,
                    subject=version.subject,
                    content_sha256=version.content_sha256 or "",
                    details=edition,
                )
        if why != CHANGED:
            break
    return why


def find_areas_without_pages(database: Database, settings: Settings) -> list[str]:
    """The areas with a public side that published something, none of it to everyone yet."""
    with database.reading() as connection:
        return [
            code
            for code, area in settings.areas.items()
            if area.public
            and get_newest_published(connection, code)
            and not _has_bundle(connection, code)
        ]


def get_newest_published(connection: Connection, area_code: str) -> Version | None:
    """The version that came out last and was not withdrawn."""
    newest = get_newest_edition(connection, area_code)
    every = get_versions(connection, area_code)
    return next(
        (
            one
            for one in every
            if newest and (one.term_label, one.number) == (newest.term, newest.number)
        ),
        None,
    )


def _has_bundle(connection: Connection, area_code: str) -> bool:
    query = select(func.count()).where(public_bundle.c.area_code == area_code)
    return bool(connection.scalar(query))
