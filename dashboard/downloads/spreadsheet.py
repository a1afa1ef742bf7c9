"""A cover, notes, the sources and one table a sheet as an .xlsx: no formula, no merged cell."""

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xlsxwriter import Workbook

from dashboard.downloads.cells import (
    WORDS,
    Looks,
    print_on_a4,
    widths,
    write_cell,
    write_entry,
    write_headings,
)
from dashboard.downloads.separated import Rows

Entry = tuple[str, str]
_OPTIONS = {
    "in_memory": True,  # half the time of constant_memory, and no temporary file
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


@dataclass(frozen=True)
class Sheet:
    """One table. `about` says in a sentence what it is."""

    name: str
    about: str
    rows: Rows


@dataclass(frozen=True)
class Book:
    """`made_at` is when what it holds was published: the same figures give the same bytes."""

    title: str
    made_at: dt.datetime
    cover: Sequence[Entry]
    notes: Sequence[Entry]
    sources: Sequence[str]
    sheets: Sequence[Sheet]


def workbook_bytes(book: Book) -> bytes:
    """Every table begins in cell A1 with its headings, which stay in sight."""
    held = io.BytesIO()
    with Workbook(held, _OPTIONS) as workbook:
        workbook.set_properties({"title": book.title, "created": book.made_at})
        looks = Looks(workbook)
        _write_cover(workbook, book, looks)
        _write_words(workbook, "Notes", ("About", "Words"), book.notes, looks)
        _write_words(workbook, "Source", ("Source",), [(one,) for one in book.sources], looks)
        for sheet in book.sheets:
            _write_table(workbook, sheet, looks)
    return held.getvalue()


def _write_cover(workbook: Workbook, book: Book, looks: Looks) -> None:
    sheet = workbook.add_worksheet("Cover")
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, WORDS)
    write_cell(sheet, 0, 0, book.title, looks.title)
    contents = [
        ("Notes", "Definition, what can be said of the figures, and what the symbols mean"),
        ("Source", "Who published the figures, and when"),
        *((one.name, one.about) for one in book.sheets),
    ]
    for row, entry in enumerate(book.cover, start=2):
        write_entry(sheet, row, entry, looks, looks.term)
    end = len(book.cover) + 3
    write_cell(sheet, end, 0, "In this file", looks.term)
    for row, entry in enumerate(contents, start=end + 1):
        write_entry(sheet, row, entry, looks, looks.words)
    print_on_a4(sheet)


def _write_words(
    workbook: Workbook,
    name: str,
    headings: Sequence[str],
    entries: Iterable[Sequence[str]],
    looks: Looks,
) -> None:
    sheet = workbook.add_worksheet(name)
    if len(headings) > 1:
        sheet.set_column(0, 0, 32)
    sheet.set_column(len(headings) - 1, len(headings) - 1, WORDS)
    write_headings(workbook, sheet, headings, looks)
    for row, entry in enumerate(entries, start=1):
        write_entry(sheet, row, entry, looks, looks.words)
    print_on_a4(sheet)


def _write_table(workbook: Workbook, table: Sheet, looks: Looks) -> None:
    sheet = workbook.add_worksheet(table.name)
    for column, width in enumerate(widths(table.rows)):
        sheet.set_column(column, column, width)
    write_headings(workbook, sheet, table.rows.headings, looks)
    for row, cells in enumerate(table.rows.rows, start=1):
        for column, cell in enumerate(cells):
            write_cell(sheet, row, column, cell)
    sheet.autofilter(0, 0, len(table.rows.rows), len(table.rows.headings) - 1)
    sheet.set_landscape()
    print_on_a4(sheet)
