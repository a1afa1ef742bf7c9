"""Of all who look at the same work one does it, and a turn ends with whoever holds it."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlalchemy.engine import URL

from schemas.database import Database, open_database
from schemas.turn import try_turn

_HOLDER = """
import sys, time
from sqlalchemy import make_url
from schemas.database import open_database
from schemas.turn import try_turn
with try_turn(open_database(make_url(sys.argv[1])), "publish 1") as ours:
    print(ours, flush=True)
    time.sleep(60)
"""


def test_one_at_a_time_has_the_turn(database: Database, open_again: Callable[[], Database]) -> None:
    with try_turn(database, "alerts") as ours, try_turn(open_again(), "alerts") as theirs:
        assert (ours, theirs) == (True, False)
        with try_turn(database, "alerts") as again:
            assert not again, "in the same process neither"
        with try_turn(database, "forget") as other:
            assert other, "other work is not held up"
    with try_turn(open_again(), "alerts") as theirs:
        assert theirs


def test_a_fault_in_the_work_gives_the_turn_back(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), try_turn(database, "publish 1"):
        _ = 1 / 0
    with try_turn(database, "publish 1") as ours:
        assert ours


def test_writing_goes_on_while_somebody_has_a_turn(database: Database) -> None:
    with try_turn(database, "publish 1") as ours, database.writing() as connection:
        connection.execute(text("DELETE FROM session"))
        assert ours


def test_kill_9_ends_the_turn_at_once(database: Database) -> None:
    url = database.write.url.render_as_string(hide_password=False)
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, url], stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "True\n"
    with try_turn(database, "publish 1") as ours:
        assert not ours
    holder.send_signal(signal.SIGKILL)
    holder.communicate()
    until = time.monotonic() + 5
    while time.monotonic() < until:
        with try_turn(database, "publish 1") as ours:
            if ours:
                return
        time.sleep(0.05)
    raise AssertionError("the turn outlived its holder")


def test_a_turn_that_is_lost_spoils_no_work(
    new_postgresql: URL,
) -> None:
    """Its connection breaks, or it took too long: the work goes on, and others may begin."""
    database = open_database(new_postgresql)
    with try_turn(database, "publish 1") as ours:
        assert ours
        with database.reading() as connection:
            connection.execute(text(_END_OTHERS))
        with try_turn(database, "publish 1") as theirs:
            assert theirs
    with database.writing() as connection:
        assert connection.scalar(text("SELECT 1")) == 1
    database.close()


_END_OTHERS = (
    "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted "
    "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)
