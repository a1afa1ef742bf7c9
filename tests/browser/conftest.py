"""A real server on a real database."""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from dashboard import create_app
from tests.browser.serving import serving
from tests.dashboard.published import load_published


@pytest.fixture(scope="session")
def asked() -> list[str]:
    """The path of every request that reached the server; a browser's cache sends none."""
    return []


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory, asked: list[str]) -> Iterator[str]:
    """Where the dashboard is served, without a last stroke."""
    database = load_published(tmp_path_factory.mktemp("browser"))
    pages = create_app(database)

    def noting(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        asked.append(environ["PATH_INFO"])
        return pages(environ, start)

    with serving(noting) as home:
        yield home
    database.close()
