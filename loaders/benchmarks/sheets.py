"""A publisher's workbook as rows of cells, sheet by sheet, once the gate has let it through."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from python_calamine import CalamineError, load_workbook

from loaders.benchmarks.problems import BenchmarkRefused
from loaders.gate import check_gate
from loaders.problems import ExtractRejected


class Sheet(NamedTuple):
    """One sheet; row 1 of the sheet is the first of `rows`, and a blank cell is ""."""

    title: str
    rows: Sequence[Sequence[Any]]


def read_sheets(path: Path) -> list[Sheet]:
    """Every sheet of a workbook.

    calamine takes 0.1 s for the NHS workbook; openpyxl takes 2 s, or crashes on its missing
    drawing unless it is told to read only (`traps.md` 7).

    Raises:
        BenchmarkRefused: it is not a safe, whole workbook.
    """
    try:
        check_gate(path.read_bytes(), path.name)
        book = load_workbook(path)
        sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
        return [Sheet(sheet.name, sheet.to_python(skip_empty_area=False)) for sheet in sheets]
    except (ExtractRejected, CalamineError) as error:
        raise BenchmarkRefused(f"{path.name} cannot be read as a workbook: {error}") from error
