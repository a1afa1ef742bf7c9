"""People, the termly round and its record, with the guards that hold whoever writes."""

import sqlalchemy as sa
from alembic import op

from schemas.migrations.guards import guards

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name_sha256", sa.Text(), nullable=False),
        sa.Column("address_sha256", sa.Text(), nullable=False),
        sa.Column("tried_at", sa.Text(), nullable=False),
        sa.Column("worked", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
        sqlite_strict=True,
    )
    op.create_index("ix_attempt_address", "attempt", ["address_sha256", "tried_at"], unique=False)
    op.create_index("ix_attempt_name", "attempt", ["name_sha256", "tried_at"], unique=False)
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sign_in_name", sa.Text(), nullable=False),
        sa.Column("job_title", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=True),
        sa.Column("object_id", sa.Text(), nullable=True),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "kind = 'local' OR password_hash IS NULL", name=op.f("ck_person_one_way_in")
        ),
        sa.CheckConstraint("kind IN ('local', 'entra')", name=op.f("ck_person_kind")),
        sa.CheckConstraint(
            "trim(sign_in_name) <> '' AND trim(job_title) <> ''", name=op.f("ck_person_named")
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_person_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("sign_in_name", name=op.f("uq_person_sign_in_name")),
        sqlite_strict=True,
    )
    op.create_index(
        "uq_person_entra",
        "person",
        ["tenant_id", "object_id"],
        unique=True,
        sqlite_where=sa.text("object_id IS NOT NULL"),
        postgresql_where=sa.text("object_id IS NOT NULL"),
    )
    op.create_table(
        "act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("from_state", sa.Text(), nullable=False),
        sa.Column("to_state", sa.Text(), nullable=False),
        sa.Column("content_sha256", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("before_sha256", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_act_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_act")),
        sa.UniqueConstraint("sha256", name=op.f("uq_act_sha256")),
        sqlite_strict=True,
    )
    op.create_index("ix_act_area", "act", ["area_code", "id"], unique=False)
    op.create_table(
        "attestation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("extract_file_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("attested_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["extract_file_id"], ["extract_file.id"], name=op.f("fk_attestation_extract_file_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_attestation_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attestation")),
        sa.UniqueConstraint(
            "extract_file_id", "person_id", name=op.f("uq_attestation_extract_file_id_person_id")
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "event_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("on_day", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("subjects", sa.Text(), nullable=False),
        sa.Column("breaks", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.Text(), nullable=False),
        sa.Column("agreed_by_id", sa.Integer(), nullable=True),
        sa.Column("agreed_at", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.Text(), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "trim(words) <> '' AND trim(source) <> ''", name=op.f("ck_event_note_words")
        ),
        sa.CheckConstraint(
            "agreed_by_id IS NULL OR agreed_by_id <> person_id",
            name=op.f("ck_event_note_four_eyes"),
        ),
        sa.ForeignKeyConstraint(
            ["agreed_by_id"], ["person.id"], name=op.f("fk_event_note_agreed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["person.id"], name=op.f("fk_event_note_ended_by_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_event_note_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_note")),
        sqlite_strict=True,
    )
    op.create_table(
        "explanation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("check_id", sa.Text(), nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("measure_id", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("beside_chart", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("written_by_role", sa.Text(), nullable=False),
        sa.Column("written_at", sa.Text(), nullable=False),
        sa.CheckConstraint("trim(words) <> ''", name=op.f("ck_explanation_words")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_explanation_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_explanation_release_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_explanation")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_explanation_finding", "explanation", ["release_id", "finding"], unique=False
    )
    op.create_table(
        "heading_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("extract", sa.Text(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("column_id", sa.Text(), nullable=False),
        sa.Column("chosen_at", sa.Text(), nullable=False),
        sa.Column("chosen_by_id", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["chosen_by_id"], ["person.id"], name=op.f("fk_heading_choice_chosen_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_heading_choice")),
        sqlite_strict=True,
    )
    op.create_index(
        "uq_heading_choice_now",
        "heading_choice",
        ["area_code", "organisation", "extract", "heading"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "invitation",
        sa.Column("token_sha256", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("ends_at", sa.Text(), nullable=False),
        sa.Column("used_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_invitation_person_id")),
        sa.PrimaryKeyConstraint("token_sha256", name=op.f("pk_invitation")),
        sqlite_strict=True,
    )
    op.create_table(
        "role_held",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("given_at", sa.Text(), nullable=False),
        sa.Column("given_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.Text(), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(role = 'analyst') = (organisation <> '')", name=op.f("ck_role_held_organisation")
        ),
        sa.CheckConstraint(
            "role IN ('viewer', 'analyst', 'assurer', 'approver', 'publisher', 'administrator')",
            name=op.f("ck_role_held_role"),
        ),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["person.id"], name=op.f("fk_role_held_ended_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["given_by_id"], ["person.id"], name=op.f("fk_role_held_given_by_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_role_held_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_held")),
        sqlite_strict=True,
    )
    op.create_index(
        "uq_role_held_now",
        "role_held",
        ["person_id", "role", "area_code", "organisation"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "session",
        sa.Column("token_sha256", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("began_at", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_session_person_id")),
        sa.PrimaryKeyConstraint("token_sha256", name=op.f("pk_session")),
        sqlite_strict=True,
    )
    op.create_table(
        "submission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("given", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.Text(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("extract_file_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(state = 'accepted') = (extract_file_id IS NOT NULL)",
            name=op.f("ck_submission_accepted"),
        ),
        sa.CheckConstraint(
            "outcome <> 'personal_data' OR content IS NULL",
            name=op.f("ck_submission_nothing_personal"),
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'to_mend', 'accepted', 'turned_back', 'refused')",
            name=op.f("ck_submission_state"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_submission_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["extract_file_id"], ["extract_file.id"], name=op.f("fk_submission_extract_file_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_submission_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
        sqlite_strict=True,
    )
    op.create_table(
        "agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_version_id", sa.Integer(), nullable=False),
        sa.Column("forum", sa.Text(), nullable=False),
        sa.Column("minute_ref", sa.Text(), nullable=False),
        sa.Column("met_on", sa.Text(), nullable=False),
        sa.Column("present", sa.Text(), nullable=False),
        sa.Column("definitions_agreed", sa.Integer(), nullable=False),
        sa.Column("content_sha256", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "forum IN ('group', 'board', 'officers')", name=op.f("ck_agreement_forum")
        ),
        sa.CheckConstraint("trim(minute_ref) <> ''", name=op.f("ck_agreement_minute_ref")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_agreement_person_id")),
        sa.ForeignKeyConstraint(
            ["release_version_id"],
            ["release_version.id"],
            name=op.f("fk_agreement_release_version_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
        sqlite_strict=True,
    )
    op.create_table(
        "announcement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("term", sa.Text(), nullable=False),
        sa.Column("on_day", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_announcement_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
        sqlite_strict=True,
    )
    op.create_index("ix_announcement_area", "announcement", ["area_code", "id"])
    op.create_table(
        "early_reader",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_version_id", sa.Integer(), nullable=False),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("token_sha256", sa.Text(), nullable=False),
        sa.Column("begins_at", sa.Text(), nullable=False),
        sa.Column("ends_at", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("first_read_at", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_early_reader_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["release_version_id"],
            ["release_version.id"],
            name=op.f("fk_early_reader_release_version_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_early_reader")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_early_reader_token_sha256")),
        sqlite_strict=True,
    )
    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_version_id", sa.Integer(), nullable=False),
        sa.Column("publish_at", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_plan_person_id")),
        sa.ForeignKeyConstraint(
            ["release_version_id"], ["release_version.id"], name=op.f("fk_plan_release_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sqlite_strict=True,
    )
    op.create_index(
        "uq_plan_now",
        "plan",
        ["release_version_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "public_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_version_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("found_on", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("effect", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('correction', 'revision', 'withdrawal')", name=op.f("ck_public_notice_kind")
        ),
        sa.CheckConstraint(
            "trim(what) <> '' AND trim(effect) <> ''", name=op.f("ck_public_notice_words")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_public_notice_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["release_version_id"],
            ["release_version.id"],
            name=op.f("fk_public_notice_release_version_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_notice")),
        sqlite_strict=True,
    )
    op.add_column("commentary", sa.Column("family_sentence", sa.Text(), nullable=True))
    op.add_column("commentary", sa.Column("person_id", sa.Integer(), nullable=True))
    op.add_column("commentary", sa.Column("returned_at", sa.Text(), nullable=True))
    op.add_column("commentary", sa.Column("returned_by_id", sa.Integer(), nullable=True))
    op.add_column("commentary", sa.Column("return_reason", sa.Text(), nullable=True))
    op.add_column("release_version", sa.Column("label", sa.Text(), nullable=True))
    op.add_column("release_version", sa.Column("content_sha256", sa.Text(), nullable=True))
    op.add_column("release_version", sa.Column("checked_by_id", sa.Integer(), nullable=True))
    op.add_column("release_version", sa.Column("agreed_by_id", sa.Integer(), nullable=True))
    op.add_column("release_version", sa.Column("published_by_id", sa.Integer(), nullable=True))
    # What was published before there were labels; a version that is not yet published has none.
    op.execute(
        "UPDATE release_version SET label = number || '.0' WHERE state NOT IN "
        "('draft', 'checked', 'agreed')"
    )
    for statement in guards(op.get_bind().dialect.name):
        op.execute(sa.text(statement))
