"""Tells a publisher's file by its headings, whatever its name (`traps.md` 8, 25)."""

from functools import cache
from pathlib import Path

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
from loaders.benchmarks.sheets import read_sheets

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
            f"headings.{_nearest(headings)} Known are: {listed}."
        )
    return found


def _nearest(headings: Headings) -> str:
    """The open data file that most of the headings are of, and what is not there any more: what
    to look for where a publisher has changed a heading."""
    lacking = {reader.title: reader.lacking(headings) for reader in dfe_readers()}
    likely = [title for title, (gone, there) in lacking.items() if 0 < len(gone) < len(there)]
    if not likely:
        return ""
    title = min(likely, key=lambda one: len(lacking[one][0]))
    gone = ", ".join(repr(name) for name in lacking[title][0])
    return (
        f" It comes nearest to “{title}”, but has no column {gone}. If another heading means that "
        "now, it is said in loaders/benchmarks/known/columns.toml."
    )


def _read_headings(path: Path) -> Headings:
    with path.open("rb") as file:
        is_workbook = file.read(2) == b"PK"
    if not is_workbook:
        return [CsvFile(path).headings]
    rows = (row for sheet in read_sheets(path) for row in sheet.rows[:_DEEPEST_HEADING])
    return [[str(cell) for cell in row if cell != ""] for row in rows]
