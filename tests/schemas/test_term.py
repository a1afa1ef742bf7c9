"""Terms and months."""

import datetime as dt

import pytest

from schemas.term import Month, Season, Term, parse_period, sen2_census_on

AUTUMN = Term(2025, Season.autumn)


@pytest.mark.parametrize(
    "text",
    [
        "Autumn 2025/26",
        "2025-26 autumn",
        "Autumn term 2025-26",
        "202526 Autumn term",
        " autumn  term, 2025/2026 ",
        "AUTUMN 2025–26",
    ],
)
def test_a_term_is_read_however_people_write_it(text: str) -> None:
    assert parse_period(text) == AUTUMN


@pytest.mark.parametrize(
    "value", ["October 2025", "2025-10", "Oct-25", "oct 2025", "2025-10-01", dt.date(2025, 10, 31)]
)
def test_a_month_is_read_however_people_write_it(value: object) -> None:
    assert parse_period(value) == Month(2025, 10)


@pytest.mark.parametrize(
    "value",
    ["", "Autumn", "Autumn 2025", "Autumn 2025/27", "2025-13", "Winter 2025/26", 202526, 1.5],
)
def test_what_is_neither_is_not_guessed(value: object) -> None:
    assert parse_period(value) is None


def test_terms_sort_by_time_as_objects_and_as_text() -> None:
    terms = [Term(2024, Season.autumn).shifted(n) for n in range(7)]
    assert sorted([terms[4], terms[0], *terms[1:4], *terms[5:]]) == terms
    labels = [term.label for term in terms]
    assert labels[:4] == ["2024-25 autumn", "2024-25 spring", "2024-25 summer", "2025-26 autumn"]
    assert sorted(labels) == labels


def test_a_term_shifted_there_and_back_is_itself() -> None:
    for n in range(-12, 13):
        assert AUTUMN.shifted(n).shifted(-n) == AUTUMN


def test_flow_terms_tile_the_calendar_year() -> None:
    terms = [Term(2024, Season.spring), Term(2024, Season.summer), Term(2025, Season.autumn)]
    days = [(t.flow_window.end - t.flow_window.start).days + 1 for t in terms]
    assert days == [120, 123, 122]
    assert terms[0].flow_window.start == dt.date(2025, 1, 1)
    assert terms[2].flow_window.end == dt.date(2025, 12, 31)


@pytest.mark.parametrize(
    ("start_year", "lengths"),
    [(2024, [153, 110, 102]), (2025, [153, 95, 117]), (2026, [153, 87, 125])],
)
def test_dfe_terms_turn_at_easter(start_year: int, lengths: list[int]) -> None:
    windows = [Term(start_year, season).dfe_window for season in Season]
    assert [(w.end - w.start).days + 1 for w in windows] == lengths


def test_every_month_lies_in_the_term_that_lists_it() -> None:
    for number in range(12):
        month = Month(2025 + (8 + number) // 12, (8 + number) % 12 + 1)
        assert month in month.term.months


def test_the_sen2_census_is_the_third_thursday_of_january() -> None:
    days = [sen2_census_on(year) for year in (2025, 2026, 2027)]
    assert [str(day) for day in days] == ["2025-01-16", "2026-01-15", "2027-01-21"]
