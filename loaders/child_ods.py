"""Reads an .ods in one pass into plain values, its error cells and unworked formulas included."""

import io
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import IO
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from defusedxml.ElementTree import fromstring, iterparse

from loaders.child_answer import (
    FAR_CELL,
    MAX_COLUMNS,
    NOT_A_NUMBER,
    UNCACHED,
    Budget,
    Odd,
    Plain,
    SheetAnswer,
    UnreadableError,
    date_or_fault,
    error_message,
    is_error,
)
from loaders.child_marks import Marks, letters

_NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_OFFICE = f"{{{_NAMESPACE}office:1.0}}"
_TABLE = f"{{{_NAMESPACE}table:1.0}}"
_TEXT = f"{{{_NAMESPACE}text:1.0}}"
_STYLE = f"{{{_NAMESPACE}style:1.0}}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"

_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_HIDDEN = ("collapse", "filter")


def read_ods(content: bytes) -> list[SheetAnswer]:
    """Every sheet, hidden or not, in order. Raises UnreadableError."""
    with ZipFile(io.BytesIO(content)) as archive:
        with archive.open("content.xml") as source:
            sheets = list(_Sheets(source))
        if "styles.xml" in archive.namelist() and sheets:
            sheets[0].comments += _read_page_headers(archive.read("styles.xml"))
    if not sheets:
        raise UnreadableError("This workbook holds no sheet: check it and send it again.")
    return sheets


class _Sheets:
    """Walks content.xml once, keeping one row at a time in memory."""

    def __init__(self, source: IO[bytes]) -> None:
        self._events = iterparse(source, events=("start", "end"), forbid_dtd=True)
        self._hidden_styles: set[str] = set()
        self._budget = Budget()

    def __iter__(self) -> Iterator[SheetAnswer]:
        for event, element in self._events:
            if event == "start" and element.tag == f"{_TABLE}table":
                yield self._read_table(element)
            elif event == "end" and element.tag == f"{_STYLE}style":
                self._note_style(element)

    def _note_style(self, style: Element) -> None:
        for properties in style.iter(f"{_STYLE}table-properties"):
            if properties.get(f"{_TABLE}display") == "false":
                self._hidden_styles.add(style.get(f"{_STYLE}name", ""))

    def _read_table(self, table: Element) -> SheetAnswer:
        hidden = table.get(f"{_TABLE}style-name") in self._hidden_styles
        answer = SheetAnswer(table.get(f"{_TABLE}name", ""), self._budget, hidden)
        marks = Marks(answer)
        columns = row = 0
        for event, element in self._events:
            if event != "end":
                continue
            if element.tag == f"{_TABLE}table-row":
                row = _add_rows(element, row, answer, marks)
                element.clear()
            elif element.tag == f"{_TABLE}table-column":
                columns = _note_columns(element, columns, marks)
            elif element is table:
                break
        marks.finish()
        return answer


def _note_columns(element: Element, columns: int, marks: Marks) -> int:
    last = columns + _times(element, "columns")
    if element.get(f"{_TABLE}visibility") in _HIDDEN:
        marks.hide_columns(columns + 1, last)
    return last


def _times(element: Element, what: str) -> int:
    return int(element.get(f"{_TABLE}number-{what}-repeated", "1"))


def _add_rows(element: Element, above: int, answer: SheetAnswer, marks: Marks) -> int:
    """Adds a row as often as it is repeated, if it holds anything; returns the last number."""
    values, odd = _read_cells(element, above + 1, answer, marks)
    last = above + _times(element, "rows")
    if any(value is not None for value in values) or odd:
        for number in range(above + 1, last + 1):
            answer.add_row(number, list(values), odd)
            if element.get(f"{_TABLE}visibility") in _HIDDEN:
                marks.hidden_rows.append(number)
    return last


