"""The server on the loaded database, made once for all tests of the pages."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dashboard import create_app
from schemas.database import Database


@pytest.fixture(scope="session")
def server(published: Database) -> Flask:
    return create_app(published)


@pytest.fixture
def client(server: Flask) -> FlaskClient:
    return server.test_client()
