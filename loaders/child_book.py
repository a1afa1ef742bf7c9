"""The workbook that is marked: the sender's own, or a new one of the cells as they were read."""

import datetime
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

from loaders.child_pictures import find_lost, keep_pictures
from loaders.template_text import is_risky, safe_text

Sheets = dict[str, Any]  # the sheet's name in the report → openpyxl's worksheet
_NUMBER = re.compile(r"[+-]?(0|[1-9]\d{0,14})(\.\d{1,9})?")
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")
_CELL = re.compile(r"[A-Z]{1,3}\d+")


def open_book(content: bytes) -> tuple[Any, Sheets, list[str]]:
    """The sender's workbook, its sheets by name, and what of it cannot be written again."""
    keep_pictures()
    book: Any = openpyxl.load_workbook(io.BytesIO(content), rich_text=True, keep_links=False)
    for sheet in book.worksheets:
        for cell in sheet._cells.values():
            if cell.data_type == "s" and isinstance(cell._value, str) and is_risky(cell._value):
                cell.quotePrefix = True  # stays text, even when it is edited
    return book, {sheet.title: sheet for sheet in book.worksheets}, find_lost(content, book)


def build_book(kind: str, answers: Sequence[Mapping[str, Any]], stem: str) -> tuple[Any, Sheets]:
    """A new workbook; the one sheet of a .csv takes the name of its file."""
    book: Any = openpyxl.Workbook()
    book.remove(book.active)
    sheets: Sheets = {}
    for answer in answers:
        name = answer["name"] or stem
        title = _NOT_IN_A_NAME.sub(" ", name)[:31].strip("' ")
        sheet = sheets[name] = book.create_sheet(title or "Sheet")
        sheet.sheet_state = "hidden" if answer["hidden"] else "visible"
        _fill(sheet, answer, numbers_are_text=kind == "csv")
    return book, sheets


def _fill(sheet: Any, answer: Mapping[str, Any], numbers_are_text: bool) -> None:
    for number, values in answer["rows"]:
        for column, value in enumerate(values, 1):
            if value is not None:
                write_value(sheet.cell(number, column), value, numbers_are_text)
    for place, column, kind, text, shown in answer["odd"]:
        cell = sheet.cell(answer["rows"][place][0], column + 1)
        if kind == "fault":
            write_value(cell, shown)
        else:
            cell.value = datetime.datetime.fromisoformat(text)
            cell.number_format = "d mmmm yyyy" if kind == "date" else "d mmmm yyyy hh:mm"
    for place, text in answer["comments"]:
        if _CELL.fullmatch(place):
            sheet[place].comment = Comment(ILLEGAL_CHARACTERS_RE.sub("", text), "")
    for column in range(1, sheet.max_column + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 18


def write_value(cell: Any, value: Any, numbers_are_text: bool = False) -> None:
    """A value as it is; a text never becomes a formula."""
    if numbers_are_text and isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        value = float(value) if "." in value else int(value)
    if isinstance(value, str):
        cell.value = safe_text(ILLEGAL_CHARACTERS_RE.sub("", value))
        cell.data_type = "s"
    else:
        cell.value = value


class _Writer(ExcelWriter):
    """openpyxl's writer, which here may write no temporary file."""

    _archive: ZipFile

    def write_worksheet(self, ws: Any) -> None:
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts = ws._charts
        ws._drawing.images = ws._images
        text = io.BytesIO()
        writer: Any = WorksheetWriter(ws, text)
        writer.write()
        ws._rels = writer._rels
        self._archive.writestr(ws.path[1:], text.getvalue())
        self.manifest.append(ws)


def save_book(book: Any) -> bytes:
    """The workbook's bytes; programs work its formulas out when they open it."""
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        _Writer(book, archive).write_data()
    return stream.getvalue()
