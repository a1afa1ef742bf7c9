"""The tables of the termly round: what was sent, checked, explained, agreed and told, and the
record of every act. Nothing in them is ever changed but what is still being decided."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from schemas.tables import metadata, one_of

# A file somebody sent in by the form, until it is accepted or turned back. `content` goes as soon
# as it is not needed: a file that seems to hold personal data never has one. `given` and `report`
# are JSON.
submission = Table(
    "submission",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("area_code", Text, nullable=False),
    Column("organisation", Text, nullable=False),
    Column("person_id", Integer, ForeignKey("person.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("content", LargeBinary),
    Column("given", Text, nullable=False),
    Column("sent_at", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("report", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("decided_at", Text),
    Column("decided_by_id", Integer, ForeignKey("person.id")),
    Column("reason", Text, nullable=False),
    Column("extract_file_id", Integer, ForeignKey("extract_file.id")),
    one_of("state", ("waiting", "to_mend", "accepted", "turned_back", "refused")),
    CheckConstraint("outcome <> 'personal_data' OR content IS NULL", name="nothing_personal"),
    CheckConstraint("(state = 'accepted') = (extract_file_id IS NOT NULL)", name="accepted"),
    sqlite_strict=True,
)

# What a heading means that a source writes in its own way, remembered for its next file.
# `column_id` is "" when the column is to be left out.
heading_choice = Table(
    "heading_choice",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("area_code", Text, nullable=False),
    Column("organisation", Text, nullable=False),
    Column("extract", Text, nullable=False),
    Column("heading", Text, nullable=False),
    Column("column_id", Text, nullable=False),
    Column("chosen_at", Text, nullable=False),
    Column("chosen_by_id", Integer, ForeignKey("person.id"), nullable=False),
    Column("ended_at", Text),
    sqlite_strict=True,
)
Index(
    "uq_heading_choice_now",
    heading_choice.c.area_code,
    heading_choice.c.organisation,
    heading_choice.c.extract,
    heading_choice.c.heading,
    unique=True,
    sqlite_where=text("ended_at IS NULL"),
    postgresql_where=text("ended_at IS NULL"),
)

# Somebody answers for a file: who sent it by the form, or who vouches for one that was loaded by
# command. Those people may not check or approve.
attestation = Table(
    "attestation",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("extract_file_id", Integer, ForeignKey("extract_file.id"), nullable=False),
    Column("person_id", Integer, ForeignKey("person.id"), nullable=False),
    Column("attested_at", Text, nullable=False),
    UniqueConstraint("extract_file_id", "person_id"),
    sqlite_strict=True,
)

# What was written about a finding of a check. The newest one counts; none is changed.
explanation = Table(
    "explanation",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("release_id", Integer, ForeignKey("release.id"), nullable=False),
    Column("check_id", Text, nullable=False),
    Column("finding", Text, nullable=False),
    Column("measure_id", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("beside_chart", Integer, nullable=False),
    Column("person_id", Integer, ForeignKey("person.id"), nullable=False),
    Column("written_by_role", Text, nullable=False),
    Column("written_at", Text, nullable=False),
    CheckConstraint("trim(words) <> ''", name="words"),
    sqlite_strict=True,
)
Index("ix_explanation_finding", explanation.c.release_id, explanation.c.finding)

# A meeting (or two senior responsible officers) that agreed one version as it then was.
agreement = Table(
    "agreement",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("release_version_id", Integer, ForeignKey("release_version.id"), nullable=False),
    Column("forum", Text, nullable=False),
    Column("minute_ref", Text, nullable=False),
    Column("met_on", Text, nullable=False),
    Column("present", Text, nullable=False),
    Column("definitions_agreed", Integer, nullable=False),
    Column("content_sha256", Text, nullable=False),
    Column("person_id", Integer, ForeignKey("person.id"), nullable=False),
    Column("written_at", Text, nullable=False),
    one_of("forum", ("group", "board", "officers")),
    CheckConstraint("trim(minute_ref) <> ''", name="minute_ref"),
    sqlite_strict=True,
)

# When an agreed version is to be published; the newest that has not been called off counts.
plan = Table(
    "plan",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("release_version_id", Integer, ForeignKey("release_version.id"), nullable=False),
    Column("publish_at", Text, nullable=False),
    Column("person_id", Integer, ForeignKey("person.id"), nullable=False),
    Column("written_at", Text, nullable=False),
    Column("ended_at", Text),
    sqlite_strict=True,
)
Index(
    "uq_plan_now",
    plan.c.release_version_id,
    unique=True,
    sqlite_where=text("ended_at IS NULL"),
    postgresql_where=text("ended_at IS NULL"),
)

# Somebody who may read an agreed version shortly before it is published, by a link that ends.
early_reader = Table(
    "early_reader",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("release_version_id", Integer, ForeignKey("release_version.id"), nullable=False),
    Column("reader", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("token_sha256", Text, nullable=False, unique=True),
    Column("begins_at", Text, nullable=False),
    Column("ends_at", Text, nullable=False),
    Column("person_id", Integer, ForeignKey("person.id"), nullable=False),
    Column("made_at", Text, nullable=False),
    Column("first_read_at", Text),
    Column("ended_at", Text),
    sqlite_strict=True,
)

# The day on which everyone is told that a term's figures will come out; the newest one counts.
announcement = Table(
    "announcement",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("area_code", Text, nullable=False),
    Column("term", Text, nullable=False),
    Column("on_day", Text, nullable=False),
    Column("person_id", Integer, ForeignKey("person.id"), nullable=False),
    Column("written_at", Text, nullable=False),
    sqlite_strict=True,
)
Index("ix_announcement_area", announcement.c.area_code, announcement.c.id)

# What everyone is told about a correction of an error, a planned revision or a withdrawal. The
# newest of a version counts.
public_notice = Table(
    "public_notice",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("release_version_id", Integer, ForeignKey("release_version.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("found_on", Text, nullable=False),
    Column("cause", Text, nullable=False),
    Column("effect", Text, nullable=False),
    Column("person_id", Integer, ForeignKey("person.id"), nullable=False),
    Column("written_at", Text, nullable=False),
    one_of("kind", ("correction", "revision", "withdrawal")),
    CheckConstraint("trim(what) <> '' AND trim(effect) <> ''", name="words"),
    sqlite_strict=True,
)

# A dated note written on screen; it is drawn once another person has agreed it. `subjects` is
# JSON: {"measures": [...], "themes": [...]}.
event_note = Table(
    "event_note",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("area_code", Text, nullable=False),
    Column("on_day", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("subjects", Text, nullable=False),
    Column("breaks", Integer, nullable=False),
    Column("person_id", Integer, ForeignKey("person.id"), nullable=False),
    Column("written_at", Text, nullable=False),
    Column("agreed_by_id", Integer, ForeignKey("person.id")),
    Column("agreed_at", Text),
    Column("ended_at", Text),
    Column("ended_by_id", Integer, ForeignKey("person.id")),
    Column("end_reason", Text, nullable=False),
    CheckConstraint("trim(words) <> '' AND trim(source) <> ''", name="words"),
    CheckConstraint("agreed_by_id IS NULL OR agreed_by_id <> person_id", name="four_eyes"),
    sqlite_strict=True,
)
Index("ix_event_note_area", event_note.c.area_code, event_note.c.id)

# The record: every act, in order, each tied to the one before by a hash. `roles` are those that the
# person held in the area at that moment. `details` is JSON.
act = Table(
    "act",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("done_at", Text, nullable=False),
    Column("person_id", Integer, ForeignKey("person.id")),
    Column("who", Text, nullable=False),
    Column("roles", Text, nullable=False),
    Column("area_code", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("from_state", Text, nullable=False),
    Column("to_state", Text, nullable=False),
    Column("content_sha256", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("details", Text, nullable=False),
    Column("before_sha256", Text, nullable=False),
    Column("sha256", Text, nullable=False, unique=True),
    sqlite_strict=True,
)
Index("ix_act_area", act.c.area_code, act.c.id)
