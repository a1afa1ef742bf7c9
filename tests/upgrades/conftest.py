"""Each release's database, brought to this program's tables once for all that only look at it."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy.engine import URL

from schemas.database import Database, open_database
from schemas.migrations import upgrade
from tests.conftest import _new_postgresql
from tests.upgrades.old import RELEASES, Old, put_into_postgresql, unpack

KINDS = ("sqlite", "postgresql")


class Brought(NamedTuple):
    """A release's database as it was, and where it stands now."""

    old: Old
    url: URL


@pytest.fixture(scope="session")
def olds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Old]:
    """Every release's database as it was left; nobody may change the files."""
    folder = tmp_path_factory.mktemp("releases")
    return {number: unpack(number, folder) for number in RELEASES}


@pytest.fixture(scope="module", params=[(one, kind) for one in RELEASES for kind in KINDS])
def brought(
    request: pytest.FixtureRequest,
    olds: dict[str, Old],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Brought]:
    """After the upgrade; tests ask for `forward`, or for a copy to change."""
    number, kind = request.param
    old = olds[number]
    folder = tmp_path_factory.mktemp("brought")
    for url in place_of(kind, old, folder, request):
        database = open_database(url)
        upgrade(database)
        database.close()
        yield Brought(old, url)


def place_of(kind: str, old: Old, folder: Path, request: pytest.FixtureRequest) -> Iterator[URL]:
    """A place that holds the release's rows in the release's tables."""
    if kind == "sqlite":
        file = folder / "send-dashboard.sqlite3"
        shutil.copyfile(old.file, file)
        yield URL.create("sqlite", database=str(file))
        return
    for url in _new_postgresql(request.getfixturevalue("postgresql"), "template1"):
        put_into_postgresql(old, url)
        yield url


@pytest.fixture
def forward(brought: Brought) -> Iterator[Database]:
    """The upgraded database, to look at."""
    database = open_database(brought.url)
    yield database
    database.close()


@pytest.fixture
def forward_copy(
    brought: Brought, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Database]:
    """The upgraded database, to work with."""
    if brought.url.get_backend_name() == "sqlite":
        copy = tmp_path / "copy.sqlite3"
        shutil.copyfile(str(brought.url.database), copy)
        urls = iter([URL.create("sqlite", database=str(copy))])
    else:
        urls = _new_postgresql(request.getfixturevalue("postgresql"), str(brought.url.database))
    for url in urls:
        database = open_database(url)
        yield database
        database.close()


@pytest.fixture(params=KINDS)
def unbrought(
    request: pytest.FixtureRequest, olds: dict[str, Old], tmp_path: Path
) -> Iterator[Brought]:
    """The oldest release that had every kind of step before it: not upgraded yet."""
    old = olds["0.2"]
    for url in place_of(request.param, old, tmp_path, request):
        yield Brought(old, url)
