"""One extract file, one transaction: checked, kept whole with its SHA-256, or nothing at all."""

import datetime as dt
import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from loaders.cover import Cover
from loaders.definitions import Definitions
from loaders.kept import is_kept, keep
from loaders.problems import ExtractRejected, Outcome, PersonalDataFound
from loaders.report import Report, Sender
from loaders.workbook import Caution, PendingRead, start_reading
from schemas.database import Database
from schemas.observation import Observation

if TYPE_CHECKING:
    from loaders.validate import Checked

Progress = Callable[[str], None]


def check_file(
    content: bytes,
    name: str,
    sender: Sender | None = None,
    definitions: Callable[[], Definitions] = Definitions.real,
    progress: Progress = lambda _step: None,
    reading: PendingRead | None = None,
) -> Report:
    """Everything that is wrong with a file; stores nothing.

    `definitions` is called while the file is being read, which takes as long. `reading` is the
    file being read already, for a caller who had other things to get ready.
    """
    return _examine(content, name, sender or Sender(), definitions, progress, reading)[0]


def load_file(
    database: Database,
    content: bytes,
    name: str,
    sender: Sender | None = None,
    definitions: Callable[[], Definitions] = Definitions.real,
    progress: Progress = lambda _step: None,
    reading: PendingRead | None = None,
) -> Report:
    """Checks a file and, if nothing is wrong, stores it and its observations in one transaction.

    The same file again is recognised and changes nothing. A file with other numbers for the same
    terms takes the place of what was there; the old observations stay, marked.
    """
    sender = sender or Sender()
    with database.reading() as connection:
        if is_kept(connection, content):
            return _known(name)
    with _no_collector():
        report, found = _examine(content, name, sender, definitions, progress, reading)
        if found is None:
            return report
        progress("Storing")
        with database.writing() as connection:
            return _store(connection, content, sender, report, found)


@contextmanager
def _no_collector() -> Iterator[None]:
    """Without Python's cycle collector: it would walk every record again and again, to free none
    (0.4 s of 3.1 s for 127,000 observations)."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@dataclass(frozen=True)
class _Found:
    """What a right file says."""

    cover: Cover
    observations: list[Observation]
    definitions: Definitions


def _examine(
    content: bytes,
    name: str,
    sender: Sender,
    definitions: Callable[[], Definitions],
    progress: Progress,
    reading: PendingRead | None,
) -> tuple[Report, _Found | None]:
    try:
        progress("Opening")
        pending = reading or start_reading(content, name)
        # pandas takes as long to import as a workbook to read: the child reads meanwhile.
        from loaders.privacy import refuse_personal_data
        from loaders.validate import check_workbook

        known = definitions()
        workbook = pending.result()
        progress("Looking for personal data")
        refuse_personal_data(workbook, known.headings)
        progress("Checking every cell")
        checked = check_workbook(workbook, known.today, sender.given, known.extracts)
    except PersonalDataFound as refusal:
        return Report(name, Outcome.personal_data, str(refusal)), None
    except ExtractRejected as refusal:
        return Report(name, Outcome.refused, str(refusal)), None
    found = None
    if checked.cover is not None and not checked.problems:
        found = _Found(checked.cover, _observations(checked, known), known)
    report = Report(
        name,
        checked.outcome,
        _summary(checked),
        checked.problems,
        checked.cautions,
        checked.rows_read,
        len(found.observations) if found else 0,
    )
    return report, found


def _observations(checked: "Checked", definitions: Definitions) -> list[Observation]:
    from loaders.observe import observe

    assert checked.cover is not None
    measures = list(definitions.measures.values())
    return [
        one
        for table in checked.tables
        for one in observe(table, measures, checked.cover.area_code, checked.cover.status)
    ]


def _summary(checked: "Checked") -> str:
    rows = sum(checked.rows_read.values())
    sheets = len(checked.rows_read)
    read = f"{rows:,} rows on {sheets} sheet{'' if sheets == 1 else 's'}"
    if checked.problems:
        n = len(checked.problems)
        fix = "1 thing to fix" if n == 1 else f"{n} things to fix"
        return f"{fix} in {read}. Nothing was stored."
    if checked.cautions:
        n = len(checked.cautions)
        look = "1 thing to look at" if n == 1 else f"{n} things to look at"
        return f"{read}: all can be stored, {look}."
    return f"{read}: nothing wrong."


def _store(
    connection: Connection, content: bytes, sender: Sender, report: Report, found: _Found
) -> Report:
    from loaders.derive import derive, sent_now, stale_keys
    from loaders.store import get_current, write_observations

    if is_kept(connection, content):  # by someone else, while this one was being read
        return _known(report.name)
    direct, measures = found.observations, found.definitions.measures
    file_id = keep(
        connection,
        content,
        report.name,
        found.cover,
        found.definitions.sha256,
        sender.name,
    )
    touched = sorted({one.measure_id for one in direct})
    current = get_current(connection, found.cover.area_code, touched, *_window(direct))
    stale = stale_keys(measures, current, direct)
    everything = [*direct, *derive(measures, sent_now(current, stale, direct))]
    written = write_observations(
        connection,
        found.cover.area_code,
        everything,
        current,
        stale,
        file_id,
        sender.invented,
    )
    return replace(
        report,
        cautions=(*report.cautions, *_vanished(written.vanished)),
        outcome=Outcome.warned if written.vanished else report.outcome,
        observations=len(everything),
        new=written.new,
        changed=written.changed,
        loaded=True,
    )


def _vanished(number: int) -> list[Caution]:
    if not number:
        return []
    figures = "1 figure that was" if number == 1 else f"{number:,} figures that were"
    message = f"{figures} here for these periods is not in this file and is no longer shown."
    return [Caution("", "", message if number == 1 else message.replace(" is ", " are "))]


def _known(name: str) -> Report:
    message = "This very file was loaded before. Nothing has changed."
    return Report(name, Outcome.accepted, message, already_loaded=True)


def _window(direct: Sequence[Observation]) -> tuple[str, str]:
    """The days whose figures can follow from these: a year back and a year on."""
    year = dt.timedelta(days=370)
    first = dt.date.fromisoformat(min(one.period_start for one in direct)) - year
    last = dt.date.fromisoformat(max(one.period_end for one in direct)) + year
    return first.isoformat(), last.isoformat()
