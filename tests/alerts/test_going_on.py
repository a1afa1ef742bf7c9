"""The server's own looks go on after whatever went wrong in one of them."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from dashboard.alerts.due import keep_telling
from dashboard.hosting import demonstration
from dashboard.releases.due import keep_publishing
from dashboard.settings import Settings
from schemas.database import Database, open_database

EVERY = 0.05  # seconds between two looks


def begin_telling(database: Database) -> threading.Event:
    return keep_telling(database, Settings(), demonstration(), EVERY)


def begin_publishing(database: Database) -> threading.Event:
    return keep_publishing(database, Settings(), EVERY)


@pytest.mark.parametrize(
    ("begin", "said"),
    [
        (begin_telling, "What there is to tell could not be told; it is tried again"),
        (begin_publishing, "What is due could not be published; it is tried again"),
    ],
)
def test_a_database_that_cannot_be_read_does_not_end_the_looks(
    begin: Callable[[Database], threading.Event],
    said: str,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """What a damaged file raises is no error of the library, so it was not caught once."""
    file = tmp_path / "damaged.sqlite3"
    file.write_bytes(b"This is no database. " * 500)
    before = set(threading.enumerate())
    stop = begin(open_database(URL.create("sqlite", database=str(file))))
    until = time.monotonic() + 20
    while caplog.messages.count(said) < 3 and time.monotonic() < until:
        time.sleep(EVERY)
    assert caplog.messages.count(said) >= 3
    [looking] = set(threading.enumerate()) - before
    assert looking.is_alive()
    stop.set()
    looking.join(20)
