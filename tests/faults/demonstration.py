"""The demonstration's twelve terms and its pages for everyone, as a production database: what the
long runs are done to. It takes some minutes to make; a folder that holds one already is used."""

import argparse
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from sqlalchemy.engine import URL

from dashboard.access.demo_people import add_demo_people
from dashboard.access.person import Person
from dashboard.access.sessions import begin_session
from dashboard.operations.move import move
from dashboard.plan.sample import load_sample_plan
from dashboard.releases.everyone import find_areas_without_pages, renew_pages
from dashboard.settings import Settings
from schemas.area_settings import load_area_settings
from schemas.database import Database, open_database
from tests.dashboard.published import load_published
from tests.faults.deployment import deployed
from tests.faults.ground import rename, told_of
from tests.faults.load import Memory, database_of

FILE = "send-dashboard.sqlite3"


class Served(NamedTuple):
    """A deployment that is being watched: its port, tokens of people who are signed in, of a
    partner and an analyst by turns, and what its processes hold."""

    port: int
    tokens: list[str]
    memory: Memory


def arguments(about: str, minutes: float) -> argparse.ArgumentParser:
    """What every long run may be told."""
    asked = argparse.ArgumentParser(description=about)
    asked.add_argument("--minutes", type=float, default=minutes)
    asked.add_argument("--workers", type=int, default=2)
    asked.add_argument("--database", choices=("sqlite", "postgresql"), default="postgresql")
    asked.add_argument("--made", type=Path, default=Path("var/faults"), help="the demonstration")
    return asked


@contextmanager
def served(given: argparse.Namespace, signed_in: int) -> Iterator[Served]:
    """The demonstration in production, with so many people signed in."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "var"
        with database_of(given.database, folder) as url:
            put_into(url, make(given.made), folder)
            database = open_database(url)
            tokens = sign_in(database, signed_in)
            told = told_of(url, folder, SEND_WORKERS=str(given.workers))
            with deployed(told, folder / "lines.log") as deployment:
                processes = {f"process {n}": one for n, one in enumerate(deployment.workers, 1)}
                with Memory(processes) as memory:
                    yield Served(deployment.port, tokens, memory)
            database.close()


def make(folder: Path) -> Path:
    """The file in the folder, made unless it is there."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / FILE
    if file.exists():
        return file
    database = load_published(folder)
    load_sample_plan(database)
    settings = Settings()
    for code in find_areas_without_pages(database, settings):
        renew_pages(database, None, code, settings)
    made = Path(str(database.read.url.database))
    database.close()
    made.rename(file)
    return file


def put_into(url: URL, made: Path, folder: Path) -> None:
    """A copy of the file where the server will look: in its folder, or in a PostgreSQL."""
    if url.get_backend_name() == "sqlite":
        folder.mkdir(exist_ok=True)
        shutil.copy(made, folder / FILE)
        return
    move(URL.create("sqlite", database=str(made)), url)


def sign_in(database: Database, count: int) -> list[str]:
    """Tokens of so many sessions of a partner and an analyst."""
    every = add_demo_people(database, load_area_settings().values())
    people = {one.sign_in_name.removeprefix("demo-"): one for one in every}
    rename(database, people)
    some: list[Person] = [people["partner"], people["council-analyst"]]
    return [begin_session(database, some[number % 2], "test") for number in range(count)]
