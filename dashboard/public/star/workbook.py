"""All tables of the star in one workbook, which Power BI's navigator opens at once."""

import datetime as dt
import io

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboard.downloads.separated import harmless
from dashboard.public.star.dimensions import table_rows
from dashboard.public.star.shape import Cell, Column, Row, TableShape
from dashboard.public.star.shapes import TABLES
from dashboard.public.star.star import Star

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_MOST = 32_767  # letters that a cell can hold


def workbook_bytes(star: Star) -> bytes:
    """One sheet and one named table for each: the sheets have names for people, the named tables
    the stable ones. Days are days, and no text can run as a formula."""
    held = io.BytesIO()
    made_on = dt.date.fromisoformat(star.edition.published_on)
    with Workbook(held, _OPTIONS) as workbook:
        made_at = dt.datetime.combine(made_on, dt.time())
        title = f"{star.area.name}, {star.edition.label}"
        workbook.set_properties({"title": title, "created": made_at})
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        for table in TABLES:
            _write(workbook.add_worksheet(table.title), table, list(table_rows(table, star)), day)
    return held.getvalue()


def _write(sheet: Worksheet, table: TableShape, rows: list[Row], day: Format) -> None:
    for number, row in enumerate(rows, start=1):
        for place, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
            _write_cell(sheet, number, place, column, cell, day)
    columns = [{"header": name} for name in table.headings]
    last = max(len(rows), 1), len(columns) - 1
    sheet.add_table(0, 0, *last, {"name": table.name, "columns": columns})
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, last[1], 22)


def _write_cell(
    sheet: Worksheet, row: int, place: int, column: Column, cell: Cell, day: Format
) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, bool):
        sheet.write_boolean(row, place, cell)
    elif isinstance(cell, str) and column.kind == "date":
        sheet.write_datetime(row, place, dt.datetime.fromisoformat(cell), day)
    elif isinstance(cell, str):
        sheet.write_string(row, place, harmless(cell)[:_MOST])
    else:
        sheet.write_number(row, place, cell)
