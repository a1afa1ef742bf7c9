"""One file read and checked: what is wrong with it, or what it says; nothing is stored."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loaders.cover import Cover
from loaders.definitions import Definitions
from loaders.problems import ExtractRejected, Outcome, PersonalDataFound
from loaders.report import Report, Sender
from loaders.workbook import PendingRead, start_reading
from schemas.observation import Observation

if TYPE_CHECKING:
    from loaders.validate import Checked

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Prepared:
    """A file that was looked at. `cover` is None where it could not be read; `observations` are
    what the sheets say, none while anything is wrong."""

    content: bytes
    sender: Sender
    report: Report
    definitions: Definitions | None = None
    cover: Cover | None = None
    observations: tuple[Observation, ...] = ()

    @property
    def can_be_stored(self) -> bool:
        return self.report.outcome.exit_code == 0


def prepare(
    content: bytes,
    name: str,
    sender: Sender | None = None,
    definitions: Callable[[], Definitions] = Definitions.real,
    progress: Progress = lambda _step: None,
    reading: PendingRead | None = None,
) -> Prepared:
    """Reads a file in a child process, looks for personal data and checks every cell.

    `definitions` is called while the file is being read, which takes as long. `reading` is the
    file being read already, for a caller who had other things to get ready.
    """
    sender = sender or Sender()
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
        checked = check_workbook(
            workbook, known.today, sender.given, known.extracts, sender.choices
        )
    except PersonalDataFound as refusal:
        return Prepared(b"", sender, Report(name, Outcome.personal_data, str(refusal)))
    except ExtractRejected as refusal:
        return Prepared(content, sender, Report(name, Outcome.refused, str(refusal)))
    observations = _observations(checked, known)
    report = Report(
        name,
        checked.outcome,
        _summary(checked),
        checked.problems,
        checked.cautions,
        checked.rows_read,
        len(observations),
        unknown_headings=checked.unknown_headings,
    )
    return Prepared(content, sender, report, known, checked.cover, observations)


@contextmanager
def no_collector() -> Iterator[None]:
    """Without Python's cycle collector: it would walk every record again and again, to free none
    (0.4 s of 3.1 s for 127,000 observations)."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _observations(checked: "Checked", definitions: Definitions) -> tuple[Observation, ...]:
    from loaders.observe import observe

    if checked.cover is None or checked.problems:
        return ()
    measures = list(definitions.measures.values())
    return tuple(
        one
        for table in checked.tables
        for one in observe(table, measures, checked.cover.area_code, checked.cover.status)
    )


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
