"""A closed server over an empty database, for every test of these files."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.engine import URL

from dashboard import create_app
from schemas.database import Database, open_database
from schemas.migrations import upgrade
from tests.access.people import CLOSED


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    folder = tmp_path_factory.mktemp("security")
    database = open_database(URL.create("sqlite", database=str(folder / "one.sqlite3")))
    upgrade(database)
    yield database
    database.close()


@pytest.fixture(scope="module")
def server(database: Database) -> Flask:
    return create_app(database, hosting=CLOSED)
