"""The cells of a spreadsheet: text that cannot run, numbers as numbers, headings named as such."""

import textwrap
from collections.abc import Sequence

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboard.charts.table import Raw
from dashboard.downloads.separated import Rows, harmless

_MOST = 32_767  # letters that a cell can hold
_NARROW, _WIDE = 9, 44
WORDS = 66  # letters across a column of sentences; more would not fit across a page of A4
_LINE = 15.0  # points: LibreOffice leaves the height of a row of wrapped words alone


class Looks:
    """The few looks of a cell; nothing is said by a look alone."""

    def __init__(self, workbook: Workbook) -> None:
        self.title: Format = workbook.add_format({"bold": True, "font_size": 16})
        self.heading: Format = workbook.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}
        )
        self.term: Format = workbook.add_format({"bold": True, "valign": "top"})
        self.words: Format = workbook.add_format({"text_wrap": True, "valign": "top"})


def write_entry(
    sheet: Worksheet, row: int, entry: Sequence[str], looks: Looks, first: Format
) -> None:
    """Sentences in a row as tall as they need."""
    lines = max(len(textwrap.wrap(words, WORDS - 6)) for words in entry)
    sheet.set_row(row, max(lines, 1) * _LINE)
    for column, words in enumerate(entry):
        write_cell(sheet, row, column, words, looks.words if column else first)


def write_headings(
    workbook: Workbook, sheet: Worksheet, headings: Sequence[str], looks: Looks
) -> None:
    """Frozen, printed on every page, and named as screen readers look for headings: `Title` where
    the first column heads the rows as well."""
    for column, heading in enumerate(headings):
        write_cell(sheet, 0, column, heading, looks.heading)
    heads_rows = len(headings) > 2
    sheet.freeze_panes(1, 1 if heads_rows else 0)
    sheet.repeat_rows(0)
    name = "Title" if heads_rows else "ColumnTitle"
    workbook.define_name(f"'{sheet.name}'!{name}", f"='{sheet.name}'!$A$1")


def write_cell(
    sheet: Worksheet, row: int, column: int, cell: Raw, look: Format | None = None
) -> None:
    if isinstance(cell, str):
        if cell:
            sheet.write_string(row, column, harmless(cell)[:_MOST], look)
    else:
        sheet.write_number(row, column, cell, look)


def widths(rows: Rows) -> list[int]:
    """As wide as the longest text of the column, within reason."""
    columns = zip(rows.headings, *rows.rows, strict=True)
    longest = (max(len(str(cell)) for cell in column) for column in columns)
    return [min(max(size + 2, _NARROW), _WIDE) for size in longest]


def print_on_a4(sheet: Worksheet) -> None:
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
