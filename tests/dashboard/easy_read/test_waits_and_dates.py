"""Waits in weeks, months or years, the month they end in, and days and terms in full."""

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.words.easy_read.by_number import wait_words
from dashboard.words.easy_read.catalogue import load_catalogue
from dashboard.words.easy_read.dates import counted, day_in_full, months_in_full, term_in_year
from dashboard.words.easy_read.lint import find_errors
from dashboard.words.easy_read.waits import anchor, wait_of_days, wait_of_weeks
from schemas.term import Season, Term

ENGLISH = load_catalogue()


@pytest.mark.parametrize(
    ("days", "weeks", "months", "words"),
    [
        (0, 1, 0, "1 week"),
        (7, 1, 0, "1 week"),
        (24, 3, 1, "3 weeks"),
        (25, 4, 1, "1 month"),
        (126, 18, 4, "4 months"),
        (140, 20, 5, "5 months"),
        (481, 69, 16, "16 months"),
        (721, 103, 24, "24 months"),
        (728, 104, 24, "2 years"),
        (819, 117, 27, "2 and a half years"),
        (1280, 183, 42, "3 and a half years"),
    ],
)
def test_a_wait_in_days_is_said_in_weeks_months_or_years(
    days: int, weeks: int, months: int, words: str
) -> None:
    wait = wait_of_days(Fraction(days), ENGLISH)
    assert (wait.weeks, wait.months, wait.words) == (weeks, months, words)


@given(st.integers(min_value=1, max_value=400))
def test_the_linter_says_a_wait_in_the_same_words(weeks: int) -> None:
    said = wait_of_weeks(Fraction(weeks), ENGLISH).words
    assert wait_words(weeks).removeprefix("about ") == said


@pytest.mark.parametrize(
    ("weeks", "said"),
    [
        (2, ""),
        (4, "If you asked in January, you might wait until February."),
        (20, "If you asked in January, you might wait until June."),
        (48, "If you asked in January, you might wait until December."),
        (52, "If you asked in January, you might wait until January next year."),
        (102, "If you asked in January, you might wait until December next year."),
        (104, ""),
    ],
)
def test_a_wait_is_pictured_by_the_month_it_ends_in(weeks: int, said: str) -> None:
    assert anchor(wait_of_weeks(Fraction(weeks), ENGLISH), ENGLISH) == said


@given(st.integers(min_value=0, max_value=3_000))
def test_the_words_of_every_wait_are_easy_to_read(days: int) -> None:
    wait = wait_of_days(Fraction(days), ENGLISH)
    assert find_errors(f"Half of the children waited less than {wait.words}.") == []
    assert find_errors(anchor(wait, ENGLISH)) == []


def test_a_day_is_said_in_full() -> None:
    assert day_in_full(dt.date(2026, 3, 3), ENGLISH) == "Tuesday 3 March 2026"


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ((2025, 1, 1), (2025, 12, 31), "January to December 2025"),
        ((2024, 8, 1), (2025, 7, 31), "August 2024 to July 2025"),
        ((2026, 1, 15), (2026, 1, 15), "January 2026"),
    ],
)
def test_a_time_is_said_by_its_months(
    start: tuple[int, int, int], end: tuple[int, int, int], said: str
) -> None:
    assert months_in_full(dt.date(*start), dt.date(*end), ENGLISH) == said


def test_when_we_counted_is_a_day_a_time_or_both() -> None:
    start, end = dt.date(2026, 5, 1), dt.date(2026, 8, 31)
    assert counted([(end, end)], ENGLISH) == ("We counted on Monday 31 August 2026.",)
    long = "We counted from Friday 1 May 2026 to Monday 31 August 2026."
    assert counted([(start, end)], ENGLISH) == (long,)
    both = (long, "We counted some things on Monday 31 August 2026.")
    assert counted([(start, end), (end, end)], ENGLISH) == both


@given(st.dates(dt.date(2014, 1, 1), dt.date(2099, 12, 31)))
def test_every_day_passes_the_linter(day: dt.date) -> None:
    spans = [(day, day + dt.timedelta(days=1)), (day, day)]
    assert find_errors("\n".join(counted(spans, ENGLISH))) == []


@pytest.mark.parametrize(
    ("season", "said"),
    [
        (Season.autumn, "autumn 2025"),
        (Season.spring, "spring 2026"),
        (Season.summer, "summer 2026"),
    ],
)
def test_a_term_is_said_with_the_year_it_lies_in(season: Season, said: str) -> None:
    assert term_in_year(Term(2025, season), ENGLISH) == said
