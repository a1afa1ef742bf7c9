"""Migrations of programs that are yet to come, after those this program knows."""

from pathlib import Path

from alembic import command
from alembic.config import Config

import schemas.migrations
from schemas.database import Database
from schemas.migrations.fit import newest_revision

_ADDS = 'op.add_column("release", sa.Column("colour", sa.Text()))'
_TAKES = 'op.drop_table("digest_sent")'


def expanded(database: Database, folder: Path) -> None:
    """The tables of the next program, which only added to them."""
    _write(folder, "9001", newest_revision(), 'KIND = "expand"', _ADDS)
    run(database, "9001", folder)


def contracted(database: Database, folder: Path) -> None:
    """Those of the one after it, which took away what the next one does not need any more."""
    _write(folder, "9002", "9001", 'KIND = "contract"\nOLDEST = "9001"', _TAKES)
    run(database, "9002", folder)


def run(database: Database, revision: str, *folders: Path) -> None:
    """Migrates to a revision, as a program does that has these folders of migrations besides."""
    own = Path(schemas.migrations.__file__).parent
    config = Config()
    config.set_main_option("script_location", str(own))
    config.set_main_option("path_separator", "os")
    places = [own / "versions", *folders]
    config.set_main_option("version_locations", ":".join(map(str, places)))
    with database.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def _write(folder: Path, revision: str, after: str, kind: str, change: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"{revision}_later.py").write_text(
        f'import sqlalchemy as sa\nfrom alembic import op\n\nrevision = "{revision}"\n'
        f'down_revision = "{after}"\n{kind}\n\n\ndef upgrade() -> None:\n    {change}\n'
    )
