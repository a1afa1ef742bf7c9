"""Fixtures every test may ask for: a real SQLite, PostgreSQL and Chromium, and the shared files."""

import glob
import os
import shutil
import subprocess
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL

from schemas.database import Database, open_database
from schemas.migrations import upgrade
from tests.dashboard.published import load_published
from tests.public.attacker.editions import Editions, make_editions

# The servers of the tests are demonstrations unless a test says otherwise.
os.environ["SEND_DEMO"] = "1"
# No test fails because the machine was busy.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
_QUIET = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


# The files that take minutes begin first, so that no process is left alone with one at the end.
_LONG = (
    "guides",
    "many",
    "forward",
    "recipes",
    "kill",
    "walks",
    "matrix",
    "hostile_form",
    "round",
    "staff_pages",
    "every_page",
    "attacker",
    "sample_site",
    "schemathesis",
    "everyone",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not any(name in item.path.stem for name in _LONG))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of knowledge and published files that lies beside a working checkout."""
    if not (SHARED / "benchmarks").is_dir():
        pytest.skip("the published files (../shared) are not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[URL]:
    """A PostgreSQL server of our own, on a socket in a temporary folder."""
    programs = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda p: int(p.split("/")[4]))
    if not programs:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    folder = Path(subprocess.check_output(["mktemp", "-d"], text=True).strip())
    yield from _serve_postgresql(Path(programs[-1]), folder)


def _serve_postgresql(programs: Path, folder: Path) -> Iterator[URL]:
    data, socket = folder / "data", folder
    run: list[str] = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(folder, "postgres", "postgres")
        run = [
            "setpriv",
            "--reuid=postgres",
            "--regid=postgres",
            "--clear-groups",
            "env",
            "-C",
            "/",
        ]
    init = ["-D", data, "-U", "app", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    subprocess.run([*run, programs / "initdb", *init], check=True, capture_output=True)
    # Each process that a test kills leaves its connection behind for a while.
    options = f"-c listen_addresses='' -k {socket} -c fsync=off -c max_connections=500"
    control = [*run, programs / "pg_ctl", "-D", data, "-w"]
    start = [*control, "-l", folder / "log", "-o", options, "start"]
    subprocess.run(start, check=True, stdout=subprocess.DEVNULL)
    try:
        yield URL.create(
            "postgresql+psycopg", username="app", database="postgres", query={"host": str(socket)}
        )
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=True, capture_output=True)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> URL:
    return URL.create("sqlite", database=str(tmp_path / "test.sqlite3"))


@pytest.fixture
def new_postgresql(postgresql: URL) -> Iterator[URL]:
    """A fresh database on the PostgreSQL server."""
    yield from _new_postgresql(postgresql, "template1")


def _new_postgresql(postgresql: URL, like: str) -> Iterator[URL]:
    name = f"test_{uuid.uuid4().hex}"
    engine = create_engine(postgresql, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {like}"))
    yield postgresql.set(database=name)
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> URL:
    """Every test that asks for it runs on both databases."""
    fixture = "sqlite_url" if request.param == "sqlite" else "new_postgresql"
    url: URL = request.getfixturevalue(fixture)
    return url


@pytest.fixture(scope="session")
def sqlite_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the tables made, to be copied: making them takes longer than most tests."""
    path = tmp_path_factory.mktemp("tables") / "tables.sqlite3"
    _make_tables(URL.create("sqlite", database=str(path)))
    return path


@pytest.fixture(scope="session")
def postgresql_tables(postgresql: URL) -> Iterator[str]:
    """The name of a database with the tables made, to be copied."""
    for url in _new_postgresql(postgresql, "template1"):
        _make_tables(url)
        yield str(url.database)


def _make_tables(url: URL) -> None:
    database = open_database(url)
    upgrade(database)
    database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database with its tables, on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        path = tmp_path / "test.sqlite3"
        shutil.copyfile(request.getfixturevalue("sqlite_tables"), path)
        urls = iter([URL.create("sqlite", database=str(path))])
    else:
        tables: str = request.getfixturevalue("postgresql_tables")
        urls = _new_postgresql(request.getfixturevalue("postgresql"), tables)
    for url in urls:
        database = open_database(url)
        yield database
        database.close()


@pytest.fixture
def open_again(database: Database) -> Iterator[Callable[[], Database]]:
    """Opens the same database once more, as another process would."""
    opened: list[Database] = []

    def again() -> Database:
        opened.append(open_database(database.write.url))
        return opened[-1]

    yield again
    for one in opened:
        one.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a process; skipped with a reason where there is none."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=_QUIET)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Twelve invented terms for the partnership, nothing for everyone; not to be written to."""
    database = load_published(tmp_path_factory.mktemp("published"))
    yield database
    database.close()


@pytest.fixture(scope="session")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Editions:
    """Two publications of Darlington to everyone, after real disclosure control; they take a
    minute, and are not to be written to."""
    return make_editions(tmp_path_factory.mktemp("editions"))
