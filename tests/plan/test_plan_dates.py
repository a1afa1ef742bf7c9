"""What a plan's words for a start and a finish mean."""

import datetime as dt

import pytest

from loaders.plan_dates import read_when
from loaders.workbook import Value


@pytest.mark.parametrize(
    ("cell", "words", "first", "last"),
    [
        ("April 2025", "April 2025", "2025-04-01", "2025-04-30"),
        ("by end of Feb 2028", "by end of Feb 2028", "2028-02-01", "2028-02-29"),
        ("Spring 2025", "Spring 2025", "2025-01-01", "2025-04-30"),
        ("Summer term 2025", "Summer term 2025", "2025-05-01", "2025-08-31"),
        ("Autumn 2025/26", "Autumn 2025/26", "2025-09-01", "2025-12-31"),
        ("14 April 2025", "14 April 2025", "2025-04-14", "2025-04-14"),
        ("01/02/2025", "01/02/2025", "2025-02-01", "2025-02-01"),
        (dt.datetime(2025, 4, 1), "April 2025", "2025-04-01", "2025-04-30"),
        (dt.date(2025, 7, 18), "18 July 2025", "2025-07-18", "2025-07-18"),
    ],
)
def test_a_month_a_term_and_a_day_have_a_first_and_a_last_day(
    cell: Value, words: str, first: str, last: str
) -> None:
    when = read_when(cell)
    assert (when.words, when.first, when.last) == (words, first, last)


@pytest.mark.parametrize("cell", ["Ongoing on termly basis", "", None, "May", "tbc"])
def test_words_that_name_no_month_are_kept_without_a_day(cell: Value) -> None:
    when = read_when(cell)
    assert (when.words, when.first, when.last) == (cell or "", "", "")
    assert not when.is_doubtful


@pytest.mark.parametrize("cell", ["Apirl 2025", "31 February 2025", 2025, "June 2025 - July 2025"])
def test_a_year_without_a_month_that_can_be_read_is_doubtful(cell: Value) -> None:
    when = read_when(cell)
    assert when.window is None
    assert when.is_doubtful


def test_what_excel_made_of_words_reads_the_same_again() -> None:
    for day in (dt.date(2025, 4, 1), dt.date(2025, 4, 30), dt.date(2026, 2, 28)):
        once = read_when(day)
        assert read_when(once.words) == once
