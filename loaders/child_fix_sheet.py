"""The sheet “Things to fix” at the front of a marked-up workbook."""

from collections.abc import Mapping
from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.hyperlink import Hyperlink

from loaders.child_book import write_value

TITLE = "Things to fix"
_COLUMNS = (
    ("How urgent", 20),
    ("Sheet", 26),
    ("Cell", 10),
    ("Column", 26),
    ("What was found", 24),
    ("What is wrong and what to do", 80),
)
_FOUND = 5
_LETTERS_A_LINE = 80
_LINE = 15.5  # points
_HOW = (
    "Mend the cells below in this workbook, save it and send it again. A link under “Cell” leads "
    "to each; a note there says the same. This sheet, the colours and the notes may stay."
)
_WRAP = Alignment(horizontal="left", vertical="top", wrap_text=True)
_LINK = Font(name="Calibri", size=11, color="FF0B3D91", underline="single")
_BOLD = Font(name="Calibri", bold=True)
_HEAD = PatternFill("solid", fgColor="FFDCE6F1")
_SIDE = Side(style="thin", color="FFBFBFBF")
_THIN = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)


def remove_fix_sheet(book: Any, sheets: dict[str, Any]) -> None:
    """Takes the list of an earlier marked copy out."""
    for name in [name for name in sheets if name.casefold() == TITLE.casefold()]:
        book.remove(sheets.pop(name))


def add_fix_sheet(
    book: Any,
    order: Mapping[str, Any],
    sheets: Mapping[str, Any],
    places: Mapping[tuple[str, str], str],
    lost: list[str],
) -> None:
    """Lists everything, problems first, each with a link to its cell."""
    sheet = book.create_sheet(TITLE, 0)
    write_value(sheet["A1"], _title(order["problems"], order["cautions"]))
    sheet["A1"].font = Font(name="Calibri", bold=True, size=14)
    more = order["problems"] + order["cautions"] - len(order["things"])
    notes = [_HOW, *lost]
    if more:
        notes.append(f"The first {len(order['things']):,} are listed and marked; {more:,} more.")
    for note in notes:
        sheet.append([note])
    sheet.append([])
    top = sheet.max_row + 1
    for column, (heading, width) in enumerate(_COLUMNS, 1):
        cell = sheet.cell(top, column, heading)
        cell.font, cell.fill, cell.border, cell.alignment = _BOLD, _HEAD, _THIN, _WRAP
        sheet.column_dimensions[cell.column_letter].width = width
    for row, thing in enumerate(order["things"], top + 1):
        _write(sheet, row, thing, sheets, places)
    sheet.freeze_panes = f"A{top + 1}"
    sheet.auto_filter.ref = f"A{top}:F{sheet.max_row}"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    _open_first(book)


def _title(problems: int, cautions: int) -> str:
    return f"{TITLE}: {problems:,} must be mended, {cautions:,} to look at"


def _write(
    sheet: Any,
    row: int,
    thing: Mapping[str, Any],
    sheets: Mapping[str, Any],
    places: Mapping[tuple[str, str], str],
) -> None:
    urgent = "Must be mended" if thing["must"] else "Please look at this"
    texts = [thing[key] for key in ("sheet", "cell", "heading", "found", "message")]
    if thing["sheet"] in sheets and not thing["cell"]:
        texts[1] = "the sheet"
    for column, text in enumerate([urgent, *texts], 1):
        cell = sheet.cell(row, column)
        if text:
            write_value(cell, text, numbers_are_text=column == _FOUND)
        cell.border, cell.alignment = _THIN, _WRAP
    sheet.row_dimensions[row].height = _LINE * (1 + len(thing["message"]) // _LETTERS_A_LINE)
    if thing["sheet"] in sheets:
        title = sheets[thing["sheet"]].title.replace("'", "''")
        place = places.get((thing["sheet"], thing["cell"]), "A1")
        link = sheet.cell(row, 3)
        link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{title}'!{place}")
        link.font = _LINK


def _open_first(book: Any) -> None:
    """The list is what opens, and it alone is selected: else typing would fill several sheets."""
    book.active = 0
    for one in book.worksheets:
        one.sheet_view.tabSelected = one.title == TITLE
    for view in book.views:
        view.firstSheet = 0
