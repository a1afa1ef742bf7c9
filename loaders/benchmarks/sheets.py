"""A publisher's workbook as rows of cells, sheet by sheet, read as safely as any other file."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from loaders.benchmarks.problems import BenchmarkRefused
from loaders.problems import ExtractRejected
from loaders.workbook import Fault, read_workbook
from loaders.workbook import Sheet as ReadSheet


class Sheet(NamedTuple):
    """One sheet; row 1 of the sheet is the first of `rows`, and a blank cell is ""."""

    title: str
    rows: Sequence[Sequence[Any]]


def read_sheets(path: Path) -> list[Sheet]:
    """Every sheet of a workbook, each with all its rows and columns.

    Raises:
        BenchmarkRefused: it is not a safe, whole workbook.
    """
    try:
        workbook = read_workbook(path.read_bytes(), path.name)
    except ExtractRejected as error:
        raise BenchmarkRefused(f"{path.name} cannot be read as a workbook: {error}") from error
    return [Sheet(sheet.name, _rectangle(sheet)) for sheet in workbook.sheets]


def _rectangle(sheet: ReadSheet) -> list[list[Any]]:
    """The rows with blank rows and cells put back, so that places are positions."""
    width = max((len(values) for _, values in sheet.rows), default=0)
    rows = [[""] * width for _ in range(sheet.rows[-1][0] if sheet.rows else 0)]
    for number, values in sheet.rows:
        rows[number - 1][: len(values)] = [_shown(value) for value in values]
    return rows


def _shown(value: Any) -> Any:
    if isinstance(value, Fault):
        return value.text
    return "" if value is None else value
