"""The tables of the improvement plan, and of what people asked to be told.

Nothing in them is ever changed: a row that no longer holds has ended, and another takes its place.
"""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    text,
)
from sqlalchemy.sql.schema import SchemaItem

from schemas.tables import Number, metadata, one_of

STATUSES = ("not_started", "on_track", "at_risk", "late", "done", "stopped")


def _written() -> tuple[SchemaItem, ...]:
    """Who wrote a row (a role, and the person where it was on screen), when, until when it held,
    and the file it came from."""
    return (
        Column("invented", Integer, nullable=False),
        Column("plan_file_id", Integer, ForeignKey("plan_file.id")),
        Column("person_id", Integer, ForeignKey("person.id")),
        Column("written_by_role", Text, nullable=False),
        Column("written_at", Text, nullable=False),
        Column("ended_at", Text),
    )


def _one_at_a_time(table: Table, *columns: str) -> None:
    """Only one row that holds now for each of these; all that ever held are found by the area."""
    Index(
        f"uq_{table.name}_now",
        *(table.c[name] for name in columns),
        unique=True,
        sqlite_where=text("ended_at IS NULL"),
        postgresql_where=text("ended_at IS NULL"),
    )
    Index(f"ix_{table.name}_area", table.c.area_code, table.c.id)


# A workbook of the plan, kept whole as it came.
plan_file = Table(
    "plan_file",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("area_code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("loaded_at", Text, nullable=False),
    Column("person_id", Integer, ForeignKey("person.id")),
    sqlite_strict=True,
)

# An area for improvement: `number` is the plan's own ("2"), `impact` the paragraph that closes it.
plan_area = Table(
    "plan_area",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("area_code", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("impact", Text, nullable=False),
    *_written(),
    CheckConstraint("trim(title) <> ''", name="title"),
    sqlite_strict=True,
)
_one_at_a_time(plan_area, "area_code", "number")

# An action: `start_words` and `finish_words` as the plan has them ("Spring 2025", "Ongoing"), the
# days (first of the start, last of the finish) "" where the words name none. `measures` is JSON:
# the ids of the measures that should move.
plan_action = Table(
    "plan_action",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("area_code", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("plan_area_number", Text, nullable=False),
    Column("task", Text, nullable=False),
    Column("lead", Text, nullable=False),
    Column("others", Text, nullable=False),
    Column("start_words", Text, nullable=False),
    Column("start_on", Text, nullable=False),
    Column("finish_words", Text, nullable=False),
    Column("finish_on", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("measures", Text, nullable=False),
    *_written(),
    one_of("status", STATUSES),
    CheckConstraint("trim(task) <> '' AND trim(lead) <> ''", name="task_and_lead"),
    CheckConstraint("status <> 'done' OR trim(evidence) <> ''", name="done_has_evidence"),
    sqlite_strict=True,
)
_one_at_a_time(plan_action, "area_code", "number")

# A point of an agreed path to a target: the value a measure's headline should have in a term.
plan_path = Table(
    "plan_path",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("area_code", Text, nullable=False),
    Column("measure_id", Text, nullable=False),
    Column("term", Text, nullable=False),
    Column("value", Number, nullable=False),
    Column("agreed", Text, nullable=False),
    *_written(),
    sqlite_strict=True,
)
_one_at_a_time(plan_path, "area_code", "measure_id", "term")

# What a person asked to be told of: everything, a theme (`subject` is its id) or a measure.
subscription = Table(
    "subscription",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", Integer, ForeignKey("person.id"), nullable=False),
    Column("area_code", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("by_mail", Integer, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("ended_at", Text),
    one_of("scope", ("everything", "theme", "measure")),
    CheckConstraint("(scope = 'everything') = (subject = '')", name="subject"),
    sqlite_strict=True,
)
_one_at_a_time(subscription, "person_id", "area_code", "scope", "subject")

# What happened in an area that people may be told of, worked out once (`occasion` is its key, such
# as `published:2025-26-summer.1`). `content` is JSON: how many measures were looked at, and each
# thing with its measure, theme and words.
digest = Table(
    "digest",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("area_code", Text, nullable=False),
    Column("occasion", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    sqlite_strict=True,
)
Index("uq_digest_occasion", digest.c.area_code, digest.c.occasion, unique=True)

# That a digest went to a person, or why it did not; each is sent once.
digest_sent = Table(
    "digest_sent",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("digest_id", Integer, ForeignKey("digest.id"), nullable=False),
    Column("person_id", Integer, ForeignKey("person.id"), nullable=False),
    Column("sent_at", Text, nullable=False),
    sqlite_strict=True,
)
Index("uq_digest_sent", digest_sent.c.digest_id, digest_sent.c.person_id, unique=True)
