"""A database that is measured, with the settings of the areas in it."""

from dataclasses import dataclass

from sqlalchemy.engine import URL

from dashboard.analysis.warm import load_statistics
from dashboard.settings import Settings
from schemas.database import Database, open_database
from schemas.migrations import upgrade
from tests.scale.areas import every_area, settings_of
from tests.scale.clock import Clock


@dataclass(frozen=True)
class Subject:
    """`name` is how the tables call it: so many areas."""

    name: str
    database: Database
    settings: Settings
    clock: Clock


def open_subject(url: URL, areas: int, kind: str = "") -> Subject:
    """With the tables of today's program."""
    load_statistics()  # else in the background, in the first one's time
    database = open_database(url)
    clock = Clock(database)
    upgrade(database)
    return Subject(f"{areas}{kind}", database, settings_of(every_area()[:areas]), clock)
