"""Everything a file says about the measures, checked to its end before anything is stored."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from loaders.benchmarks.csvfile import Progress
from loaders.benchmarks.frames import Frame, Reader
from loaders.benchmarks.problems import Findings
from loaders.benchmarks.observations import pairs_of, select
from schemas.measure import Measure


@dataclass
class Collected:
    """The observations of one file kind, and the newest period its rows speak of."""

    kind: str
    parts: list[pl.DataFrame] = field(default_factory=list)
    newest: str = ""
    newest_end: str = ""
    newest_basis: str = ""

    @property
    def rows(self) -> int:
        return sum(part.height for part in self.parts)

    def see(self, frame: Frame) -> None:
        """Remembers the newest period: it names the release."""
        times = frame.table.select("period_end", "period", "basis").sort("period_end").tail(1)
        end, period, basis = times.row(0)
        if end > self.newest_end:
            self.newest, self.newest_end, self.newest_basis = period, end, basis


def collect(
    reader: Reader,
    path: Path,
    measures: Sequence[Measure],
    findings: Findings,
    as_at_on: dt.date,
    progress: Progress | None = None,
) -> list[Collected]:
    """The observations by file kind.

    Raises:
        BenchmarkRefused: a cell, level, time or heading cannot be read, or a row stands twice.
    """
    found: dict[str, Collected] = {}
    for frame in reader.read(path, findings, progress):
        frame = _without_unfinished_years(frame, as_at_on, findings)
        if not frame.table.height:
            continue
        one = found.setdefault(frame.kind, Collected(frame.kind))
        one.see(frame)
        one.parts += select(frame, pairs_of(frame.kind, measures), findings)
    findings.refuse_if_faulty(path.name)
    for measure_id, rows in sorted(findings.disagreements.items()):
        if rows:
            findings.note(
                f"{measure_id}: in {rows:,} rows the published value is not what its parts make."
            )
    return list(found.values())


def _without_unfinished_years(frame: Frame, as_at_on: dt.date, findings: Findings) -> Frame:
    """A year-to-date file calls itself an academic year all year long; only a whole one is one."""
    # Schools close about the 20th of July; the DfE's year ends on the 31st.
    last_end = (as_at_on + dt.timedelta(days=14)).isoformat()
    unfinished = (pl.col("basis") == "academic_year") & (pl.col("period_end") > last_end)
    finished = frame.table.filter(~unfinished)
    rows = frame.table.height - finished.height
    findings.skip(f"the academic year had not ended on {as_at_on}, the date of this copy", rows)
    return frame._replace(table=finished)
