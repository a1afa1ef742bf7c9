"""Which program may serve which tables: expand, then contract.

Several copies serve one database, and are replaced one after the other, so the tables change in
two steps. A migration says which of them it is:

    KIND = "expand"     adds tables, columns that may be left out, and indexes. It drops, renames
                        and tightens nothing that was there, so every copy that runs goes on, and a
                        copy of the program before it may still be started.
    KIND = "contract"   takes away what only older programs use. It names in OLDEST the first
                        revision whose program does without it; that program has to have been
                        released before, and no older one may serve from then on.

Beside the revision of its tables a database therefore says, since 0006, the oldest revision whose
program may serve it.
"""

from enum import Enum, auto
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

_VERSIONS = "alembic_version"


class Fit(Enum):
    """How a database's tables stand to this program.

    `none`: there are none. `ours`: they are this program's. `behind`: they have to be brought
    forward. `ahead`: a newer program added to them, and this one may serve them. `beyond`: a newer
    program took away what this one needs.
    """

    none = auto()
    ours = auto()
    behind = auto()
    ahead = auto()
    beyond = auto()


class Tables(NamedTuple):
    """The revision of a database's tables, and the oldest one whose program may serve them; each
    "" where nothing says so."""

    revision: str
    oldest: str

    @property
    def fit(self) -> Fit:
        """How they stand to this program."""
        known = known_revisions()
        if not self.revision:
            return Fit.none
        if self.revision in known:
            return Fit.ours if self.revision == known[0] else Fit.behind
        return Fit.ahead if self.oldest in known else Fit.beyond


def read_tables(connection: Connection) -> Tables:
    """What a database says of its tables."""
    if not inspect(connection).has_table(_VERSIONS):
        return Tables("", "")
    row = connection.execute(text(f"SELECT * FROM {_VERSIONS}")).mappings().first()
    return Tables(row["version_num"], row.get("oldest") or "") if row else Tables("", "")


@cache
def known_revisions() -> tuple[str, ...]:
    """The migrations this program knows, newest first."""
    scripts = ScriptDirectory(str(Path(__file__).parent))
    return tuple(script.revision for script in scripts.walk_revisions())


def newest_revision() -> str:
    return known_revisions()[0]


def note_oldest(ctx: Any, step: Any, heads: Any, run_args: Any) -> None:
    """Alembic calls it after each migration, in its transaction: a contract one leaves the
    programs behind that need what it took away."""
    migration = step.up_revision.module
    if getattr(migration, "KIND", "") == "contract":
        change = text(f"UPDATE {_VERSIONS} SET oldest = :oldest")
        ctx.connection.execute(change, {"oldest": migration.OLDEST})
