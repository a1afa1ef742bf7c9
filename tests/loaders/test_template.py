"""The template is the contract as a workbook: what an analyst may fill in, and nothing else."""

import datetime as dt
import io
import re
import time
import unicodedata
import zipfile
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from loaders.gate import FileKind, check_gate
from loaders.template import build_template, template_rows
from loaders.template_text import safe_text
from schemas.area_settings import load_area_settings
from schemas.extract import Extract
from schemas.extracts import load_extracts
from schemas.symbol import Symbol
from schemas.term import Season, Term

DARLINGTON, DURHAM = "E06000005", "E06000047"
TERM = Term(2025, Season.autumn)
EXTRACTS = load_extracts()
EXTRACT_PARAMETERS = pytest.mark.parametrize("extract", EXTRACTS.values(), ids=EXTRACTS.keys())
HEADINGS, FIRST = 3, 4  # rows as Excel numbers them


def _built(code: str = DARLINGTON, **given: Any) -> bytes:
    extracts = given.pop("extracts", EXTRACTS)
    return build_template(load_area_settings()[code], TERM, extracts, **given)


def _opened(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.fixture(scope="module")
def blank() -> Workbook:
    return _opened(_built())


def _headings(sheet: Worksheet) -> list[Any]:
    return [cell.value for cell in sheet[HEADINGS]]


def _rows(sheet: Worksheet) -> list[tuple[Any, ...]]:
    return [row for row in sheet.iter_rows(min_row=FIRST, values_only=True) if row[0]]


def _validations(sheet: Worksheet, cell: str) -> list[DataValidation]:
    return [rule for rule in sheet.data_validations.dataValidation if cell in rule.sqref]


def test_it_has_a_guide_a_cover_every_sheet_of_the_area_and_the_lists(blank: Workbook) -> None:
    sheets = [EXTRACTS[name].sheet for name in load_area_settings()[DARLINGTON].extracts]
    assert blank.sheetnames == ["How to fill this in", "About this return", *sheets, "Lists"]


def test_another_area_needs_nothing_but_its_settings() -> None:
    book = _opened(_built(DURHAM))
    settings = load_area_settings()[DURHAM]
    assert book.sheetnames[2:-1] == [EXTRACTS[name].sheet for name in settings.extracts]
    assert book["About this return"]["B1"].value == DURHAM
    assert "County Durham" in book["EHC plans"]["A1"].value


def test_an_organisation_can_be_given_its_own_sheets_only() -> None:
    health = {e.id: e for e in EXTRACTS.values() if e.organisation == "health"}
    assert _opened(_built(extracts=health)).sheetnames[2:-1] == [
        "Neurodevelopmental waits",
        "Therapy waits",
    ]


@EXTRACT_PARAMETERS
def test_the_headings_are_those_of_the_contract(blank: Workbook, extract: Extract) -> None:
    expected = [extract.heading_of(column) for column in extract.columns]
    assert _headings(blank[extract.sheet]) == expected


@EXTRACT_PARAMETERS
def test_there_is_a_row_for_each_period_and_category(blank: Workbook, extract: Extract) -> None:
    rows = _rows(blank[extract.sheet])
    periods = ["September 2025", "October 2025", "November 2025", "December 2025"]
    per_period = 1
    for split in extract.filters:
        per_period *= len(split.categories)
    assert [row[0] for row in rows] == [
        period
        for period in (periods if extract.monthly else ["Autumn 2025/26"])
        for _ in range(per_period)
    ]
    assert len(set(rows)) == len(rows)


def test_placement_has_sixteen_placements_in_and_out_of_the_area() -> None:
    rows = template_rows(EXTRACTS["ehc_plans_by_placement"], TERM)
    assert len(rows) == 32
    assert rows[1] == {"period": "Autumn 2025/26", "placement": "mainstream", "in_area": "no"}


@EXTRACT_PARAMETERS
def test_headings_are_locked_and_inputs_are_not(blank: Workbook, extract: Extract) -> None:
    sheet = blank[extract.sheet]
    filters = 1 + len(extract.filters)
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert all(cell.protection.locked for row in sheet["A1:B3"] for cell in row)
    assert all(cell.protection.locked for cell in sheet[HEADINGS])
    for row in sheet.iter_rows(min_row=FIRST, max_row=FIRST + len(_rows(sheet)) - 1):
        locked = [cell.protection.locked for cell in row]
        assert locked == [True] * filters + [False] * len(extract.indicators)


@EXTRACT_PARAMETERS
def test_columns_can_be_resized_and_headings_stay_in_sight(
    blank: Workbook, extract: Extract
) -> None:
    sheet = blank[extract.sheet]
    assert not sheet.protection.formatColumns  # "not forbidden"
    assert sheet.freeze_panes == sheet.cell(FIRST, 2 + len(extract.filters)).coordinate
    assert sheet.print_title_rows == "$3:$3"
    assert extract.sheet in str(sheet.oddHeader.left.text)


@EXTRACT_PARAMETERS
def test_each_number_says_in_a_note_what_to_count(blank: Workbook, extract: Extract) -> None:
    cells = {cell.value: cell for cell in blank[extract.sheet][HEADINGS]}
    for indicator in extract.indicators:
        note = cells[indicator.heading].comment
        assert note is not None
        assert note.text == indicator.help


@EXTRACT_PARAMETERS
def test_drop_down_lists_offer_the_labels_on_spare_rows(blank: Workbook, extract: Extract) -> None:
    sheet = blank[extract.sheet]
    spare = FIRST + len(_rows(sheet))
    for place, split in enumerate(extract.filters, 2):
        cell = sheet.cell(spare, place)
        (rule,) = _validations(sheet, cell.coordinate)
        assert rule.type == "list"
        name, cells = str(rule.formula1).removeprefix("=").split("!")
        assert tuple(row[0].value for row in blank[name][cells.replace("$", "")]) == split.labels
        assert not cell.protection.locked
        assert cell.value is None


class _Text(str):
    """Text in Excel: more than any number, and the same in capitals."""

    def __ge__(self, other: object) -> bool:
        return True

    def __eq__(self, other: object) -> bool:
        return self.casefold() == str(other).casefold()

    __hash__ = str.__hash__


def _allows(rule: DataValidation, value: float | str) -> bool:
    """What Excel would say: the rule's formula, with the value in place of its cell."""
    formula = str(rule.formula1).removeprefix("=")
    python = re.sub(r"(?<![<>=])=", "==", re.sub(r"\b[A-Z]{1,2}\d+\b", "cell", formula))
    functions = {
        "IF": lambda test, yes, no: yes if test else no,
        "AND": lambda *tests: all(tests),
        "OR": lambda *tests: any(tests),
        "ISNUMBER": lambda cell: not isinstance(cell, str),
        "INT": lambda cell: cell if isinstance(cell, str) else cell // 1,
    }
    cell = _Text(value) if isinstance(value, str) else value
    return bool(eval(python, {"__builtins__": {}}, {**functions, "cell": cell}))


@EXTRACT_PARAMETERS
def test_an_input_takes_a_number_or_any_symbol_and_nothing_else(
    blank: Workbook, extract: Extract
) -> None:
    sheet = blank[extract.sheet]
    for place, indicator in enumerate(extract.indicators, 2 + len(extract.filters)):
        (rule,) = _validations(sheet, sheet.cell(FIRST, place).coordinate)
        assert all(_allows(rule, value) for value in (0, 12, *Symbol, "C", "LOW"))
        assert not any(_allows(rule, value) for value in (-1, "n/a", "*", "<5", "none"))
        assert _allows(rule, 2.5) == (not indicator.whole_numbers)
        assert len(str(rule.formula1)) <= 255


def test_the_cover_has_the_lines_of_the_contract(blank: Workbook) -> None:
    cover = blank["About this return"]
    assert [row[0] for row in cover.iter_rows(values_only=True)] == [
        "Area code",
        "Organisation",
        "Prepared by",
        "Data as at",
        "Status",
        "Coverage note",
    ]
    assert cover["B1"].value == DARLINGTON
    assert not any(cell.protection.locked for (cell,) in cover["B1:B6"])
    assert [rule.formula1 for rule in _validations(cover, "B5")] == ['"provisional,final,revised"']


def test_the_date_on_the_cover_is_a_real_date() -> None:
    cover = _opened(_built(cover={"Data as at": "2026-01-12"}))["About this return"]
    assert cover["B4"].value == dt.datetime(2026, 1, 12)
    assert cover["B4"].is_date


def test_the_guide_explains_every_symbol_and_says_not_to_send_names(blank: Workbook) -> None:
    guide = blank["How to fill this in"]
    rows = {row[0]: row[1] for row in guide.iter_rows(values_only=True)}
    for symbol in Symbol:
        assert rows[symbol.value].casefold().startswith(symbol.meaning)
    said = " ".join(str(text) for text in rows.values())
    assert "Never send names of children" in " ".join(
        str(row[1]) for row in guide.iter_rows(values_only=True)
    )
    assert "Grey" in rows
    assert "Fill in." in said


def test_last_terms_figures_stand_apart_on_the_right() -> None:
    def last(extract: str, indicator: str, categories: dict[str, str]) -> float | str | None:
        if indicator == "plans_end" and extract == "ehc_plans":
            return {"primary": 411, "secondary": "c"}.get(categories["phase"])
        return None

    book = _opened(_built(last_values=last))
    sheet = book["EHC plans"]
    headings = _headings(sheet)
    assert headings[-2:] == [None, "Last term: Plans at end"]
    figures = [sheet.cell(row, len(headings)).value for row in range(FIRST, FIRST + 5)]
    assert figures == [None, 411, "c", None, None]
    assert not any("Last term" in str(h) for h in _headings(book["Annual reviews"]))


def test_filled_rows_come_from_the_values() -> None:
    rows = [{"period": "Autumn 2025/26", "sen_status": "ehc_plan", "home_educated": 21}]
    rows += [{"period": "2025-26 autumn", "sen_status": "all", "missing": "c"}]
    book = _opened(_built(values={"out_of_school": rows}))
    assert book.sheetnames[2:-1] == ["Out of school"]
    assert _rows(book["Out of school"]) == [
        ("Autumn 2025/26", "EHC plan", 21, None, None),
        ("2025-26 autumn", "All pupils", None, "c", None),
    ]


def test_no_text_becomes_a_formula_or_a_link() -> None:
    nasty = ["=1+1", "+1", "-1", "@a", " \u200b=1", "\uff1d1", "\t=1", "|a", "%a", "http://a.b"]
    row = {"period": "=NOW()", "sen_status": "=2", "home_educated": "=A1", "missing": "-"}
    content = _built(
        values={"out_of_school": [row, *({"period": text} for text in nasty)]},
        cover={"Organisation": "=cmd|' /c calc'!A0", "Data as at": "=1", "Coverage note": "+1"},
    )
    for sheet in _opened(content):
        for cell in (cell for cells in sheet.iter_rows() for cell in cells):
            assert cell.data_type != "f"
            assert not (isinstance(cell.value, str) and cell.value.startswith(tuple("=+-@|%\t")))
            assert cell.hyperlink is None
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        assert not any(b"<f>" in archive.read(name) for name in sheets)


@given(st.text(max_size=20))
def test_safe_text_only_ever_adds_one_apostrophe(text: str) -> None:
    safe = safe_text(text)
    assert safe in (text, f"'{text}")
    seen = [sign for sign in safe if unicodedata.category(sign)[0] not in "CZ"]
    assert not seen or unicodedata.normalize("NFKC", seen[0])[:1] not in set("=+-@|%")


def test_the_same_template_is_the_same_bytes() -> None:
    first = _built()
    time.sleep(2.1)  # a zip keeps the time to two seconds
    assert _built() == first


def test_it_is_safe_at_the_gate_and_made_in_a_second() -> None:
    started = time.perf_counter()
    content = _built(last_values=lambda *_: 1200)
    assert time.perf_counter() - started < 1
    assert check_gate(content, "template.xlsx") is FileKind.xlsx
    assert len(content) < 80_000
