"""The improvement plan, what people asked to be told of, and what they were told."""

import sqlalchemy as sa
from alembic import op

from schemas.migrations.guards import ENDS_0005, KEPT_0005, keep_unchanged, may_only_end

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "digest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("occasion", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest")),
        sqlite_strict=True,
    )
    op.create_index("uq_digest_occasion", "digest", ["area_code", "occasion"], unique=True)
    op.create_table(
        "digest_sent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["digest_id"], ["digest.id"], name=op.f("fk_digest_sent_digest_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_digest_sent_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest_sent")),
        sqlite_strict=True,
    )
    op.create_index("uq_digest_sent", "digest_sent", ["digest_id", "person_id"], unique=True)
    op.create_table(
        "plan_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("loaded_at", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_plan_file_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_file")),
        sqlite_strict=True,
    )
    op.create_table(
        "subscription",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("by_mail", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(scope = 'everything') = (subject = '')", name=op.f("ck_subscription_subject")
        ),
        sa.CheckConstraint(
            "scope IN ('everything', 'theme', 'measure')", name=op.f("ck_subscription_scope")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_subscription_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription")),
        sqlite_strict=True,
    )
    op.create_index(
        "uq_subscription_now",
        "subscription",
        ["person_id", "area_code", "scope", "subject"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "plan_action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("plan_area_number", sa.Text(), nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("lead", sa.Text(), nullable=False),
        sa.Column("others", sa.Text(), nullable=False),
        sa.Column("start_words", sa.Text(), nullable=False),
        sa.Column("start_on", sa.Text(), nullable=False),
        sa.Column("finish_words", sa.Text(), nullable=False),
        sa.Column("finish_on", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("measures", sa.Text(), nullable=False),
        sa.Column("invented", sa.Integer(), nullable=False),
        sa.Column("plan_file_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("written_by_role", sa.Text(), nullable=False),
        sa.Column("written_at", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "status <> 'done' OR trim(evidence) <> ''",
            name=op.f("ck_plan_action_done_has_evidence"),
        ),
        sa.CheckConstraint(
            "status IN ('not_started', 'on_track', 'at_risk', 'late', 'done', 'stopped')",
            name=op.f("ck_plan_action_status"),
        ),
        sa.CheckConstraint(
            "trim(task) <> '' AND trim(lead) <> ''", name=op.f("ck_plan_action_task_and_lead")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_plan_action_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["plan_file_id"], ["plan_file.id"], name=op.f("fk_plan_action_plan_file_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_action")),
        sqlite_strict=True,
    )
    op.create_index(
        "uq_plan_action_now",
        "plan_action",
        ["area_code", "number"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "plan_area",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("impact", sa.Text(), nullable=False),
        sa.Column("invented", sa.Integer(), nullable=False),
        sa.Column("plan_file_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("written_by_role", sa.Text(), nullable=False),
        sa.Column("written_at", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.Text(), nullable=True),
        sa.CheckConstraint("trim(title) <> ''", name=op.f("ck_plan_area_title")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_plan_area_person_id")),
        sa.ForeignKeyConstraint(
            ["plan_file_id"], ["plan_file.id"], name=op.f("fk_plan_area_plan_file_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_area")),
        sqlite_strict=True,
    )
    op.create_index(
        "uq_plan_area_now",
        "plan_area",
        ["area_code", "number"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "plan_path",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("measure_id", sa.Text(), nullable=False),
        sa.Column("term", sa.Text(), nullable=False),
        sa.Column("value", sa.Float().with_variant(sa.REAL(), "sqlite"), nullable=False),
        sa.Column("agreed", sa.Text(), nullable=False),
        sa.Column("invented", sa.Integer(), nullable=False),
        sa.Column("plan_file_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("written_by_role", sa.Text(), nullable=False),
        sa.Column("written_at", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_plan_path_person_id")),
        sa.ForeignKeyConstraint(
            ["plan_file_id"], ["plan_file.id"], name=op.f("fk_plan_path_plan_file_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_path")),
        sqlite_strict=True,
    )
    op.create_index(
        "uq_plan_path_now",
        "plan_path",
        ["area_code", "measure_id", "term"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    dialect = op.get_bind().dialect.name
    for statement in (*keep_unchanged(dialect, KEPT_0005), *may_only_end(dialect, ENDS_0005)):
        op.execute(sa.text(statement))
