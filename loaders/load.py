"""One extract file, one transaction: checked, kept whole with its SHA-256, or nothing at all."""

import datetime as dt
import gc
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, insert, select

from loaders.cover import Cover, Given
from loaders.definitions import Definitions
from loaders.problems import ExtractRejected, Outcome, PersonalDataFound, Problem
from loaders.workbook import Caution, PendingRead, start_reading
from schemas.database import Database
from schemas.observation import Observation
from schemas.tables import extract_file

if TYPE_CHECKING:
    from loaders.validate import Checked

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Sender:
    """Who sends a file, what its cover says where it has none, and whether it is invented."""

    name: str = "command line"
    given: Given | None = None
    invented: bool = False


@dataclass(frozen=True)
class Report:
    """What became of one file: what `check` and `load` print and what a screen shows."""

    name: str
    outcome: Outcome
    message: str
    problems: tuple[Problem, ...] = ()
    cautions: tuple[Caution, ...] = ()
    rows_read: Mapping[str, int] | None = None
    observations: int = 0
    new: int = 0
    changed: int = 0
    loaded: bool = False
    already_loaded: bool = False

    def as_dict(self) -> dict[str, Any]:
        return {
            "file": self.name,
            "outcome": self.outcome.value,
            "message": self.message,
            "problems": [asdict(problem) for problem in self.problems],
            "warnings": [asdict(caution) for caution in self.cautions],
            "extracts": [{"id": k, "rows": n} for k, n in (self.rows_read or {}).items()],
            "observations": self.observations,
            "new": self.new,
            "changed": self.changed,
            "loaded": self.loaded,
            "already_loaded": self.already_loaded,
        }


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
        if _is_known(connection, content):
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

    if _is_known(connection, content):  # by someone else, while this one was being read
        return _known(report.name)
    direct, measures = found.observations, found.definitions.measures
    file_id = _keep(connection, content, report.name, found, sender)
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


def _is_known(connection: Connection, content: bytes) -> bool:
    sha256 = hashlib.sha256(content).hexdigest()
    query = select(extract_file.c.id).where(extract_file.c.sha256 == sha256)
    return connection.execute(query).first() is not None


def _known(name: str) -> Report:
    message = "This very file was loaded before. Nothing has changed."
    return Report(name, Outcome.accepted, message, already_loaded=True)


def _keep(
    connection: Connection,
    content: bytes,
    name: str,
    found: _Found,
    sender: Sender,
) -> int:
    cover = found.cover
    values = {
        "area_code": cover.area_code,
        "organisation": cover.organisation,
        "prepared_by": cover.prepared_by,
        "name": name,
        "sha256": hashlib.sha256(content).hexdigest(),
        "content": content,
        "as_at_on": cover.as_at_on.isoformat(),
        "status": cover.status,
        "coverage_note": cover.coverage_note,
        "definitions_sha256": found.definitions.sha256,
        "loaded_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "loaded_by": sender.name,
    }
    file_id = connection.scalar(insert(extract_file).values(values).returning(extract_file.c.id))
    assert file_id is not None
    return int(file_id)


def _window(direct: Sequence[Observation]) -> tuple[str, str]:
    """The days whose figures can follow from these: a year back and a year on."""
    year = dt.timedelta(days=370)
    first = dt.date.fromisoformat(min(one.period_start for one in direct)) - year
    last = dt.date.fromisoformat(max(one.period_end for one in direct)) + year
    return first.isoformat(), last.isoformat()
