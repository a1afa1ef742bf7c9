"""The demonstration's figures, gathered once for all tests of what a pack says."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dashboard import create_app
from dashboard.edition import Edition
from dashboard.packs.asked import Asked, Template
from dashboard.packs.gather import build_pack
from dashboard.packs.pack import Numbers, Pack
from dashboard.queries.editions import get_newest_edition
from dashboard.settings import Settings
from schemas.database import Database

AREA = "E06000005"
Gather = Callable[..., Pack]


@pytest.fixture(scope="session")
def settings() -> Settings:
    return Settings()


@pytest.fixture(scope="session")
def newest(published: Database) -> Edition:
    return newest_of(published)


@pytest.fixture(scope="session")
def gather(published: Database, settings: Settings, newest: Edition) -> Gather:
    """A pack of the newest edition, made once for each template."""
    made: dict[Asked, Pack] = {}

    def one(template: Template = "full", theme: str = "", numbers: Numbers = "true") -> Pack:
        asked = Asked(template, theme, numbers)
        if asked not in made:
            made[asked] = build_pack(published, settings, settings.areas[AREA], newest, asked)
        return made[asked]

    return one


@pytest.fixture(scope="session")
def server(published: Database) -> Flask:
    return create_app(published)


@pytest.fixture
def client(server: Flask) -> FlaskClient:
    return server.test_client()


def newest_of(database: Database) -> Edition:
    with database.reading() as connection:
        found = get_newest_edition(connection, AREA)
    assert found is not None
    return found
