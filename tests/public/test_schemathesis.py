"""The API under a tester that knows nothing of it but its own description.

`schemathesis` is a program of its own: it asks a real server over HTTP, by every check it has.
"""

import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import URL
from waitress.server import create_server

from dashboard import create_app
from dashboard.public.api.build import build_files
from dashboard.public.storing import keep_bundle
from schemas.database import open_database
from schemas.migrations import upgrade
from tests.public import small_publications as small
from tests.public.builders import figure, release

ENGLAND = "E92000001"
DFE = "Department for Education, Education, health and care plans"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real server with two editions: an older one, and the newest with the API of a release."""
    path = tmp_path_factory.mktemp("api") / "api.sqlite3"
    database = open_database(URL.create("sqlite", database=str(path)))
    upgrade(database)
    small.kept(database, "2024-25-summer-v1.0")
    version = small.published(database)
    figures = [
        figure(),
        figure(category="primary", breakdown="phase", symbol="c"),
        figure(period="2024-25 summer", period_start="2025-05-01", period_end="2025-08-31"),
        figure(area_code=ENGLAND, source=DFE, version="2026", invented=False),
    ]
    made = small.bundle(version, files=[*build_files(release(*figures))])
    with database.writing() as connection:
        keep_bundle(connection, made)
    server = create_server(create_app(database), host="127.0.0.1", port=0)
    threading.Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    database.close()


def find_program() -> str:
    beside = Path(sys.executable).parent / "schemathesis"
    found = str(beside) if beside.is_file() else shutil.which("schemathesis")
    if not found:
        pytest.skip("schemathesis is not installed (pip install schemathesis)")
    return found


def test_schemathesis_finds_nothing(address: str, tmp_path: Path) -> None:
    description = f"{address}/api/v1/openapi.json"
    told = subprocess.run(
        [
            *(find_program(), "run", description, "--checks", "all", "--continue-on-failure"),
            *("--max-examples", "20", "--seed", "25", "--warnings", "off"),
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert told.returncode == 0, told.stdout[-6000:] + told.stderr[-2000:]
