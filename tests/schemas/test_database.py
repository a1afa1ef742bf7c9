"""The database: both kinds, their tables and their guards."""

from collections.abc import Callable

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DatabaseError, IntegrityError

from schemas.database import Database
from schemas.migrations import upgrade
from schemas.tables import metadata, release, release_version


def test_the_migrations_make_the_tables_the_program_knows(database: Database) -> None:
    upgrade(database)  # a second time changes nothing
    with database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(DatabaseError), database.reading() as connection:
        connection.execute(insert(release).values(area_code="E06000005", term="2025-26 autumn"))


def test_a_transaction_that_fails_leaves_nothing(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        _write_and_fail(database)
    with database.reading() as connection:
        assert connection.execute(select(release)).all() == []


def _write_and_fail(database: Database) -> None:
    with database.writing() as connection:
        connection.execute(insert(release).values(area_code="E06000005", term="2025-26 autumn"))
        raise ZeroDivisionError


def test_a_release_has_at_most_one_draft(database: Database) -> None:
    with database.writing() as connection:
        made = connection.execute(
            insert(release).values(area_code="E06000005", term="2025-26 autumn")
        )
        row = {
            "release_id": made.inserted_primary_key[0],
            "state": "draft",
            "invented": 0,
            "created_at": "2026-01-01T00:00:00",
        }
    with pytest.raises(IntegrityError), database.writing() as connection:
        connection.execute(insert(release_version), [row | {"number": n} for n in (1, 2)])


def test_foreign_keys_are_kept(database: Database) -> None:
    row = {"release_id": 99, "number": 1, "state": "draft", "invented": 0, "created_at": ""}
    with pytest.raises(IntegrityError), database.writing() as connection:
        connection.execute(insert(release_version).values(row))


def test_a_writer_waits_for_another_and_loses_nothing(
    database: Database, open_again: Callable[[], Database]
) -> None:
    other = open_again()
    with database.writing() as connection:
        connection.execute(insert(release).values(area_code="E06000005", term="1"))
    with other.writing() as connection:
        connection.execute(insert(release).values(area_code="E06000005", term="2"))
        terms = connection.scalars(text("SELECT term FROM release ORDER BY term")).all()
    assert terms == ["1", "2"]
