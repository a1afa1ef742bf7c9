"""Darlington with eleven terms published, ready for a round on Summer 2025/26."""

from pathlib import Path

from sqlalchemy.engine import URL

from dashboard.commentary import load_sample_commentary
from dashboard.releases.demo import publish_invented_drafts
from loaders.benchmarks import load_packaged
from loaders.load import load_file
from loaders.report import Sender
from schemas.area_settings import load_area_settings
from schemas.database import Database, open_database
from schemas.measure import load_measures
from schemas.migrations import upgrade
from tests.staff.people import demo_people
from tests.staff.summer import SAMPLE, SUMMER


def load_eleven(folder: Path) -> Database:
    """All the sample but Summer 2025/26, published, and people for every role in every area."""
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
    return database
