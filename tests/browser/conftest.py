"""The loaded database and the server on it, made once for all tests of the pages."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dashboard import create_app
from schemas.database import Database
from tests.dashboard.published import load_published


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = load_published(tmp_path_factory.mktemp("published"))
    yield database
    database.close()


@pytest.fixture(scope="session")
def server(published: Database) -> Flask:
    return create_app(published)


@pytest.fixture
def client(server: Flask) -> FlaskClient:
    return server.test_client()
