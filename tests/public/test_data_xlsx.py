"""The workbooks: a cover, notes, one table a sheet, no formula, and always the same bytes."""

import io

import openpyxl
import pytest

from tests.public.builders import release
from tests.public.data_samples import Files, beside, every_file, files_of, published, small_files
from tests.public.data_samples import terms as three_terms


def _open(files: Files, path: str) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(files[path].body))


def test_the_whole_workbook_has_a_sheet_for_each_table() -> None:
    book = _open(every_file(), "data/all.xlsx")
    assert book.sheetnames[:5] == ["Cover", "Notes", "Source", "Columns", "Measures"]
    tables = [one for one in every_file() if one.endswith(".meta.csv")]
    assert len(book.sheetnames) == 5 + len(tables)
    assert "EHC plans, terms" in book.sheetnames


def test_its_cover_says_edition_licence_and_that_the_data_are_invented() -> None:
    cover = _open(small_files(), "data/all.xlsx")["Cover"]
    words = {str(row[0].value): str(row[1].value) for row in cover.iter_rows(min_row=3)}
    assert words["Edition"] == "Summer term 2025/26, version 1.0, published 15 October 2026"
    assert words["Licence"].startswith("Open Government Licence v3.0")
    assert "not real" in words["Invented figures"]


def test_a_hidden_figure_is_a_symbol_in_a_sheet() -> None:
    sheet = _open(small_files(), "data/all.xlsx")["20-week timeliness, terms"]
    headings = [cell.value for cell in sheet[1]]
    place = headings.index("ehcp_20w_excl_percent")
    assert [row[place].value for row in sheet.iter_rows(min_row=2)] == [55, "c", 50]


def test_a_measures_workbook_has_the_table_and_every_figure() -> None:
    book = _open(small_files(), "data/ehcp_20w_excl/ehcp_20w_excl.xlsx")
    assert book.sheetnames == ["Cover", "Notes", "Source", "Data", "All figures"]
    notes = {row[0].value: row[1].value for row in book["Notes"].iter_rows(min_row=2)}
    assert notes["Owner"] == "Council: head of SEND"
    assert notes["Symbol c"] == "hidden to protect privacy."


@pytest.mark.parametrize("start", "=+-@|%")
def test_no_cell_is_a_formula(start: str) -> None:
    sly = f"{start}1+1"
    files = files_of(release(*three_terms(), published(source=sly)))
    for path in ("data/all.xlsx", "data/ehcp_20w_excl/ehcp_20w_excl.xlsx"):
        book = _open(files, path)
        kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
        assert "f" not in kinds


def test_the_same_publication_gives_the_same_workbook() -> None:
    first, second = (files_of(release(*three_terms(), *beside())) for _ in range(2))
    assert first["data/all.xlsx"].body == second["data/all.xlsx"].body
