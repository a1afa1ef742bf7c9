"""The oldest program that may serve these tables, beside their revision."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
KIND = "expand"


def upgrade() -> None:
    """It is no table of its own: a backup compares the rows of every table, and a place without
    rows is an empty one."""
    oldest = sa.Column("oldest", sa.String(32), nullable=False, server_default="0005")
    op.add_column("alembic_version", oldest)
