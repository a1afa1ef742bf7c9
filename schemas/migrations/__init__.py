"""Alembic migrations, run by `upgrade`; they travel with the program and need no other file."""

from pathlib import Path

from alembic import command
from alembic.config import Config

from schemas.database import Database


def upgrade(database: Database) -> None:
    """Brings the database to this program's tables; does nothing when it is there already."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    with database.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
