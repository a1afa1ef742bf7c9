"""Sixty slow senders and four who send bombs: everyone else is served. How quickly is measured by
`python -m tests.faults.slow`; a busy machine would make a timed test fail by chance."""

from pathlib import Path

from sqlalchemy.engine import URL

from dashboard.access.sessions import begin_session
from schemas.database import open_database
from tests.faults.deployment import deployed
from tests.faults.ground import EASY_READ, SEND_IN, Reader, prepare, told_of
from tests.faults.slow import besiege


def test_slow_senders_and_bombs_keep_nobody_from_reading(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    folder.mkdir()
    url = URL.create("sqlite", database=str(folder / "send-dashboard.sqlite3"))
    people = prepare(url)
    database = open_database(url)
    tokens = [begin_session(database, people["council-analyst"], "test") for _ in range(4)]
    with deployed(told_of(url, folder), tmp_path / "lines.log") as deployment:
        workers = deployment.workers
        public, bombs = besiege(deployment.port, tokens, seconds=10, readers=4)
        assert len(public.seconds) > 10
        assert {*public.seen} <= {200, 302, 308, 404}
        assert {*bombs.seen} <= {303, 422}, "each is refused in a sentence"
        assert Reader(deployment.port).get(EASY_READ).status == 200
        assert Reader(deployment.port, tokens[0]).get(SEND_IN).status == 200
        assert deployment.workers == workers, "no process died of a bomb"
    database.close()
