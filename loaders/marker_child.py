"""Runs alone in a limited process: marks a file's cells, and answers with a new workbook.

Standard input brings one line of JSON that says what to mark, and then the file.
"""

import json
import os
import sys
from typing import Any

from loaders.reader_child import confine, prepare_openpyxl, read_sheets


def main(kind: str) -> None:
    """Confine this process, read the whole of stdin and answer once."""
    confine()
    order, _, content = sys.stdin.buffer.read().partition(b"\n")
    sys.stdout.buffer.write(_mark(kind, json.loads(order), content))
    sys.stdout.buffer.flush()
    os._exit(0)


def _mark(kind: str, order: dict[str, Any], content: bytes) -> bytes:
    prepare_openpyxl()
    from loaders.child_book import build_book, open_book, save_book
    from loaders.child_fix_sheet import add_fix_sheet, remove_fix_sheet
    from loaders.child_mark_cells import mark_cells, remove_marks

    if order["own"]:
        book, sheets, lost = open_book(content)
        remove_fix_sheet(book, sheets)
        remove_marks(sheets.values())
    else:
        book, sheets = build_book(kind, read_sheets(kind, content), order["stem"])
        lost = [CELLS_ONLY]
    places = mark_cells(sheets, order["things"])
    add_fix_sheet(book, order, sheets, places, lost)
    return save_book(book)


CELLS_ONLY = (
    "This workbook was made from the cells of your file. How they looked, and the formulas behind "
    "them, are not in it."
)
