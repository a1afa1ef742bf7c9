"""${message}."""

import sqlalchemy as sa
from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
KIND = "expand"  # or "contract", with OLDEST: see schemas/migrations/fit.py


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}
