"""The demonstration with its improvement plan, made once for the tests of the page."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.plan.sample import load_sample_plan
from schemas.area_settings import load_area_settings
from schemas.database import Database
from tests.dashboard.published import copied, load_published
from tests.staff.people import demo_people


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Nobody may change it: ask for `planned`."""
    database = load_published(tmp_path_factory.mktemp("planned"))
    demo_people(database, *load_area_settings())
    assert load_sample_plan(database)
    yield database
    database.close()


@pytest.fixture
def planned(demonstration: Database, tmp_path: Path) -> Iterator[Database]:
    """A copy that a test may change."""
    database = copied(demonstration, tmp_path)
    yield database
    database.close()
