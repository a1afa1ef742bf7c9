"""The tables of what everyone sees: the files of a publication, what families said, tokens."""

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
)

from schemas.tables import metadata, one_of

# The files of one publication to everyone, made once from protected figures. `name` stands in its
# permanent addresses (`2025-26-summer-v1.0`). `figures` is the protected figures, as packed JSON:
# what the next publication must stay consistent with. `report` is JSON, for the assurer only.
public_bundle = Table(
    "public_bundle",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("area_code", Text, nullable=False),
    Column("release_version_id", Integer, ForeignKey("release_version.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("algorithm", Text, nullable=False),
    Column("content_sha256", Text, nullable=False),
    Column("figures", LargeBinary, nullable=False),
    Column("report", Text, nullable=False),
    UniqueConstraint("area_code", "name"),
    sqlite_strict=True,
)
Index("ix_public_bundle_area", public_bundle.c.area_code, public_bundle.c.id)

# Every release version that a publication shows figures of: when one is withdrawn, so is this.
public_source = Table(
    "public_source",
    metadata,
    Column("bundle_id", Integer, ForeignKey("public_bundle.id"), primary_key=True),
    Column(
        "release_version_id",
        Integer,
        ForeignKey("release_version.id"),
        primary_key=True,
        index=True,
    ),
    sqlite_strict=True,
)

# The bytes of a file, once, however many publications hold it, with their shorter forms.
public_body = Table(
    "public_body",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("body", LargeBinary, nullable=False),
    Column("gzip", LargeBinary),
    Column("brotli", LargeBinary),
    sqlite_strict=True,
)

# `path` is that of the file below the area, such as `easy-read/index.html`.
public_file = Table(
    "public_file",
    metadata,
    Column("bundle_id", Integer, ForeignKey("public_bundle.id"), primary_key=True),
    Column("path", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("sha256", Text, ForeignKey("public_body.sha256"), nullable=False),
    sqlite_strict=True,
)

# What disclosure control would hide of a version that is not public yet, and what stands in the
# way of publishing it to everyone; worked out on demand, since it takes seconds. `report` is JSON.
protection = Table(
    "protection",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("release_version_id", Integer, ForeignKey("release_version.id"), nullable=False),
    Column("content_sha256", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("algorithm", Text, nullable=False),
    Column("report", Text, nullable=False),
    sqlite_strict=True,
)
Index("ix_protection_version", protection.c.release_version_id, protection.c.id)

# What somebody said of the pages for families, without saying who they are.
feedback = Table(
    "feedback",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("area_code", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("edition", Text, nullable=False),
    Column("easy", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("removed", Integer, nullable=False),
    Column("sent_on", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("read_by_id", Integer, ForeignKey("person.id")),
    Column("read_at", Text),
    one_of("easy", ("yes", "partly", "no", "")),
    one_of("state", ("new", "answered", "read", "set_aside")),
    sqlite_strict=True,
)
Index("ix_feedback_area", feedback.c.area_code, feedback.c.id)

# So that nobody sends in hundreds: a hash that changes daily, forgotten after an hour.
feedback_sent = Table(
    "feedback_sent",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sender_sha256", Text, nullable=False),
    Column("sent_at", Text, nullable=False, index=True),
    sqlite_strict=True,
)

# “You said”, “We did”: what families said and what was done about it. Never changed, only ended.
you_said = Table(
    "you_said",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("area_code", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("said", Text, nullable=False),
    Column("did", Text, nullable=False),
    Column("person_id", Integer, ForeignKey("person.id"), nullable=False),
    Column("written_at", Text, nullable=False),
    Column("ended_at", Text),
    CheckConstraint("trim(said) <> '' AND trim(did) <> ''", name="words"),
    sqlite_strict=True,
)

# A token with which a person's own program, such as Power BI, reads what that person may read.
access_token = Table(
    "access_token",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", Integer, ForeignKey("person.id"), nullable=False),
    Column("area_code", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("token_sha256", Text, nullable=False, unique=True),
    Column("made_at", Text, nullable=False),
    Column("ends_at", Text, nullable=False),
    Column("last_used_on", Text),
    Column("ended_at", Text),
    CheckConstraint("trim(label) <> ''", name="label"),
    sqlite_strict=True,
)
