"""Everything is found by its area or version, so that what other areas hold costs nothing."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
KIND = "expand"

_WRITTEN = ("commentary", "event_note", "plan_area", "plan_action", "plan_path", "subscription")


def upgrade() -> None:
    """Nobody can write while the index of the figures is made: 10 seconds for ten million."""
    local = sa.text("release_version_id IS NOT NULL")
    op.create_index(
        "ix_observation_version",
        "observation",
        ["release_version_id"],
        unique=False,
        sqlite_where=local,
        postgresql_where=local,
    )
    for table in _WRITTEN:
        op.create_index(f"ix_{table}_area", table, ["area_code", "id"], unique=False)
