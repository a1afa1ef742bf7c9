"""Small builders with defaults, so that a test states only the facts it is about."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import openpyxl

from schemas.extract import Extract
from schemas.extracts import load_extracts

Rows = Sequence[Sequence[Any]]

COVER: dict[str, Any] = {
    "Area code": "E06000005",
    "Organisation": "Darlington Borough Council",
    "Prepared by": "Performance team",
    "Data as at": "2026-01-12",
    "Status": "final",
    "Coverage note": "",
}


def workbook(sheets: Mapping[str, Rows], cover: Mapping[str, Any] | None = None) -> bytes:
    """An .xlsx with a cover and these sheets, each a list of rows with the headings first."""
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.title = "About this return"
    for line in (COVER | dict(cover or {})).items():
        first.append(list(line))
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def headings(extract_id: str) -> list[str]:
    extract = load_extracts()[extract_id]
    return [extract.heading_of(column) for column in extract.columns]


def rows(extract_id: str, *rows: Mapping[str, Any], **same: Any) -> list[list[Any]]:
    """Headings and rows of one extract; columns by id, numbers 0 unless said."""
    extract = load_extracts()[extract_id]
    return [headings(extract_id), *(_row(extract, same | dict(row)) for row in rows)]


def _row(extract: Extract, given: Mapping[str, Any]) -> list[Any]:
    unknown = given.keys() - set(extract.columns)
    assert not unknown, unknown
    blank: dict[str, Any] = {"period": "Autumn 2025/26"}
    blank |= {f.id: f.categories[0].label for f in extract.filters}
    blank |= {i.id: 0 if i.additive else "z" for i in extract.indicators}
    return [(blank | dict(given))[column] for column in extract.columns]


def sheets(**by_extract: Rows) -> dict[str, Rows]:
    """Sheets by extract id instead of by sheet name."""
    return {load_extracts()[name].sheet: rows for name, rows in by_extract.items()}


def timeliness(**numbers: Any) -> list[list[Any]]:
    """One valid row of the timeliness sheet for all phases."""
    default = {
        "phase": "All phases",
        "issued": 60,
        "issued_excl": 55,
        "within_20w": 43,
        "within_20w_excl": 41,
        "after_1_year": 2,
        "open_over_20w": 30,
        "median_weeks": 19.5,
    }
    return rows("ehc_timeliness", default | numbers)
