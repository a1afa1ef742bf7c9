"""Tells a publisher's file by its headings, whatever its name (`traps.md` 8, 25)."""

from functools import cache
from pathlib import Path

import openpyxl

from loaders.benchmarks.csvfile import CsvFile
from loaders.benchmarks.dfe import dfe_readers
from loaders.benchmarks.frames import Headings, Reader
from loaders.benchmarks.lait import LaitReader
from loaders.benchmarks.neighbours import NeighbourReader
from loaders.benchmarks.nhs_autism import AutismReader
from loaders.benchmarks.nhs_community import CommunityReader
from loaders.benchmarks.nhs_series import CommunitySeriesReader
from loaders.benchmarks.problems import BenchmarkRefused
from loaders.benchmarks.published import PublishedReader
from loaders.benchmarks.sen_long import SenLongReader
from loaders.gate import check_gate
from loaders.problems import ExtractRejected

# How far down a sheet its headings may stand, below titles and notes (`traps.md` 6).
_DEEPEST_HEADING = 8


@cache
def readers() -> tuple[Reader, ...]:
    """Every layout that is known."""
    return (
        *dfe_readers(),
        LaitReader(),
        SenLongReader(),
        CommunityReader(),
        CommunitySeriesReader(),
        AutismReader(),
        NeighbourReader(),
        PublishedReader(),
    )


def recognise(path: Path) -> Reader:
    """The reader of this file.

    Raises:
        BenchmarkRefused: no layout fits, or the file is no CSV and no workbook.
    """
    headings = _read_headings(path)
    found = next((reader for reader in readers() if reader.fits(headings)), None)
    if found is None:
        listed = "; ".join(sorted(reader.title for reader in readers()))
        raise BenchmarkRefused(
            f"{path.name} is none of the published files that are known here, judged by its "
            f"headings. Known are: {listed}."
        )
    return found


def _read_headings(path: Path) -> Headings:
    with path.open("rb") as file:
        is_workbook = file.read(2) == b"PK"
    return _workbook_rows(path) if is_workbook else [CsvFile(path).headings]


def _workbook_rows(path: Path) -> Headings:
    """The first rows of every sheet. Read-only: the NHS workbook crashes openpyxl otherwise."""
    try:
        check_gate(path.read_bytes(), path.name)
    except ExtractRejected as refusal:
        raise BenchmarkRefused(f"{path.name}: {refusal}") from refusal
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    rows = []
    for sheet in book.worksheets:
        sheet.reset_dimensions()
        rows += [
            [str(cell) for cell in row if cell not in (None, "")]
            for row in sheet.iter_rows(max_row=_DEEPEST_HEADING, values_only=True)
        ]
    book.close()
    return rows
