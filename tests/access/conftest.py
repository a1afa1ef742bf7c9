"""Somebody with a password and no app yet, for every test of signing in."""

import pytest

from dashboard.access.person import Person
from dashboard.access.throttle import Throttle
from schemas.database import Database
from tests.access.codes import App
from tests.access.people import PASSWORD, SECRET, account


@pytest.fixture
def kestrel(database: Database) -> Person:
    return account(database, "kestrel", password=PASSWORD)


@pytest.fixture
def throttle(database: Database) -> Throttle:
    return Throttle(database, SECRET)


@pytest.fixture
def app(database: Database) -> App:
    return App(database)
