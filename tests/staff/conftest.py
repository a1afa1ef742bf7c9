"""A real round to work on: Darlington with eleven terms published and people for every role."""

from collections.abc import Iterator

import pytest
from sqlalchemy.engine import URL

from dashboard.commentary import load_sample_commentary
from dashboard.releases.demo import publish_invented_drafts
from loaders.benchmarks import load_packaged
from loaders.load import load_file
from loaders.report import Sender
from schemas.area import load_area_settings
from schemas.database import Database, open_database
from schemas.measure import load_measures
from schemas.migrations import upgrade
from tests.dashboard.published import copied
from tests.staff.people import demo_people
from tests.staff.summer import SAMPLE, SUMMER


@pytest.fixture(scope="session")
def eleven_terms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """All the sample but Summer 2025/26, published; nobody may change it: ask for `round_`."""
    folder = tmp_path_factory.mktemp("eleven")
    database = open_database(URL.create("sqlite", database=str(folder / "eleven.sqlite3")))
    upgrade(database)
    load_packaged(database, load_measures())
    for path in sorted(SAMPLE.glob("*.xlsx")):
        if path.name != SUMMER:
            report = load_file(database, path.read_bytes(), path.name, Sender(invented=True))
            assert report.loaded, report.message
    assert publish_invented_drafts(database) == 11
    load_sample_commentary(database)
    demo_people(database, *load_area_settings())
    yield database
    database.close()


@pytest.fixture
def round_(eleven_terms: Database, tmp_path: object) -> Iterator[Database]:
    """A copy of `eleven_terms` that a test may work on."""
    database = copied(eleven_terms, tmp_path)  # type: ignore[arg-type]
    yield database
    database.close()
