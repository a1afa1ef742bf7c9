"""What everyone sees: publications and their files, what families said, tokens."""

import sqlalchemy as sa
from alembic import op

from schemas.migrations.guards import KEPT_0004, keep_unchanged

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "feedback_sent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sender_sha256", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_sent")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_feedback_sent_sent_at"), "feedback_sent", ["sent_at"], unique=False)
    op.create_table(
        "public_body",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("gzip", sa.LargeBinary(), nullable=True),
        sa.Column("brotli", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_public_body")),
        sqlite_strict=True,
    )
    op.create_table(
        "access_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("token_sha256", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("ends_at", sa.Text(), nullable=False),
        sa.Column("last_used_on", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.Text(), nullable=True),
        sa.CheckConstraint("trim(label) <> ''", name=op.f("ck_access_token_label")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_access_token_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_token")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_access_token_token_sha256")),
        sqlite_strict=True,
    )
    op.create_table(
        "feedback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("easy", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("removed", sa.Integer(), nullable=False),
        sa.Column("sent_on", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("read_by_id", sa.Integer(), nullable=True),
        sa.Column("read_at", sa.Text(), nullable=True),
        sa.CheckConstraint("easy IN ('yes', 'partly', 'no', '')", name=op.f("ck_feedback_easy")),
        sa.CheckConstraint(
            "state IN ('new', 'answered', 'read', 'set_aside')", name=op.f("ck_feedback_state")
        ),
        sa.ForeignKeyConstraint(["read_by_id"], ["person.id"], name=op.f("fk_feedback_read_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
        sqlite_strict=True,
    )
    op.create_index("ix_feedback_area", "feedback", ["area_code", "id"], unique=False)
    op.create_table(
        "you_said",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("did", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.Text(), nullable=True),
        sa.CheckConstraint("trim(said) <> '' AND trim(did) <> ''", name=op.f("ck_you_said_words")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_you_said_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_you_said")),
        sqlite_strict=True,
    )
    op.create_table(
        "protection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_version_id", sa.Integer(), nullable=False),
        sa.Column("content_sha256", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("algorithm", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release_version_id"],
            ["release_version.id"],
            name=op.f("fk_protection_release_version_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_protection")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_protection_version", "protection", ["release_version_id", "id"], unique=False
    )
    op.create_table(
        "public_bundle",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("release_version_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("algorithm", sa.Text(), nullable=False),
        sa.Column("content_sha256", sa.Text(), nullable=False),
        sa.Column("figures", sa.LargeBinary(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release_version_id"],
            ["release_version.id"],
            name=op.f("fk_public_bundle_release_version_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_bundle")),
        sa.UniqueConstraint("area_code", "name", name=op.f("uq_public_bundle_area_code_name")),
        sqlite_strict=True,
    )
    op.create_index("ix_public_bundle_area", "public_bundle", ["area_code", "id"], unique=False)
    op.create_table(
        "public_file",
        sa.Column("bundle_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["bundle_id"], ["public_bundle.id"], name=op.f("fk_public_file_bundle_id")
        ),
        sa.ForeignKeyConstraint(
            ["sha256"], ["public_body.sha256"], name=op.f("fk_public_file_sha256")
        ),
        sa.PrimaryKeyConstraint("bundle_id", "path", name=op.f("pk_public_file")),
        sqlite_strict=True,
    )
    op.create_table(
        "public_source",
        sa.Column("bundle_id", sa.Integer(), nullable=False),
        sa.Column("release_version_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["bundle_id"], ["public_bundle.id"], name=op.f("fk_public_source_bundle_id")
        ),
        sa.ForeignKeyConstraint(
            ["release_version_id"],
            ["release_version.id"],
            name=op.f("fk_public_source_release_version_id"),
        ),
        sa.PrimaryKeyConstraint("bundle_id", "release_version_id", name=op.f("pk_public_source")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_public_source_release_version_id"),
        "public_source",
        ["release_version_id"],
        unique=False,
    )
    for statement in keep_unchanged(op.get_bind().dialect.name, KEPT_0004):
        op.execute(sa.text(statement))
