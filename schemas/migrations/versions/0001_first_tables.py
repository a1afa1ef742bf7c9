"""First tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

STATES = (
    "state IN ('draft', 'checked', 'agreed', 'published', 'corrected', 'superseded', 'withdrawn')"
)
CURRENT = "superseded_by_id IS NULL AND release_version_id IS NOT NULL"
LOCAL_OR_PUBLISHED = (
    "(release_version_id IS NULL) = (extract_file_id IS NULL) "
    "AND (extract_file_id IS NULL) <> (vintage_id IS NULL)"
)


def upgrade() -> None:
    op.create_table(
        "extract_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("prepared_by", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("as_at_on", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("coverage_note", sa.Text(), nullable=False),
        sa.Column("definitions_sha256", sa.Text(), nullable=False),
        sa.Column("loaded_at", sa.Text(), nullable=False),
        sa.Column("loaded_by", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "status IN ('provisional', 'final', 'revised')", name=op.f("ck_extract_file_status")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extract_file")),
        sa.UniqueConstraint("area_code", "sha256", name=op.f("uq_extract_file_area_code_sha256")),
        sqlite_strict=True,
    )
    op.create_table(
        "release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("term", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
        sa.UniqueConstraint("area_code", "term", name=op.f("uq_release_area_code_term")),
        sqlite_strict=True,
    )
    op.create_table(
        "vintage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_kind", sa.Text(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("publication", sa.Text(), nullable=False),
        sa.Column("release", sa.Text(), nullable=False),
        sa.Column("released_on", sa.Text(), nullable=True),
        sa.Column("as_at_on", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("licence", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("loaded_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vintage")),
        sa.UniqueConstraint("file_kind", "sha256", name=op.f("uq_vintage_file_kind_sha256")),
        sqlite_strict=True,
    )
    op.create_table(
        "neighbour",
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("neighbour_code", sa.Text(), nullable=False),
        sa.Column("closeness", sa.Text(), nullable=False),
        sa.Column("vintage_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["vintage_id"], ["vintage.id"], name=op.f("fk_neighbour_vintage_id")
        ),
        sa.PrimaryKeyConstraint("model", "area_code", "rank", name=op.f("pk_neighbour")),
        sqlite_strict=True,
    )
    op.create_table(
        "release_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("invented", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("published_at", sa.Text(), nullable=True),
        sa.CheckConstraint(STATES, name=op.f("ck_release_version_state")),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_release_version_release_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_version")),
        sa.UniqueConstraint(
            "release_id", "number", name=op.f("uq_release_version_release_id_number")
        ),
        sqlite_strict=True,
    )
    op.create_index(
        "uq_release_version_one_draft",
        "release_version",
        ["release_id"],
        unique=True,
        sqlite_where=sa.text("state = 'draft'"),
        postgresql_where=sa.text("state = 'draft'"),
    )

    op.create_table(
        "observation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_version_id", sa.Integer(), nullable=True),
        sa.Column("extract_file_id", sa.Integer(), nullable=True),
        sa.Column("vintage_id", sa.Integer(), nullable=True),
        sa.Column("measure_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("period_start", sa.Text(), nullable=False),
        sa.Column("period_end", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("breakdown", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("numerator", sa.Float().with_variant(sa.REAL(), "sqlite"), nullable=True),
        sa.Column("denominator", sa.Float().with_variant(sa.REAL(), "sqlite"), nullable=True),
        sa.Column("value", sa.Float().with_variant(sa.REAL(), "sqlite"), nullable=True),
        sa.Column("symbol", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("definition_version", sa.Integer(), nullable=False),
        sa.Column("superseded_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(LOCAL_OR_PUBLISHED, name=op.f("ck_observation_local_or_published")),
        sa.CheckConstraint(
            "(value IS NULL) <> (symbol IS NULL)", name=op.f("ck_observation_value_or_symbol")
        ),
        sa.ForeignKeyConstraint(
            ["extract_file_id"], ["extract_file.id"], name=op.f("fk_observation_extract_file_id")
        ),
        sa.ForeignKeyConstraint(
            ["release_version_id"],
            ["release_version.id"],
            name=op.f("fk_observation_release_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["superseded_by_id"], ["extract_file.id"], name=op.f("fk_observation_superseded_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["vintage_id"], ["vintage.id"], name=op.f("fk_observation_vintage_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observation")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_observation_published",
        "observation",
        ["measure_id", "area_code", "breakdown"],
        unique=False,
        sqlite_where=sa.text("vintage_id IS NOT NULL"),
        postgresql_where=sa.text("vintage_id IS NOT NULL"),
    )
    op.create_index(
        "uq_observation_current",
        "observation",
        [
            "release_version_id",
            "measure_id",
            "area_code",
            "period",
            "basis",
            "breakdown",
            "category",
        ],
        unique=True,
        sqlite_where=sa.text(CURRENT),
        postgresql_where=sa.text(CURRENT),
    )
