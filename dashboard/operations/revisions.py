"""The migrations this program knows, so that a newer database is told from an older one."""

from functools import cache
from importlib.metadata import version
from pathlib import Path

from alembic.script import ScriptDirectory

import schemas.migrations


@cache
def known_revisions() -> tuple[str, ...]:
    """Newest first."""
    scripts = ScriptDirectory(str(Path(schemas.migrations.__file__).parent))
    return tuple(script.revision for script in scripts.walk_revisions())


def newest_revision() -> str:
    return known_revisions()[0]


def program_version() -> str:
    return version("send-dashboard")
