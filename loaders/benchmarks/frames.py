"""What every reader gives: published numbers by area, period and category, in one vocabulary."""

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

import polars as pl

from loaders.benchmarks.csvfile import Progress
from loaders.benchmarks.problems import Findings

TIME = ("period", "period_start", "period_end", "basis", "status")

Headings = Sequence[Sequence[str]]


class Frame(NamedTuple):
    """Rows of one file kind: `area_code`, the columns of TIME, `dims` and value columns as text.

    A cell is a number, a symbol, or null where the file says nothing. `split` names a column on
    which the measures' `where` picks rows (a LAIT item). `released_on`: if the file says it.
    """

    kind: str
    table: pl.DataFrame
    dims: tuple[str, ...] = ()
    split: str | None = None
    released_on: dt.date | None = None


class Edition(NamedTuple):
    """Whose file this is: what the vintage says unless a person says otherwise."""

    publisher: str
    publication: str
    release: str
    note: str = ""


class Reader(Protocol):
    """Reads one publisher's layout."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    def fits(self, headings: Headings) -> bool:
        """Whether a file with these rows of headings is of this layout."""

    def read(self, path: Path, findings: Findings, progress: Progress | None) -> Iterator[Frame]:
        """The frames of a file, batch by batch; faults and what is left out go to the findings."""

    def edition(self, kind: str, newest: str, basis: str) -> Edition:
        """Publisher, publication and release, by the newest period the file holds."""
