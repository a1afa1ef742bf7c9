"""The demonstration's database for tests: packaged figures, all sample terms, published."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import URL

from dashboard.commentary import load_sample_commentary
from dashboard.releases.demo import publish_invented_drafts
from loaders.benchmarks import load_packaged
from loaders.load import load_file
from loaders.report import Sender
from schemas.database import Database, open_database
from schemas.measure import load_measures
from schemas.migrations import upgrade
from schemas.resources import resource_folder


def load_published(folder: Path) -> Database:
    """Twelve invented terms of Darlington; County Durham has none."""
    database = open_database(URL.create("sqlite", database=str(folder / "published.sqlite3")))
    upgrade(database)
    load_packaged(database, load_measures())
    for path in sorted((resource_folder("data") / "sample").glob("*.xlsx")):
        report = load_file(database, path.read_bytes(), path.name, Sender(invented=True))
        assert report.loaded, report.message
    assert publish_invented_drafts(database) == 12
    assert load_sample_commentary(database) == 6
    return database


def copied(database: Database, folder: Path) -> Database:
    """A copy that a test may change."""
    copy = folder / "copy.sqlite3"
    original = sqlite3.connect(str(database.read.url.database))
    with closing(original), closing(sqlite3.connect(copy)) as target:
        original.backup(target)
    return open_database(URL.create("sqlite", database=str(copy)))
