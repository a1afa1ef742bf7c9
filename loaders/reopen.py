"""Takes a signed release version back to draft: nobody's word for it stands, and no plan."""

import datetime as dt

from sqlalchemy import Connection, update

from schemas.round_tables import early_reader, plan
from schemas.tables import release_version


def return_to_draft(connection: Connection, version_id: int) -> None:
    """Without fixed content, without agreement, not planned; the caller puts it on the record."""
    end_plan(connection, version_id)
    this = update(release_version).where(release_version.c.id == version_id)
    unsigned = {"content_sha256": None, "checked_by_id": None, "agreed_by_id": None}
    connection.execute(this.values(state="draft", **unsigned))


def end_plan(connection: Connection, version_id: int) -> None:
    """Without the plan its early readers' links, which are about its time, mean nothing."""
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    for table in (plan, early_reader):
        connection.execute(
            update(table)
            .where(table.c.release_version_id == version_id, table.c.ended_at.is_(None))
            .values(ended_at=now)
        )
