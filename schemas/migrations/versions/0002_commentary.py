"""Commentary: what the owner of a measure says about a term."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

CURRENT = "replaced_by_id IS NULL"


def upgrade() -> None:
    op.create_table(
        "commentary",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("measure_id", sa.Text(), nullable=False),
        sa.Column("term", sa.Text(), nullable=False),
        sa.Column("what_happened", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("by_on", sa.Text(), nullable=True),
        sa.Column("written_by_role", sa.Text(), nullable=False),
        sa.Column("written_at", sa.Text(), nullable=False),
        sa.Column("replaced_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("trim(what_happened) <> ''", name=op.f("ck_commentary_what_happened")),
        sa.CheckConstraint("trim(why) <> ''", name=op.f("ck_commentary_why")),
        sa.CheckConstraint("trim(action) <> ''", name=op.f("ck_commentary_action")),
        sa.CheckConstraint(
            "trim(written_by_role) <> ''", name=op.f("ck_commentary_written_by_role")
        ),
        sa.ForeignKeyConstraint(
            ["replaced_by_id"], ["commentary.id"], name=op.f("fk_commentary_replaced_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commentary")),
        sqlite_strict=True,
    )
    op.create_index(
        "uq_commentary_current",
        "commentary",
        ["area_code", "measure_id", "term"],
        unique=True,
        sqlite_where=sa.text(CURRENT),
        postgresql_where=sa.text(CURRENT),
    )
