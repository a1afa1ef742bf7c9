"""The tables of the people who run the dashboard: who they are, what they may do, being signed in.

A person is a colleague with a sign-in name and a job title. Nothing here is about a child.
"""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text, text

from schemas.roles import ROLES
from schemas.tables import metadata, one_of

# `local` people have a password here; `entra` people are known by their tenant and object ids.
person = Table(
    "person",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sign_in_name", Text, nullable=False, unique=True),
    Column("job_title", Text, nullable=False),
    Column("organisation", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("tenant_id", Text),
    Column("object_id", Text),
    Column("password_hash", Text),
    Column("made_at", Text, nullable=False),
    Column("made_by_id", Integer, ForeignKey("person.id")),
    Column("ended_at", Text),
    one_of("kind", ("local", "entra")),
    CheckConstraint("trim(sign_in_name) <> '' AND trim(job_title) <> ''", name="named"),
    CheckConstraint("kind = 'local' OR password_hash IS NULL", name="one_way_in"),
    sqlite_strict=True,
)
Index(
    "uq_person_entra",
    person.c.tenant_id,
    person.c.object_id,
    unique=True,
    sqlite_where=text("object_id IS NOT NULL"),
    postgresql_where=text("object_id IS NOT NULL"),
)

# A role a person holds in one area; an analyst's also names the organisation whose sheets it is.
role_held = Table(
    "role_held",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", Integer, ForeignKey("person.id"), nullable=False),
    Column("role", Text, nullable=False),
    Column("area_code", Text, nullable=False),
    Column("organisation", Text, nullable=False),
    Column("given_at", Text, nullable=False),
    Column("given_by_id", Integer, ForeignKey("person.id")),
    Column("ended_at", Text),
    Column("ended_by_id", Integer, ForeignKey("person.id")),
    one_of("role", ROLES),
    CheckConstraint("(role = 'analyst') = (organisation <> '')", name="organisation"),
    sqlite_strict=True,
)
Index(
    "uq_role_held_now",
    role_held.c.person_id,
    role_held.c.role,
    role_held.c.area_code,
    role_held.c.organisation,
    unique=True,
    sqlite_where=text("ended_at IS NULL"),
    postgresql_where=text("ended_at IS NULL"),
)

# A browser that is signed in; only the SHA-256 of its token is here.
session = Table(
    "session",
    metadata,
    Column("token_sha256", Text, primary_key=True),
    Column("person_id", Integer, ForeignKey("person.id"), nullable=False),
    Column("began_at", Text, nullable=False),
    Column("seen_at", Text, nullable=False),
    Column("ended_at", Text),
    sqlite_strict=True,
)

# A link, good once, by which a new local person chooses a password.
invitation = Table(
    "invitation",
    metadata,
    Column("token_sha256", Text, primary_key=True),
    Column("person_id", Integer, ForeignKey("person.id"), nullable=False),
    Column("made_at", Text, nullable=False),
    Column("ends_at", Text, nullable=False),
    Column("used_at", Text),
    sqlite_strict=True,
)

# Each try to sign in, so that guessing is slowed down on every server; names only as hashes.
attempt = Table(
    "attempt",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name_sha256", Text, nullable=False),
    Column("address_sha256", Text, nullable=False),
    Column("tried_at", Text, nullable=False),
    Column("worked", Integer, nullable=False),
    sqlite_strict=True,
)
Index("ix_attempt_name", attempt.c.name_sha256, attempt.c.tried_at)
Index("ix_attempt_address", attempt.c.address_sha256, attempt.c.tried_at)

# What a local person's authenticator app and we make codes from, sealed with the server's secret;
# no code of `last_counter` (half minutes since 1970) or before it is taken again.
second_step = Table(
    "second_step",
    metadata,
    Column("person_id", Integer, ForeignKey("person.id"), primary_key=True),
    Column("sealed_secret", Text, nullable=False),
    Column("last_counter", Integer, nullable=False),
    Column("set_up_at", Text, nullable=False),
    sqlite_strict=True,
)

# Somebody whose password was right and who has not typed a code yet. `sealed_secret` is what a new
# person's app is to be given.
sign_in_begun = Table(
    "sign_in_begun",
    metadata,
    Column("token_sha256", Text, primary_key=True),
    Column("person_id", Integer, ForeignKey("person.id"), nullable=False),
    Column("sealed_secret", Text, nullable=False),
    Column("began_at", Text, nullable=False),
    Column("used_at", Text),
    sqlite_strict=True,
)
