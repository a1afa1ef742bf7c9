"""A database that was used: figures published to everyone, and the record of it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from schemas.database import Database, open_database
from tests.conftest import _new_postgresql
from tests.operations.used import Place, publish_small, settle


@pytest.fixture(scope="session")
def used_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file to be copied: publishing takes longer than most tests."""
    place = Place(tmp_path_factory.mktemp("used"))
    publish_small(place.url)
    settle(place.file)
    return place.file


@pytest.fixture(scope="session")
def used_name(postgresql: URL) -> Iterator[str]:
    """The name of a PostgreSQL database to be copied."""
    for url in _new_postgresql(postgresql, "template1"):
        publish_small(url)
        yield str(url.database)


@pytest.fixture
def opened() -> Iterator[Callable[[URL], Database]]:
    """Opens a database, and closes it at the end."""
    held: list[Database] = []

    def one(url: URL) -> Database:
        held.append(open_database(url))
        return held[-1]

    yield one
    for database in held:
        database.close()


@pytest.fixture
def used_sqlite(used_file: Path, tmp_path: Path, opened: Callable[[URL], Database]) -> Database:
    """Published to everyone, in a folder of its own that a test may change."""
    place = Place(tmp_path / "var")
    place.folder.mkdir()
    shutil.copy(used_file, place.file)
    return opened(place.url)


@pytest.fixture
def used_postgresql(
    used_name: str, postgresql: URL, opened: Callable[[URL], Database]
) -> Iterator[Database]:
    for url in _new_postgresql(postgresql, used_name):
        yield opened(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def used(request: pytest.FixtureRequest) -> Database:
    """The same on SQLite and on PostgreSQL."""
    database: Database = request.getfixturevalue(f"used_{request.param}")
    return database


@pytest.fixture
def empty_place(used: Database, tmp_path: Path, request: pytest.FixtureRequest) -> URL:
    """A place with nothing in it, of the kind of `used`."""
    if used.read.dialect.name == "sqlite":
        return Place(tmp_path / "empty").url
    url: URL = request.getfixturevalue("new_postgresql")
    return url
