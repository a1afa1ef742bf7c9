"""Fills in a blank template as an analyst does: the rows it names, from what their system gives."""

import io
from collections.abc import Iterator, Sequence
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from schemas.extract import Extract
from schemas.extracts import load_extracts


def fill(blank: bytes, source: bytes, cover: dict[str, Any]) -> bytes:
    """The template with the figures of the same rows of `source`, and these lines on its cover."""
    book = openpyxl.load_workbook(io.BytesIO(blank))
    known = openpyxl.load_workbook(io.BytesIO(source))
    for extract in load_extracts().values():
        if extract.sheet in book.sheetnames:
            _fill_sheet(book[extract.sheet], known[extract.sheet], extract)
    for line in book["About this return"].iter_rows(max_col=2):
        if line[0].value in cover:
            line[1].value = cover[line[0].value]
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _fill_sheet(sheet: Worksheet, source: Worksheet, extract: Extract) -> None:
    """Rows the source has nothing for are taken out, those the template lacks are added below."""
    figures = [extract.heading_of(one.id) for one in extract.indicators]
    keys = ["Period", *(extract.heading_of(one) for one in extract.filter_ids)]
    known = {key: values for key, _, values in _rows(source, keys, figures)}
    spare = []
    for key, cells, _ in list(_rows(sheet, keys, figures)):
        values = known.pop(key, None)
        for cell, value in zip(cells, values or (), strict=False):
            cell.value = value
        if values is None:
            spare.append(cells[0].row)
    for row in reversed(spare):
        sheet.delete_rows(row)
    place = _places(sheet)
    for row, (key, values) in enumerate(known.items(), sheet.max_row + 1):
        for name, value in zip((*keys, *figures), (*key, *values), strict=True):
            sheet.cell(row, place[name] + 1, value)


def _rows(
    sheet: Worksheet, keys: Sequence[str], figures: Sequence[str]
) -> Iterator[tuple[tuple[Any, ...], list[Any], list[Any]]]:
    """What each row is about, its cells for figures and what stands in them."""
    place = _places(sheet)
    below = False
    for row in sheet.iter_rows():
        if below and row[0].value is not None:
            cells = [row[place[name]] for name in figures]
            yield tuple(row[place[k]].value for k in keys), cells, [cell.value for cell in cells]
        below = below or row[0].value == "Period"


def _places(sheet: Worksheet) -> dict[Any, int]:
    headings = next(row for row in sheet.iter_rows() if row[0].value == "Period")
    return {cell.value: number for number, cell in enumerate(headings)}
