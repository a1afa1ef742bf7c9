"""A load that is killed at any moment leaves all of its file or nothing."""

import datetime as dt
import multiprocessing
import os
import random
import time
from collections.abc import Callable
from multiprocessing.synchronize import Event

import pytest
from sqlalchemy import make_url, select

from loaders.definitions import Definitions
from loaders.load import load_file
from loaders.report import Sender
from schemas.database import Database, open_database
from schemas.tables import extract_file, observation
from tests import builders as b

# On each database; 200 by SEND_KILLS=200.
ROUNDS = int(os.environ.get("SEND_KILLS", "12"))
TERMS = [f"{season} {y}/{y - 1999}" for y in range(2021, 2025) for season in ("Autumn", "Spring")]


def _file_of(number: int) -> bytes:
    """Forty rows, all of which say the same number, so that a mixture would show."""
    rows = [
        {"period": term, "phase": phase, "issued": 5000, "issued_excl": 5000}
        | {"within_20w": 4000, "within_20w_excl": number}
        for term in TERMS
        for phase in ("Early years", "Primary", "Secondary", "Post-16", "Post-19")
    ]
    return b.workbook(b.sheets(ehc_timeliness=b.rows("ehc_timeliness", *rows)))


def _load(url: str, number: int, storing: Event) -> None:
    database = open_database(make_url(url))
    real = Definitions.real()
    definitions = Definitions(real.measures, real.extracts, dt.date(2026, 2, 1))

    def progress(step: str) -> None:
        if step == "Storing":
            storing.set()

    name = f"{number}.xlsx"
    load_file(database, _file_of(number), name, Sender(), lambda: definitions, progress)
    database.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kill -9 is for POSIX machines")
def test_kill_9_at_any_moment_of_a_load_leaves_all_or_nothing(
    database: Database, open_again: Callable[[], Database]
) -> None:
    url = database.write.url.render_as_string(hide_password=False)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["loaders.load", "loaders.validate", "tests.builders"])
    chance = random.Random(20251122)
    outcomes = set()
    for number in range(1, ROUNDS + 1):
        storing = context.Event()
        worker = context.Process(target=_load, args=(url, number, storing))
        worker.start()
        # Half the time inside the transaction, which is the short part; else anywhere.
        if number % 2:
            storing.wait(30)
            time.sleep(chance.uniform(0, 0.15))
        else:
            time.sleep(chance.uniform(0.05, 1.5) if number > 2 else 0.05)
        worker.kill()  # SIGKILL
        worker.join(30)
        outcomes.add(_is_whole(open_again(), number))
    _load(url, ROUNDS + 1, context.Event())
    assert _is_whole(database, ROUNDS + 1), "the next load must work as if nothing had happened"
    assert False in outcomes, "no load was interrupted, so nothing was tested"


def _is_whole(database: Database, number: int) -> bool:
    """Whether the file is there; fails when what is there is not one whole file."""
    with database.reading() as connection:
        files = connection.scalars(select(extract_file.c.name).order_by(extract_file.c.id)).all()
        said = connection.scalars(
            select(observation.c.numerator)
            .where(observation.c.measure_id == "ehcp_20w_excl")
            .where(observation.c.breakdown == "phase", observation.c.basis == "in_term")
            .where(observation.c.superseded_by_id.is_(None))
        ).all()
    if not files:
        assert said == []
        return False
    last = int(files[-1].removesuffix(".xlsx"))
    assert set(said) == {float(last)}
    assert len(said) == 5 * len(TERMS)
    return last == number
