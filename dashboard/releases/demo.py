"""Publishes every draft in one call: for the demonstration only, until sign-off takes its place."""

import datetime as dt

from sqlalchemy import Text, cast, func, select, update

from schemas.database import Database
from schemas.tables import release_version


def publish_invented_drafts(database: Database) -> int:
    """Publishes the drafts of invented figures, and no other; returns how many."""
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    with database.writing() as connection:
        done = connection.execute(
            update(release_version)
            .where(release_version.c.state == "draft", release_version.c.invented == 1)
            .values(
                state="published",
                published_at=now,
                label=cast(release_version.c.number, Text).concat(".0"),
            )
        )
    return done.rowcount


def holds_real_figures(database: Database) -> bool:
    """Whether an area's own figures are here and no invented ones."""
    query = select(func.count(), func.coalesce(func.sum(release_version.c.invented), 0))
    with database.reading() as connection:
        every, invented = connection.execute(query.select_from(release_version)).one()
    return bool(every and not invented)
