"""Publishes the invented sample without sign-off: for the demonstration and for nothing else."""

from sqlalchemy import Connection, Text, and_, cast, func, or_, select, update

from dashboard.record import now_text
from schemas.database import Database
from schemas.round_tables import attestation, public_notice
from schemas.tables import observation, release, release_version


def publish_invented_drafts(database: Database, at: str | None = None) -> int:
    """Publishes the drafts of invented figures that no person has begun to work on, and no other;
    what they follow is superseded.

    Args:
        at: the time they are published, an ISO text; default: now.

    Returns:
        How many.
    """
    version = release_version.c
    answered = select(observation.c.release_version_id).join(
        attestation, attestation.c.extract_file_id == observation.c.extract_file_id
    )
    begun = answered.where(observation.c.release_version_id == version.id).correlate(
        release_version
    )
    told = select(public_notice.c.id).where(public_notice.c.release_version_id == version.id)
    with database.writing() as connection:
        done = connection.execute(
            update(release_version)
            .where(version.state == "draft", version.invented == 1)
            .where(~begun.exists(), ~told.correlate(release_version).exists())
            .values(
                state="published",
                published_at=at or now_text(),
                label=cast(version.number, Text).concat(".0"),
            )
        )
        _supersede(connection)
    return done.rowcount


def _supersede(connection: Connection) -> None:
    """Of each area only the newest version of the newest term stands as published."""
    newer, its = release_version.alias(), release.alias()
    after = or_(
        its.c.term > release.c.term,
        and_(its.c.id == release.c.id, newer.c.number > release_version.c.number),
    )
    old = (
        select(release_version.c.id)
        .join(release, release.c.id == release_version.c.release_id)
        .join(its, its.c.area_code == release.c.area_code)
        .join(newer, newer.c.release_id == its.c.id)
        .where(after, newer.c.state == "published", newer.c.invented == 1)
        .where(release_version.c.state == "published", release_version.c.invented == 1)
    )
    ids = list(connection.scalars(old.distinct()))
    connection.execute(
        update(release_version).where(release_version.c.id.in_(ids)).values(state="superseded")
    )


def holds_real_figures(database: Database) -> bool:
    """Whether an area's own figures are here and no invented ones."""
    query = select(func.count(), func.coalesce(func.sum(release_version.c.invented), 0))
    with database.reading() as connection:
        every, invented = connection.execute(query.select_from(release_version)).one()
    return bool(every and not invented)
