"""Alembic's entry: runs the migrations on the connection that `upgrade` hands over."""

from alembic import context

import schemas.people_tables
import schemas.plan_tables
import schemas.public_tables
import schemas.round_tables  # noqa: F401 - every table has to be known
from schemas.migrations.fit import note_oldest
from schemas.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
    on_version_apply=note_oldest,
)
with context.begin_transaction():
    context.run_migrations()
