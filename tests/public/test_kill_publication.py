"""A publication that is killed at any moment leaves the old one served whole, or is there whole."""

import hashlib
import multiprocessing
import os
import random
import time
from collections.abc import Callable
from multiprocessing.connection import Connection as Pipe

import pytest
from sqlalchemy import func, make_url, select

from dashboard.public.bundle import Bundle
from dashboard.public.files import PublicFile, door_address
from dashboard.public.served import Shelf
from dashboard.public.storing import keep, keep_bundle, next_name, prepare
from schemas.area_settings import load_area_settings
from schemas.database import Database, open_database
from schemas.public_tables import public_body, public_bundle, public_file, public_source
from tests.public import small_publications as small

# On each database; 200 by SEND_KILLS=200.
ROUNDS = int(os.environ.get("SEND_KILLS", "8"))
BASE = "2025-26-summer-v1.0"
_FILES, _BLOCKS = 60, 1_000  # about two megabytes, so that writing them takes its time


def _bundle(version: int, name: str, number: int) -> Bundle:
    """Files that all say the same number, so that a mixture would show."""
    body = b"".join(hashlib.sha256(f"{number} {n}".encode()).digest() for n in range(_BLOCKS))
    heavy = [
        PublicFile(f"data/part-{one}.bin", "application/zip", body + bytes([one]))
        for one in range(_FILES)
    ]
    return small.bundle(version, name, files=[*small.small_files(f"Number {number}"), *heavy])


def _publish(url: str, version: int, number: int, said: Pipe) -> None:
    """One publication in a process of its own, which says when it begins and when it was done."""
    database = open_database(make_url(url))
    with database.reading() as connection:
        packed = prepare(_bundle(version, next_name(connection, small.DARLINGTON, BASE), number))
    said.send("begins")
    with database.writing() as connection:
        keep(connection, packed)
    said.send("done")
    database.close()


def _killed(url: str, version: int, number: int, wait: float) -> bool:
    """Whether the publication was acknowledged before its process was killed."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["dashboard.public.storing", "tests.public.small_publications"])
    ours, theirs = context.Pipe(duplex=False)
    worker = context.Process(target=_publish, args=(url, version, number, theirs))
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
def test_kill_9_leaves_the_old_publication_served_whole_or_the_new_one(
    database: Database, open_again: Callable[[], Database]
) -> None:
    version = small.published(database)
    with database.writing() as connection:
        keep_bundle(connection, _bundle(version, BASE, 0))
    url = database.write.url.render_as_string(hide_password=False)
    chance = random.Random(20261122)
    served, longest, outcomes = 0, 0.2, {"done": 0, "not done": 0}
    for number in range(1, 2 * ROUNDS + 1):
        acknowledged = _killed(url, version, number, chance.uniform(0, longest))
        now = _served_whole(open_again(), version)
        assert now in (served, number)
        done = now == number
        assert done or not acknowledged, "acknowledged and lost"
        outcomes["done" if done else "not done"] += 1
        longest = max(0.02, longest * (0.8 if done else 1.3))  # so that both come about
        served = now
    assert min(outcomes.values()) > 0, outcomes


def _served_whole(database: Database, version: int) -> int:
    """The number that every file says, at the newest address and at its edition's; fails when one
    is missing or says another, or when anything is stored that belongs to no publication."""
    shelf = Shelf(database, load_area_settings())
    first = shelf.find("/easy-read/darlington/")
    assert first is not None
    assert first.place.edition is not None
    title = shelf.body(first.stored.sha256).plain.partition(b"<title>Number ")[2]
    number, name = int(title.partition(b"<")[0]), first.place.edition.name
    wanted = _bundle(version, name, number)
    for file in wanted.files:
        for edition in ("", name):
            place = door_address(file.door, "darlington", edition)
            found = shelf.find(place + file.path.removeprefix(f"{file.door}/"))
            assert found is not None, file.path
            assert shelf.body(found.stored.sha256).plain == file.body
    assert len(shelf.files(first.place.edition.id)) == len(wanted.files)
    with database.reading() as connection:
        bundles = connection.scalar(select(func.count()).select_from(public_bundle))
        files = connection.scalar(select(func.count()).select_from(public_file))
        assert files == bundles * len(wanted.files)
        assert connection.scalar(select(func.count()).select_from(public_source)) == bundles
        used = select(public_file.c.sha256)
        unused = select(public_body.c.sha256).where(public_body.c.sha256.not_in(used))
        assert connection.scalars(unused).all() == []
    return number
