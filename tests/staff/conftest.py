"""A real round to work on: Darlington with eleven terms published and people for every role."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from schemas.database import Database
from tests.dashboard.published import copied
from tests.staff.eleven import load_eleven


@pytest.fixture(scope="session")
def eleven_terms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Nobody may change it: ask for `round_`."""
    database = load_eleven(tmp_path_factory.mktemp("eleven"))
    yield database
    database.close()


@pytest.fixture
def round_(eleven_terms: Database, tmp_path: Path) -> Iterator[Database]:
    """A copy of `eleven_terms` that a test may work on."""
    database = copied(eleven_terms, tmp_path)
    yield database
    database.close()
