"""An upgrade that is killed leaves the old tables, or the new ones; two at once are one."""

import multiprocessing
import os
import signal
from multiprocessing.connection import Connection as Pipe
from multiprocessing.context import ForkServerProcess
from multiprocessing.synchronize import Barrier
from typing import Any

import pytest
from sqlalchemy import event, make_url

from schemas.database import Database, open_database
from schemas.migrations import upgrade
from tests.upgrades.conftest import Brought
from tests.upgrades.old import newest, print_of, read_rows, revision_of

# At how many places an upgrade is killed, on each database; 200 by SEND_KILLS=200.
ROUNDS = int(os.environ.get("SEND_KILLS", "4"))
NEVER, AT_COMMIT = -1, 0
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kill -9 is for POSIX machines")


def test_kill_9_in_an_upgrade_leaves_the_old_tables_and_a_second_try_completes(
    unbrought: Brought,
) -> None:
    database = open_database(unbrought.url)
    before = (unbrought.old.revision, print_of(unbrought.old.rows))
    statements = _killed(unbrought, AT_COMMIT)
    assert statements > 50
    for number in {1 + statements * one // ROUNDS for one in range(ROUNDS)}:
        assert _state(database, unbrought) == before
        assert _killed(unbrought, min(number, statements)) <= number
    assert _state(database, unbrought) == before
    upgrade(database)
    assert _state(database, unbrought) == (newest(), before[1])
    database.close()


def test_an_upgrade_that_is_killed_once_it_is_done_is_done(unbrought: Brought) -> None:
    database = open_database(unbrought.url)
    upgrade(database)
    assert _killed(unbrought, 1) == 1  # the second program looks, and dies
    assert _state(database, unbrought) == (newest(), print_of(unbrought.old.rows))
    database.close()


def test_two_programs_that_upgrade_at_once_upgrade_once(unbrought: Brought) -> None:
    together = _CONTEXT.Barrier(2)
    both = [_begin(unbrought, NEVER, together) for _ in range(2)]
    said = [_wait(*one) for one in both]
    assert [worker.exitcode for worker, _ in both] == [0, 0]
    database = open_database(unbrought.url)
    assert _state(database, unbrought) == (newest(), print_of(unbrought.old.rows))
    database.close()
    one, other = sorted(made for _, made in said)
    assert (one, other > 20) == (0, True)


def _state(database: Database, unbrought: Brought) -> tuple[str, dict[str, str]]:
    return revision_of(database), print_of(read_rows(database, unbrought.old.rows))


def _killed(unbrought: Brought, number: int) -> int:
    """Upgrades in a process that dies before its statement of that number (or its commit); how
    many it had given."""
    worker, ours = _begin(unbrought, number)
    given, _ = _wait(worker, ours)
    assert worker.exitcode == -signal.SIGKILL
    return given


_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["schemas.migrations", "tests.upgrades.old"])


def _begin(
    unbrought: Brought, number: int, together: Barrier | None = None
) -> tuple[ForkServerProcess, Pipe]:
    ours, theirs = _CONTEXT.Pipe(duplex=False)
    url = unbrought.url.render_as_string(hide_password=False)
    worker = _CONTEXT.Process(target=_upgrade, args=(url, number, together, theirs))
    worker.start()
    theirs.close()
    return worker, ours


def _wait(worker: ForkServerProcess, ours: Pipe) -> tuple[int, int]:
    """How many statements it gave and how many of them made something, when it has ended."""
    assert ours.poll(120)
    said: tuple[int, int] = ours.recv()
    worker.join(60)
    return said


def _upgrade(url: str, number: int, together: Barrier | None, said: Pipe) -> None:
    """The upgrade of one program, which can kill itself as hard as the system can."""
    database = open_database(make_url(url))
    given = made = 0

    def die() -> None:
        said.send((given, made))
        os.kill(os.getpid(), signal.SIGKILL)

    @event.listens_for(database.write, "before_cursor_execute")
    def _count(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        nonlocal given, made
        given += 1
        made += statement.lstrip().startswith("CREATE")
        if given == number:
            die()

    @event.listens_for(database.write, "commit")
    def _commit(_c: Any) -> None:
        if number == AT_COMMIT:
            die()

    if together is not None:
        together.wait(60)
    upgrade(database)
    said.send((given, made))
    database.close()
