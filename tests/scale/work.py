"""What people wait for in a round: a workbook loaded, a term published, a whole database read."""

import time
from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from dashboard.operations.fingerprint import take_fingerprint
from dashboard.publication.prepare import Prepared, keep_prepared, prepare_publication
from dashboard.releases.demo import publish_invented_drafts
from dashboard.releases.everyone import get_newest_published
from dashboard.releases.versions import get_latest_version, hash_content
from loaders.load import load_file, store
from loaders.prepare import prepare
from loaders.report import Sender
from schemas.resources import resource_folder
from tests.scale.areas import OWN
from tests.scale.pages import Medians, Times, medians, note
from tests.scale.subject import Subject

TERM = "2025-26 summer"
_FILE = "darlington_2025-26_summer.xlsx"
_SENDER = Sender(invented=True)
_ROUNDS = 5


def measure_loading(subjects: Sequence[Subject], rounds: int = _ROUNDS) -> Medians:
    """Median milliseconds of storing one more term's workbook, taken back each time; and, by the
    clock on the wall, of loading it for good and publishing it to partners."""
    content, times = _content(), Times()
    prepared = prepare(content, _FILE, _SENDER)
    for _ in range(rounds):
        for one in subjects:
            _add(times, "a workbook stored", one, lambda c: store(c, prepared))
    for one in subjects:
        began = time.perf_counter()
        assert load_file(one.database, content, _FILE, _SENDER).loaded
        note(times, "a workbook read, checked, stored", one, time.perf_counter() - began)
        assert publish_invented_drafts(one.database) == 1
    return medians(times)


def measure_publishing(subjects: Sequence[Subject], rounds: int = _ROUNDS) -> Medians:
    """Median milliseconds of what publishing a term to everyone takes: before its transaction the
    disclosure control and every file, in it the look at what was agreed and the writing down."""
    times: Times = {}
    for _ in range(rounds):
        for one in subjects:
            began = one.clock.seconds()
            prepared = _prepared(one)
            note(times, "disclosure control, every file", one, one.clock.seconds() - began)
            _add(times, "a publication’s transaction", one, _keeping(prepared))
    return medians(times)


def measure_reading_all(subjects: Sequence[Subject]) -> Medians:
    """Milliseconds of the fingerprint of a backup, once, and how many figures there are."""
    times: Times = {}
    for one in subjects:
        began = one.clock.seconds()
        with one.database.reading() as connection:
            contents = take_fingerprint(connection)
        note(times, "the fingerprint of a backup", one, one.clock.seconds() - began)
        note(times, "figures, thousands", one, contents.tables["observation"].rows / 1e6)
    return medians(times)


def _prepared(one: Subject) -> Prepared:
    with one.database.reading() as connection:
        version = get_newest_published(connection, OWN)
    assert version is not None
    assert version.term_label == TERM
    made = prepare_publication(one.database, OWN, version.id, one.settings)
    assert made is not None
    assert made.packed is not None, made.faults
    return made


def _keeping(prepared: Prepared) -> Callable[[Connection], object]:
    def keep(connection: Connection) -> object:
        version = get_latest_version(connection, OWN, TERM)
        assert version is not None
        hash_content(connection, version.id)
        return keep_prepared(connection, prepared)

    return keep


def _add(times: Times, kind: str, one: Subject, act: Callable[[Connection], object]) -> None:
    """In a transaction that is taken back."""
    with one.database.write.connect() as connection:
        began = one.clock.seconds()
        act(connection)
        note(times, kind, one, one.clock.seconds() - began)
        connection.rollback()


def _content() -> bytes:
    return (resource_folder("data") / "sample" / _FILE).read_bytes()
