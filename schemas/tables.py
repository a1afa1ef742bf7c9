"""The tables, in SQLAlchemy Core. Dates and times are ISO texts, so both databases sort alike."""

from sqlalchemy import (
    REAL,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite's strict tables know REAL only; PostgreSQL's REAL has half the digits.
Number = Float().with_variant(REAL(), "sqlite")

STATES = ("draft", "checked", "agreed", "published", "corrected", "superseded", "withdrawn")


def one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    """The column holds one of these words."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


# One file as an area sent it: kept whole, never changed, never served to the public.
extract_file = Table(
    "extract_file",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("area_code", Text, nullable=False),
    Column("organisation", Text, nullable=False),
    Column("prepared_by", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("as_at_on", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("coverage_note", Text, nullable=False),
    Column("definitions_sha256", Text, nullable=False),
    Column("loaded_at", Text, nullable=False),
    Column("loaded_by", Text, nullable=False),
    UniqueConstraint("area_code", "sha256"),
    one_of("status", ("provisional", "final", "revised")),
    sqlite_strict=True,
)

# One publisher's file at one date. A re-issued file is a new vintage beside the old one.
vintage = Table(
    "vintage",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("file_kind", Text, nullable=False),
    Column("publisher", Text, nullable=False),
    Column("publication", Text, nullable=False),
    Column("release", Text, nullable=False),
    Column("released_on", Text),
    Column("as_at_on", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("licence", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("loaded_at", Text, nullable=False),
    UniqueConstraint("file_kind", "sha256"),
    sqlite_strict=True,
)

# What is published for a term, and its versions: a correction is a new version, never an edit.
# `content_sha256` is that of the figures when they were checked; `label` is 1.0, 1.1 or 2.0. The
# people have no foreign keys: SQLite would have to build the table anew under its own figures.
release = Table(
    "release",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("area_code", Text, nullable=False),
    Column("term", Text, nullable=False),
    UniqueConstraint("area_code", "term"),
    sqlite_strict=True,
)

release_version = Table(
    "release_version",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("release_id", Integer, ForeignKey("release.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("invented", Integer, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("published_at", Text),
    Column("label", Text),
    Column("content_sha256", Text),
    Column("checked_by_id", Integer),
    Column("agreed_by_id", Integer),
    Column("published_by_id", Integer),
    UniqueConstraint("release_id", "number"),
    one_of("state", STATES),
    sqlite_strict=True,
)

Index(
    "uq_release_version_one_draft",
    release_version.c.release_id,
    unique=True,
    sqlite_where=text("state = 'draft'"),
    postgresql_where=text("state = 'draft'"),
)

# Every number: a local one belongs to a release version and a file, a published one to a vintage.
observation = Table(
    "observation",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("release_version_id", Integer, ForeignKey("release_version.id")),
    Column("extract_file_id", Integer, ForeignKey("extract_file.id")),
    Column("vintage_id", Integer, ForeignKey("vintage.id")),
    Column("measure_id", Text, nullable=False),
    Column("area_code", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("period_start", Text, nullable=False),
    Column("period_end", Text, nullable=False),
    Column("basis", Text, nullable=False),
    Column("breakdown", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("numerator", Number),
    Column("denominator", Number),
    Column("value", Number),
    Column("symbol", Text),
    Column("status", Text, nullable=False),
    Column("definition_version", Integer, nullable=False),
    Column("superseded_by_id", Integer, ForeignKey("extract_file.id")),
    CheckConstraint("(value IS NULL) <> (symbol IS NULL)", name="value_or_symbol"),
    CheckConstraint(
        "(release_version_id IS NULL) = (extract_file_id IS NULL) "
        "AND (extract_file_id IS NULL) <> (vintage_id IS NULL)",
        name="local_or_published",
    ),
    sqlite_strict=True,
)

KEY = ("measure_id", "area_code", "period", "basis", "breakdown", "category")

Index(
    "uq_observation_current",
    observation.c.release_version_id,
    *(observation.c[column] for column in KEY),
    unique=True,
    sqlite_where=text("superseded_by_id IS NULL AND release_version_id IS NOT NULL"),
    postgresql_where=text("superseded_by_id IS NULL AND release_version_id IS NOT NULL"),
)
# A local figure is found by its release version, with the index above; one that was replaced since
# with this one; a published one with the last.
Index(
    "ix_observation_version",
    observation.c.release_version_id,
    sqlite_where=text("release_version_id IS NOT NULL"),
    postgresql_where=text("release_version_id IS NOT NULL"),
)
Index(
    "ix_observation_published",
    observation.c.measure_id,
    observation.c.area_code,
    observation.c.breakdown,
    sqlite_where=text("vintage_id IS NOT NULL"),
    postgresql_where=text("vintage_id IS NOT NULL"),
)

# The areas most like another, by model year.
neighbour = Table(
    "neighbour",
    metadata,
    Column("model", Text, primary_key=True),
    Column("area_code", Text, primary_key=True),
    Column("rank", Integer, primary_key=True),
    Column("neighbour_code", Text, nullable=False),
    Column("closeness", Text, nullable=False),
    Column("vintage_id", Integer, ForeignKey("vintage.id"), nullable=False),
    sqlite_strict=True,
)

# What the owner of a measure says about a term. Never changed: a new one replaces the old one,
# which stays.
_WRITTEN = ("what_happened", "why", "action", "written_by_role")

commentary = Table(
    "commentary",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("area_code", Text, nullable=False),
    Column("measure_id", Text, nullable=False),
    Column("term", Text, nullable=False),
    Column("what_happened", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("by_on", Text),
    Column("written_by_role", Text, nullable=False),
    Column("written_at", Text, nullable=False),
    Column("replaced_by_id", Integer, ForeignKey("commentary.id")),
    Column("family_sentence", Text),
    Column("person_id", Integer),
    Column("returned_at", Text),
    Column("returned_by_id", Integer),
    Column("return_reason", Text),
    *(CheckConstraint(f"trim({name}) <> ''", name=name) for name in _WRITTEN),
    sqlite_strict=True,
)

Index(
    "uq_commentary_current",
    commentary.c.area_code,
    commentary.c.measure_id,
    commentary.c.term,
    unique=True,
    sqlite_where=text("replaced_by_id IS NULL"),
    postgresql_where=text("replaced_by_id IS NULL"),
)
Index("ix_commentary_area", commentary.c.area_code, commentary.c.id)
