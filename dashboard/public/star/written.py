"""A table of the star as a CSV file, line by line."""

import csv
import io
from collections.abc import Iterable, Iterator

from dashboard.downloads.separated import harmless
from dashboard.public.star.shape import Cell, Row, TableShape

KIND = "text/csv"
_LINES = 500  # to a piece that is sent on


def csv_pieces(table: TableShape, rows: Iterable[Row]) -> Iterator[bytes]:
    """UTF-8 without a byte order mark, which programs would take for a part of the first name;
    `true` and `false`, ISO dates, empty where there is nothing. No text can run as a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(table.headings)
    for number, row in enumerate(rows, start=1):
        writer.writerow([_written(cell) for cell in row])
        if number % _LINES == 0:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


def _written(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return harmless(cell) if isinstance(cell, str) else cell
