"""Rows as a CSV file: tidy, unrounded, and no cell of it can run as a formula."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dashboard.charts.table import DataTable, Raw

_RISKY = "=+-@|%\t\r\n"


@dataclass(frozen=True)
class Rows:
    """A table as a file holds it: "" where there is nothing, numbers as numbers."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Raw, ...], ...]


def rows_of(table: DataTable) -> Rows:
    """A page's table without its typography."""
    return Rows(table.headings, tuple(tuple(cell.raw for cell in row) for row in table.rows))


def csv_bytes(rows: Rows) -> bytes:
    """UTF-8 with a mark, so that Excel reads the accents; lines end as the standard says."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_safe(rows.headings))
    writer.writerows(_safe(row) for row in rows.rows)
    return text.getvalue().encode("utf-8-sig")


def _safe(row: Iterable[Raw]) -> Iterator[Raw]:
    return (harmless(cell) if isinstance(cell, str) else cell for cell in row)


def harmless(text: str) -> str:
    """With an apostrophe before it when a spreadsheet could take it for a formula."""
    if text[:1].isalnum():  # nearly always
        return text
    first = next((sign for sign in text if not _is_unseen(sign)), "")
    return f"'{text}" if first and unicodedata.normalize("NFKC", first) in _RISKY else text


def _is_unseen(sign: str) -> bool:
    """Spaces and signs without width, behind which a formula may hide; a tab is one itself."""
    return unicodedata.category(sign) in ("Zs", "Cf")
