"""An accepting that is killed at any moment has accepted all of the file or none of it."""

import json
import multiprocessing
import os
import random
import time
from collections.abc import Callable
from multiprocessing.synchronize import Event

import pytest
from sqlalchemy import event, func, make_url, select

from dashboard.access.person import Person
from dashboard.record import find_breaks
from dashboard.releases.changes import accept, see_changes
from dashboard.releases.submissions import send_in
from schemas.database import Database, open_database
from schemas.round_tables import act, attestation, submission
from schemas.tables import extract_file, observation
from tests.staff.people import DARLINGTON, demo_people
from tests.staff.round_of_one import timeliness_file

# On each database, about a second each; 200 by SEND_KILLS=200.
ROUNDS = int(os.environ.get("SEND_KILLS", "10"))
PHASES = ("Early years", "Primary", "Secondary", "Post-16", "Post-19")


def _file_of(number: int) -> bytes:
    """Rows that all say the same number, so that a mixture would show."""
    numbers = {"issued": 5000, "issued_excl": 5000, "within_20w": 4000, "within_20w_excl": number}
    return timeliness_file(*({"phase": phase} | numbers for phase in PHASES))


def _accept(url: str, person: Person, number: int, shown: str, begun: Event, told: Event) -> None:
    database = open_database(make_url(url))
    event.listen(database.write, "begin", lambda _connection: begun.set())
    accept(database, person, DARLINGTON, number, shown)
    told.set()  # somebody has seen that it is accepted
    database.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kill -9 is for POSIX machines")
def test_kill_9_at_any_moment_of_accepting_leaves_all_or_nothing(
    database: Database, open_again: Callable[[], Database]
) -> None:
    person = demo_people(database)["council-analyst"]
    url = database.write.url.render_as_string(hide_password=False)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(
        ["dashboard.releases.changes", "loaders.validate", "loaders.store", "tests.builders"]
    )
    chance = random.Random(20261122)
    outcomes = set()
    for number in range(1, ROUNDS + 1):
        sent = send_in(database, person, DARLINGTON, _file_of(number), f"{number}.xlsx", {})
        shown = see_changes(database, person, DARLINGTON, sent.id).changes.sha256
        begun, told = context.Event(), context.Event()
        args = (url, person, sent.id, shown, begun, told)
        worker = context.Process(target=_accept, args=args)
        worker.start()
        if number % 4:  # inside the transaction, which is the short part, or as it ends
            assert begun.wait(60)
            time.sleep(chance.uniform(0, 0.06))
        else:
            time.sleep(chance.uniform(0.05, 0.6))
        worker.kill()  # SIGKILL
        worker.join(30)
        done = _is_whole(open_again(), sent.id, number)
        assert done or not told.is_set(), "it was acknowledged, and is lost"
        outcomes.add(done)
    assert False in outcomes, "no accepting was interrupted, so nothing was tested"
    last = send_in(database, person, DARLINGTON, _file_of(4000), "last.xlsx", {})
    shown = see_changes(database, person, DARLINGTON, last.id).changes.sha256
    accept(database, person, DARLINGTON, last.id, shown)
    assert _is_whole(database, last.id, 4000), "the next one works as if nothing had happened"


def _is_whole(database: Database, submission_id: int, number: int) -> bool:
    """Whether the file is accepted; fails when it is only partly so."""
    with database.reading() as connection:
        sent = connection.execute(select(submission).where(submission.c.id == submission_id)).one()
        files = connection.scalar(select(func.count()).select_from(extract_file))
        answers = connection.scalar(select(func.count()).select_from(attestation))
        acts = connection.scalar(
            select(func.count()).select_from(act).where(act.c.what == "accepted")
        )
        assert files == answers == acts, "a file, who answers for it and its act are one"
        assert not list(find_breaks(connection))
        said = connection.scalars(
            select(observation.c.numerator)
            .where(observation.c.measure_id == "ehcp_20w_excl")
            .where(observation.c.breakdown == "phase", observation.c.basis == "in_term")
            .where(observation.c.superseded_by_id.is_(None))
        ).all()
        assert len(set(said)) <= 1, "figures of two files"
        assert len(said) in (0, len(PHASES))
        mine = connection.scalar(
            select(func.count())
            .select_from(observation)
            .where(observation.c.extract_file_id == sent.extract_file_id)
        )
    assert (sent.state == "accepted") == (sent.content is None) == bool(mine)
    assert (sent.state == "accepted") == (set(said) == {float(number)})
    assert json.loads(sent.report)["extracts"]
    return bool(sent.state == "accepted")
