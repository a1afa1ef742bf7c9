"""An empty book to put figures into, on a real SQLite."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from schemas.database import Database, open_database
from schemas.migrations import upgrade
from tests.dashboard.published import copied
from tests.staff.checks.builders import Book


@pytest.fixture(scope="session")
def empty_tables(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    folder = tmp_path_factory.mktemp("checks")
    database = open_database(URL.create("sqlite", database=str(folder / "empty.sqlite3")))
    upgrade(database)
    yield database
    database.close()


@pytest.fixture
def book(empty_tables: Database, tmp_path: Path) -> Iterator[Book]:
    database = copied(empty_tables, tmp_path)
    yield Book(database)
    database.close()