def _read_cells(
    row: Element, number: int, answer: SheetAnswer, marks: Marks
) -> tuple[list[Plain], dict[int, Odd]]:
    values: list[Plain] = []
    odd: dict[int, Odd] = {}
    column = 0
    for cell in row:
        if cell.tag not in _CELLS:
            continue
        times = _times(cell, "columns")
        place = f"{letters(column + 1)}{number}"
        text = _read_text(cell, place, answer)
        value, fault = _read_value(cell, text)
        if value is not None or fault:
            if column + times > MAX_COLUMNS:
                raise UnreadableError(FAR_CELL)
            values += [None] * (column - len(values)) + [value] * times
            if fault:
                odd.update({c: (0, c, *fault[2:]) for c in range(column, column + times)})
        _note_merge(cell, column, number, marks)
        column += times
    return values, odd


def _note_merge(cell: Element, column: int, row: int, marks: Marks) -> None:
    wide = int(cell.get(f"{_TABLE}number-columns-spanned", "1"))
    high = int(cell.get(f"{_TABLE}number-rows-spanned", "1"))
    if wide > 1 or high > 1:
        first = f"{letters(column + 1)}{row}"
        marks.merges.append(f"{first}:{letters(column + wide)}{row + high - 1}")


def _read_value(cell: Element, text: str) -> tuple[Plain, Odd | None]:
    """A plain value, or what stands in its place: a date or a fault."""
    kind = cell.get(f"{_OFFICE}value-type", "")
    formula = cell.get(f"{_TABLE}formula")
    if cell.get(f"{_CALC}value-type") == "error" or (text and is_error(text)):
        return None, (0, 0, "fault", error_message(text or "an error"), text)
    if formula is not None and not kind:
        return None, (0, 0, "fault", UNCACHED, "=" + formula.partition("=")[2])
    if kind in ("float", "percentage", "currency"):
        return _read_number(cell.get(f"{_OFFICE}value", ""))
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value") == "true", None
    if kind == "date":
        return None, _read_date(cell.get(f"{_OFFICE}date-value", ""))
    if kind == "time":
        return None, (0, 0, "fault", NOT_A_NUMBER, text)
    text = text or cell.get(f"{_OFFICE}string-value", "")
    return (text if text.strip() else None), None


def _read_number(text: str) -> tuple[Plain, Odd | None]:
    if re.fullmatch(r"[+-]?\d{1,18}", text):
        return int(text), None
    number = float(text)
    if not abs(number) < 1e300:
        return None, (0, 0, "fault", NOT_A_NUMBER, text)
    return number, None


def _read_date(text: str) -> Odd:
    moment = datetime.fromisoformat(text[:26])
    return date_or_fault(date.fromisoformat(text) if len(text) == 10 else moment, 0)


def _read_text(cell: Element, place: str, answer: SheetAnswer) -> str:
    """The paragraphs of a cell; a note pinned to it is kept apart."""
    lines: list[str] = []
    for child in cell:
        if child.tag == f"{_TEXT}p":
            lines.append("".join(_pieces(child)))
        elif child.tag == f"{_OFFICE}annotation":
            answer.comments.append((place, "".join(child.itertext())))
    return "\n".join(lines)


def _pieces(element: Element) -> Iterator[str]:
    """Text with its spaces and tabs, which OpenDocument writes as elements."""
    yield element.text or ""
    for child in element:
        if child.tag == f"{_TEXT}s":
            yield " " * min(int(child.get(f"{_TEXT}c", "1")), 1000)
        elif child.tag in (f"{_TEXT}tab", f"{_TEXT}line-break"):
            yield " "
        else:
            yield from _pieces(child)
        yield child.tail or ""


def _read_page_headers(styles: bytes) -> list[tuple[str, str]]:
    root = fromstring(styles, forbid_dtd=True)
    headers = [*root.iter(f"{_STYLE}header"), *root.iter(f"{_STYLE}footer")]
    texts = ["".join(header.itertext()).strip() for header in headers]
    return [("page header", text) for text in texts if text]
