"""Everything a file says about the measures, checked to its end before anything is stored."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import polars as pl

from loaders.benchmarks.csvfile import Progress
from loaders.benchmarks.frames import Frame, Reader
from loaders.benchmarks.observations import Group, Pairs, columns_of, pairs_of, select
from loaders.benchmarks.problems import Findings
from schemas.measure import Measure

# Batches of a file by characteristic keep few rows: working on many at once is faster.
_ENOUGH_ROWS = 50_000


@dataclass
class Collected:
    """The observations of one file kind, and the newest period its rows speak of."""

    kind: str
    pairs: Pairs = ()
    groups: dict[Group, list[pl.DataFrame]] = field(default_factory=dict)
    newest: str = ""
    newest_end: str = ""
    newest_basis: str = ""
    released_on: dt.date | None = None
    _waiting: list[Frame] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return sum(part.height for parts in self.groups.values() for part in parts)

    def only(self, measures: Collection[str]) -> "Collected":
        """The same, of these measures alone."""
        kept = {group: rows for group, rows in self.groups.items() if group.measure_id in measures}
        return replace(self, groups=kept)

    def add(self, frame: Frame, findings: Findings) -> None:
        """Takes a frame in; its newest period may name the release."""
        end, period, basis = max(
            frame.table.select("period_end", "period", "basis").unique().rows()
        )
        if end > self.newest_end:
            self.newest, self.newest_end, self.newest_basis = period, end, basis
        self.released_on = frame.released_on
        table = frame.table.select(columns_of(frame, self.pairs))
        self._waiting.append(frame._replace(table=table))
        if sum(waiting.table.height for waiting in self._waiting) >= _ENOUGH_ROWS:
            self.settle(findings)

    def settle(self, findings: Findings) -> None:
        """Makes the observations of the frames that wait."""
        if self._waiting:
            table = pl.concat((frame.table for frame in self._waiting), how="diagonal")
            frame = self._waiting[0]._replace(table=table)
            for group, rows in select(frame, self.pairs, findings):
                self.groups.setdefault(group, []).append(rows)
            self._waiting.clear()


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
        finished = _without_unfinished_years(frame, as_at_on, findings)
        if finished.table.height:
            one = found.setdefault(
                frame.kind, Collected(frame.kind, pairs_of(frame.kind, measures))
            )
            one.add(finished, findings)
    for one in found.values():
        one.settle(findings)
    findings.refuse_if_faulty(path.name)
    for measure_id, count in sorted(findings.disagreements.items()):
        if count:
            times = "one row" if count == 1 else f"{count:,} rows"
            findings.note(
                f"{measure_id}: in {times} the published value is not what its parts make."
            )
    return list(found.values())


def _without_unfinished_years(frame: Frame, as_at_on: dt.date, findings: Findings) -> Frame:
    """A year-to-date file calls itself an academic year all year long; only a whole one is one."""
    # Schools close about the 20th of July; the DfE's year ends on the 31st.
    last_end = (as_at_on + dt.timedelta(days=14)).isoformat()
    ends = pl.col("period_end").cast(pl.String)
    unfinished = (pl.col("basis") == "academic_year") & (ends > last_end)
    finished = frame.table.filter(~unfinished)
    rows = frame.table.height - finished.height
    findings.skip(f"the academic year had not ended on {as_at_on}, the date of this copy", rows)
    return frame._replace(table=finished)
