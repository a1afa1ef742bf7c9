"""Makes the databases that are set side by side, each grown from the one before it."""

import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy.engine import URL

from dashboard.access.demo_people import add_demo_people
from dashboard.plan.sample import load_sample_plan
from dashboard.releases.everyone import renew_pages
from loaders.benchmarks import load_packaged
from schemas.database import Database, open_database
from schemas.measure import load_measures
from schemas.migrations import upgrade
from tests.dashboard.published import load_published
from tests.scale.areas import OWN, every_area, settings_of
from tests.scale.cluster import names, new_database
from tests.scale.fill import TERMS, fill_areas
from tests.scale.pattern import Pattern, read_pattern


def make_pattern() -> Pattern:
    """Of the demonstration, loaded by the program from its workbooks."""
    with TemporaryDirectory() as folder:
        database = load_published(Path(folder))
        load_sample_plan(database)
        pattern = read_pattern(database, OWN)
        database.close()
        return pattern


def build(server: URL, sizes: Sequence[int]) -> None:
    """The databases `areas_1`, `areas_10` and so on that are not there yet."""
    there, pattern = set(names(server)), None
    for before, number in zip((0, *sizes), sizes, strict=False):
        name = f"areas_{number}"
        if name in there:
            continue
        pattern = pattern or make_pattern()
        began = time.monotonic()
        like = f"areas_{before}" if before else "template1"
        database = open_database(new_database(server, name, like))
        if not before:
            begin(database)
        add_areas(database, pattern, before, number)
        _finish(database, first=not before)
        database.close()
        print(f"{name}: {time.monotonic() - began:.0f} s", flush=True)


def begin(database: Database) -> None:
    """The tables, as the migrations make them, the packaged figures and the people."""
    upgrade(database)
    load_packaged(database, load_measures())
    add_demo_people(database, settings_of(every_area()[:1]).areas.values())


def add_areas(
    database: Database, pattern: Pattern, before: int, number: int, terms: int = TERMS
) -> None:
    """Those from one number to another, published."""
    every = every_area()
    fill_areas(database, pattern, every[before:number], every, terms)


def _finish(database: Database, first: bool) -> None:
    """The first area's pages for everyone, made by the program; and what PostgreSQL knows of its
    tables brought up to date."""
    if first:
        why = renew_pages(database, None, OWN, settings_of(every_area()[:1]))
        assert why == "", why
    if database.write.dialect.name == "postgresql":
        with database.write.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
