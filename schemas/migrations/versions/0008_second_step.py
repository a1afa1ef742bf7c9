"""A second step of signing in: codes of an authenticator app, for people with a password here."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
KIND = "expand"


def upgrade() -> None:
    op.create_table(
        "second_step",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("sealed_secret", sa.Text(), nullable=False),
        sa.Column("last_counter", sa.Integer(), nullable=False),
        sa.Column("set_up_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_second_step_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_second_step")),
        sqlite_strict=True,
    )
    op.create_table(
        "sign_in_begun",
        sa.Column("token_sha256", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("sealed_secret", sa.Text(), nullable=False),
        sa.Column("began_at", sa.Text(), nullable=False),
        sa.Column("used_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_sign_in_begun_person_id_person")
        ),
        sa.PrimaryKeyConstraint("token_sha256", name=op.f("pk_sign_in_begun")),
        sqlite_strict=True,
    )
