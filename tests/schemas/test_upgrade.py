"""A database that holds figures of an earlier release of the program is brought forward whole."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import text
from sqlalchemy.engine import URL

import schemas.migrations
from schemas.database import Database, open_database
from schemas.migrations import upgrade

_OLD = (
    "INSERT INTO release (id, area_code, term) VALUES (1, 'E06000005', '2025-26 autumn')",
    "INSERT INTO release_version (id, release_id, number, state, invented, created_at, "
    "published_at) VALUES (1, 1, 1, 'superseded', 0, '2026-01-01', '2026-01-02'), "
    "(2, 1, 2, 'corrected', 0, '2026-02-01', '2026-02-02'), "
    "(3, 1, 3, 'draft', 0, '2026-03-01', NULL)",
    "INSERT INTO commentary (area_code, measure_id, term, what_happened, why, action, "
    "written_by_role, written_at) VALUES ('E06000005', 'ehcp_20w_excl', '2025-26 autumn', 'More', "
    "'Staff', 'Hire', 'Head of SEND', '2026-01-03')",
)


def test_what_was_published_with_0_2_keeps_its_place_and_gets_a_label(database_url: URL) -> None:
    database = open_database(database_url)
    _upgrade_to(database, "0002")
    with database.writing() as connection:
        for statement in _OLD:
            connection.execute(text(statement))
    upgrade(database)
    with database.reading() as connection:
        versions = connection.execute(
            text("SELECT number, state, label FROM release_version ORDER BY id")
        ).all()
        words = connection.execute(text("SELECT what_happened, returned_at FROM commentary")).all()
    assert [tuple(one) for one in versions] == [
        (1, "superseded", "1.0"),
        (2, "corrected", "2.0"),
        (3, "draft", None),
    ]
    assert [tuple(one) for one in words] == [("More", None)]
    database.close()


def _upgrade_to(database: Database, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(schemas.migrations.__file__).parent))
    config.set_main_option("path_separator", "os")
    with database.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
