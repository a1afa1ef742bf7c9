"""What a hurried analyst does to a workbook: fills it in, gets some of it wrong, mends it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from schemas.resources import resource_folder
from tests.staff.fill import fill

ROUND = resource_folder("data") / "sample" / "round"
_PLAN = ROUND.parent / "plan" / "darlington_improvement_plan.xlsx"
OURS = "No. in 20wks"  # what the case system of an analyst calls a column
THEIRS = "Issued within 20 weeks"
_WRONG = ("<5", None, "seven")
Before = dict[str, Any]


def fill_in(blank: Path, source: str, organisation: str, into: Path) -> Path:
    """The blank workbook with the figures of `data/sample/round/<source>`."""
    cover = {"Organisation": organisation, "Prepared by": "SEND data team"}
    cover |= {"Data as at": "2026-09-18", "Status": "final", "Coverage note": "Invented."}
    into.write_bytes(fill(blank.read_bytes(), (ROUND / source).read_bytes(), cover))
    return into


def write_own_heading(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book["20-week timeliness"]
    found = [cell for row in sheet.iter_rows() for cell in row if cell.value == THEIRS]
    assert len(found) == 1
    found[0].value = OURS
    book.save(path)


def lose_needs(path: Path) -> None:
    """Many plans without a recorded need, which the checks ask about."""
    book = openpyxl.load_workbook(path)
    plans = {row[1].value: row[2] for row in _rows_of_figures(book["EHC plans by need"])}
    for need, more in (("Autistic spectrum disorder", -400), ("Not recorded", 400)):
        plans[need].value = int(plans[need].value) + more
    book.save(path)


def spoil(path: Path) -> Before:
    """Three wrong cells on “EHC plans”; what stood there before, by cell."""
    book = openpyxl.load_workbook(path)
    row = next(_rows_of_figures(book["EHC plans"]))
    before = {cell.coordinate: cell.value for cell in row[2:5]}
    for cell, wrong in zip(before, _WRONG, strict=True):
        book["EHC plans"][cell] = wrong
    book.save(path)
    return before


def mend(marked: Path, before: Before, into: Path) -> Path:
    """The marked workbook, put right at each of its marks."""
    book = openpyxl.load_workbook(marked)
    assert book.sheetnames[0] == "Things to fix"
    for cell, value in before.items():
        assert book["EHC plans"][cell].comment is not None, f"{cell} has no note"
        book["EHC plans"][cell] = value
    book.save(into)
    return into


def correct(path: Path, into: Path) -> Path:
    """Two more suspensions in one row, as if a school reported late."""
    book = openpyxl.load_workbook(path)
    sheet = book["Exclusions"]
    headings = next(row for row in sheet.iter_rows() if row[0].value == "Period")
    place = [cell.value for cell in headings].index("Suspensions")
    row = next(row for row in _rows_of_figures(sheet) if row[place].value)
    row[place].value = int(row[place].value) + 2
    book.save(into)
    return into


def _rows_of_figures(sheet: Worksheet) -> Iterator[tuple[Any, ...]]:
    for row in sheet.iter_rows():
        if str(row[0].value).startswith("Summer"):
            yield row


def fill_in_plan(blank: Path, into: Path) -> Path:
    """The empty workbook of a plan with the rows of the sample: the same program writes both."""
    book = openpyxl.load_workbook(blank)
    sample = openpyxl.load_workbook(_PLAN)
    for sheet in book.worksheets[1:4]:
        for row in sample[sheet.title].iter_rows(min_row=4):
            for cell in row:
                if cell.value is not None:
                    sheet[cell.coordinate] = cell.value
    book.save(into)
    return into
