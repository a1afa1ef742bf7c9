"""One cell: a number, a symbol, or a sentence."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.cells import CellProblem, parse_number
from loaders.workbook import Fault
from schemas.symbol import LEGACY_MARKS, Symbol


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (12, 12.0),
        (12.0, 12.0),
        ("12", 12.0),
        (" 1,234 ", 1234.0),
        ("1\u00a0234", 1234.0),
        ("\u200b7", 7.0),
        ("\uff11\uff12", 12.0),
        ("19.5", 19.5),
        ("-3", -3.0),
        (0, 0.0),
    ],
)
def test_a_number_is_read_however_it_is_typed(cell: object, number: float) -> None:
    assert parse_number(cell) == number  # type: ignore[arg-type]


@pytest.mark.parametrize("mark", ["c", "X", " z ", "low", "U"])
def test_a_symbol_is_a_symbol(mark: str) -> None:
    assert isinstance(parse_number(mark), Symbol)


@pytest.mark.parametrize("mark", sorted(LEGACY_MARKS))
def test_a_legacy_mark_is_refused_with_what_to_write(mark: str) -> None:
    found = parse_number(mark)
    assert isinstance(found, CellProblem)
    assert LEGACY_MARKS[mark] in found


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (None, "blank"),
        ("   ", "blank"),
        ("<5", "hides a number"),
        ("fewer than 5", "hides a number"),
        ("46%", "percentage"),
        ("5-9", "range"),
        ("twelve", "not a number"),
        ("12 (prov)", "not a number"),
        ("1e3", "not a number"),
        ("1.234,5", "not a number"),
        ("0x10", "not a number"),
        ("nan", "not a number"),
        ("inf", "not a number"),
        (float("inf"), "not a number"),
        (True, "TRUE"),
        (dt.datetime(2025, 10, 1), "date"),
        (Fault("This cell shows #REF!.", "#REF!"), "#REF!"),
    ],
)
def test_anything_else_is_a_sentence_that_says_why(cell: object, said: str) -> None:
    found = parse_number(cell)  # type: ignore[arg-type]
    assert isinstance(found, CellProblem)
    assert said in found
    assert found.endswith(".")


@given(st.integers(min_value=0, max_value=10_000_000))
def test_a_whole_number_with_thousands_separators_is_the_same_number(number: int) -> None:
    assert parse_number(f"{number:,}") == number


@given(st.text(max_size=40))
def test_no_text_whatever_breaks_the_reader(text: str) -> None:
    assert isinstance(parse_number(text), float | Symbol | CellProblem)
