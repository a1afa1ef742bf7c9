"""Refuses OpenDocument cells that are written once and repeated into the far distance."""

import re

from loaders.problems import ExtractRejected

MAX_ROW = 99_999
MAX_COLUMN = 500
MAX_REPEATED_CELLS = 200_000

_ROW_OR_TABLE = re.compile(rb"<table:(table-row|table)(?=[\s/>])([^>]*)>")
_CELL = re.compile(rb"<table:(?:covered-)?table-cell(?=[\s/>])([^>]*)>")
_ROWS = re.compile(rb"number-rows-repeated\s*=\s*['\"](\d+)")
_COLUMNS = re.compile(rb"number-columns-repeated\s*=\s*['\"](\d+)")
_MANY_COLUMNS = re.compile(rb"number-columns-repeated\s*=\s*['\"]\d{3}")
_VALUE = re.compile(rb"value-type\s*=|<text:p\b[^>]*[^/]>")


def check_ods_content(content: bytes) -> None:
    """LibreOffice ends every sheet with a million empty repeats: those pass, whatever their number.

    Repeats that carry values pass while they stay small (it writes three equal cells as one).
    """
    row = repeated_cells = 0
    tags = list(_ROW_OR_TABLE.finditer(content))
    ends = [tag.start() for tag in tags[1:]] + [len(content)]
    for tag, end in zip(tags, ends, strict=True):
        if tag[1] == b"table":
            row = 0
            continue
        times = _times(_ROWS, tag[2])
        row += times
        holds = _VALUE.search(content, tag.end(), end)
        if holds and (times > 1 or _MANY_COLUMNS.search(content, tag.end(), end)):
            repeated_cells += times * _count_values(content, tag.end(), end)
        if (holds and row > MAX_ROW) or repeated_cells > MAX_REPEATED_CELLS:
            raise ExtractRejected(_FAR)


def _count_values(content: bytes, start: int, end: int) -> int:
    """How many cells of a row hold a value, its repeats included; none may lie too far right."""
    column = values = 0
    cells = list(_CELL.finditer(content, start, end))
    ends = [cell.start() for cell in cells[1:]] + [end]
    for cell, cell_end in zip(cells, ends, strict=True):
        times = _times(_COLUMNS, cell[1])
        column += times
        if _VALUE.search(content, cell.start(), cell_end):
            values += times
            if column > MAX_COLUMN:
                raise ExtractRejected(_FAR)
    return values


def _times(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    found = pattern.search(attributes)
    return int(found[1][:9]) if found else 1


_FAR = (
    f"A cell beyond row {MAX_ROW:,} or column {MAX_COLUMN} holds a value, or a value is repeated "
    "far too often: clear the cells far below and to the right of the figures, save and send it "
    "again."
)
