"""A publication or a correction that is killed at any moment is done whole, or not at all."""

import multiprocessing
import os
import random
import time
from collections.abc import Callable
from multiprocessing.connection import Connection as Pipe

import pytest
from sqlalchemy import func, make_url, select

from dashboard.access.person import Person
from dashboard.record import find_breaks
from dashboard.releases.corrections import begin_correction
from dashboard.releases.publishing import publish
from dashboard.releases.versions import Version, get_versions
from schemas.database import Database, open_database
from schemas.round_tables import act, public_notice
from schemas.tables import observation
from tests.staff.people import DARLINGTON, demo_people
from tests.staff.signed import notice, to_agreed
from tests.staff.small import TERM, load_small, small_settings

# Of each step, on each database; 200 by SEND_KILLS=200.
ROUNDS = int(os.environ.get("SEND_KILLS", "8"))


def _step(url: str, person: Person, number: int, correct: bool, said: Pipe) -> None:
    """One step in a process of its own, which says when it begins and when it was done."""
    database = open_database(make_url(url))
    with database.reading() as connection:
        connection.execute(select(func.count()).select_from(act))  # the slow part of opening
    settings = small_settings()
    said.send("begins")
    if correct:
        begin_correction(database, person, DARLINGTON, TERM, notice())
    else:
        publish(database, person, DARLINGTON, number, settings)
    said.send("done")
    database.close()


def _killed(url: str, person: Person, number: int, correct: bool, wait: float) -> bool:
    """Whether the step was acknowledged before its process was killed."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["dashboard.releases.publishing", "tests.staff.small"])
    ours, theirs = context.Pipe(duplex=False)
    worker = context.Process(target=_step, args=(url, person, number, correct, theirs))
    worker.start()
    theirs.close()
    assert ours.poll(120)
    assert ours.recv() == "begins"
    time.sleep(wait)
    worker.kill()  # SIGKILL
    worker.join(30)
    try:
        return bool(ours.poll(0) and ours.recv() == "done")
    except EOFError:
        return False


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kill -9 is for POSIX machines")
def test_kill_9_leaves_a_publication_and_a_correction_whole_or_not_done(
    database: Database, open_again: Callable[[], Database]
) -> None:
    people = demo_people(database)
    settings = small_settings()
    load_small(database, 0, people["council-analyst"])
    url = database.write.url.render_as_string(hide_password=False)
    chance = random.Random(20261122)
    longest, outcomes = 0.2, {"done": 0, "not done": 0}
    for number in range(2 * ROUNDS):
        newest = _versions(database)[0]
        correct = newest.was_published
        if not correct:
            newest = _made_ready(database, people, newest)
        actor = people["council-analyst" if correct else "publisher"]
        before = _facts(database)
        acknowledged = _killed(url, actor, newest.id, correct, chance.uniform(0, longest))
        after = _facts(open_again())
        done = _is_whole(open_again(), newest, correct, before, after)
        assert done or not acknowledged, "acknowledged and lost"
        outcomes["done" if done else "not done"] += 1
        longest = max(0.02, longest * (0.8 if done else 1.3))  # so that both come about
        if number % 7 == 6 and not done and correct:
            begin_correction(database, actor, DARLINGTON, TERM, notice())
        elif number % 7 == 6 and not done:
            publish(database, actor, DARLINGTON, newest.id, settings)
    assert min(outcomes.values()) > 0, outcomes


def _made_ready(database: Database, people: dict[str, Person], newest: Version) -> Version:
    if newest.state == "agreed":
        return newest
    return to_agreed(database, people, newest, small_settings())


def _versions(database: Database) -> list[Version]:
    with database.reading() as connection:
        return get_versions(connection, DARLINGTON, TERM)


def _facts(database: Database) -> tuple[object, ...]:
    """Everything that a step changes, counted."""
    with database.reading() as connection:
        assert [*find_breaks(connection)] == []
        counted = tuple(
            connection.scalar(select(func.count()).select_from(table))
            for table in (observation, public_notice, act)
        )
        return (*counted, tuple((v.id, v.state, v.label) for v in _versions(database)))


def _is_whole(
    database: Database,
    newest: Version,
    correct: bool,
    before: tuple[object, ...],
    after: tuple[object, ...],
) -> bool:
    """Whether the step was done; fails when it was done by half."""
    if after == before:
        return False
    versions = _versions(database)
    with database.reading() as connection:
        whats = connection.scalars(select(act.c.what).order_by(act.c.id)).all()
        sizes = [
            connection.scalar(
                select(func.count()).where(
                    observation.c.release_version_id == one.id,
                    observation.c.superseded_by_id.is_(None),
                )
            )
            for one in versions
        ]
        told = connection.scalar(
            select(func.count()).where(public_notice.c.release_version_id == versions[0].id)
        )
    assert len(set(sizes)) == 1, "a copy has all figures"
    if correct:
        assert (versions[0].number, versions[0].state) == (newest.number + 1, "draft")
        assert told == 1
        assert whats[-1] == "began a correction"
        return True
    assert versions[0].state in ("published", "corrected")
    assert versions[0].label
    assert versions[0].published_by_id
    assert {one.state for one in versions[1:]} <= {"superseded"}
    expected = ["published", "superseded"] if versions[1:] else ["published"]
    assert whats[-len(expected) :] == expected
    return True
