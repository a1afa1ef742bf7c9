"""One extract file, one transaction: checked, kept whole with its SHA-256, or nothing at all."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from loaders.definitions import Definitions
from loaders.kept import is_kept, keep
from loaders.prepare import Prepared, Progress, no_collector, prepare
from loaders.problems import Outcome
from loaders.report import Report, Sender
from loaders.workbook import Caution, PendingRead
from schemas.database import Database

if TYPE_CHECKING:
    from loaders.compare import Changes
    from loaders.store import Opened


def check_file(
    content: bytes,
    name: str,
    sender: Sender | None = None,
    definitions: Callable[[], Definitions] = Definitions.real,
    progress: Progress = lambda _step: None,
    reading: PendingRead | None = None,
) -> Report:
    """Everything that is wrong with a file; stores nothing. See `prepare`."""
    return prepare(content, name, sender, definitions, progress, reading).report


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
    with database.reading() as connection:
        if is_kept(connection, content):
            return _known(name)
    with no_collector():
        prepared = prepare(content, name, sender, definitions, progress, reading)
        if not prepared.can_be_stored:
            return prepared.report
        progress("Storing")
        with database.writing() as connection:
            return store(connection, prepared).report


@dataclass(frozen=True)
class Stored:
    """What became of a right file. `file_id` is None when this very file was there before."""

    report: Report
    file_id: int | None
    opened: "Opened | None" = None


def store(
    connection: Connection,
    prepared: Prepared,
    changes: "Changes | None" = None,
    file_id: int | None = None,
) -> Stored:
    """Keeps a right file and writes what it changes, in the caller's transaction.

    Args:
        changes: what `compare` found in this same transaction; of some of the extracts, if only
            those are to be stored.
        file_id: a file that is kept already and whose figures are to be current again.
    """
    from loaders.compare import compare
    from loaders.store import write_changes

    assert prepared.can_be_stored
    assert prepared.cover is not None
    assert prepared.definitions is not None
    area_code = prepared.cover.area_code
    if file_id is None:
        # by someone else, while this one was being read
        if is_kept(connection, prepared.content, area_code):
            return Stored(_known(prepared.report.name), None)
        file_id = keep(connection, prepared, prepared.cover, prepared.definitions.sha256)
    changes = changes or compare(connection, prepared)
    opened = write_changes(connection, area_code, changes, file_id, prepared.sender.invented)
    return Stored(_report(prepared.report, changes), file_id, opened)


def _report(report: Report, changes: "Changes") -> Report:
    return replace(
        report,
        cautions=(*report.cautions, *_vanished(len(changes.vanished))),
        outcome=Outcome.warned if changes.vanished else report.outcome,
        observations=changes.figures,
        new=len(changes.new),
        changed=len(changes.changed),
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
