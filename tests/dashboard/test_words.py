"""Values, periods and changes as sentences, against worked examples."""

import pytest

from dashboard.words.periods import day_words, period_words, when
from dashboard.words.sentences import change_words, headline_sentence
from dashboard.words.values import (
    file_size,
    format_value,
    listed,
    number,
    round_value,
    symbol_words,
    value_and_unit,
)
from tests.dashboard.views import measure, point

SHARE = measure("ehcp_20w_excl")


@pytest.mark.parametrize(
    ("value", "decimals", "said"),
    [
        (72.45, 1, "72.5"),
        (62.5, 0, "63"),
        (2.675, 2, "2.68"),
        (1122.0, 0, "1,122"),
        (-0.04, 1, "0.0"),
        (-3.25, 1, "−3.3"),
        (1e6, 0, "1,000,000"),
    ],
)
def test_halves_are_rounded_away_from_nought(value: float, decimals: int, said: str) -> None:
    assert number(value, decimals) == said


@pytest.mark.parametrize(
    ("unit", "decimals", "value", "said"),
    [
        ("percent", 1, 72.4551, "72.5%"),
        ("per_100", 2, 3.0, "3.00 per 100 pupils"),
        ("per_10k", 1, 12.34, "12.3 per 10,000 children"),
        ("count", 0, 1122, "1,122"),
        ("days", 0, 126, "126 days"),
        ("days", 0, 1, "1 day"),
        ("weeks", 1, 18.4, "18.4 weeks"),
        ("weeks", 1, 1, "1.0 weeks"),
        ("months", 0, 1, "1 month"),
    ],
)
def test_a_value_carries_its_unit(unit: str, decimals: int, value: float, said: str) -> None:
    assert format_value(value, measure(unit=unit, decimals=decimals)) == said


def test_large_type_parts_the_number_from_its_unit() -> None:
    assert value_and_unit(10.98, measure("suspension_rate")) == ("10.98", " per 100 pupils")
    assert value_and_unit(72.46, SHARE) == ("72.5%", "")


def test_a_target_has_no_needless_decimals() -> None:
    assert round_value(100, SHARE) == "100%"
    assert round_value(99.5, SHARE) == "99.5%"


@pytest.mark.parametrize(
    ("period", "basis", "said"),
    [
        ("2025-26 autumn", "in_term", "Autumn term 2025/26"),
        ("2025-26 autumn", "ytd", "Autumn term 2025/26"),
        ("2023-24 spring", "ytd", "Autumn and spring terms 2023/24"),
        ("2023-24 summer", "ytd", "school year 2023/24"),
        ("2025-26 autumn", "rolling3", "three terms to Autumn 2025/26"),
        ("2025-01", "snapshot", "January 2025"),
        ("2024", "calendar_year", "calendar year 2024"),
        ("2023-24", "academic_year", "school year 2023/24"),
        ("2023-24", "financial_year", "financial year 2023/24"),
    ],
)
def test_every_kind_of_period_is_named(period: str, basis: str, said: str) -> None:
    assert period_words(period, basis) == said


def test_a_sentence_begins_with_when() -> None:
    assert when("2025-26 autumn", "in_term") == "In the autumn term 2025/26"
    assert when("2025-26 summer", "snapshot") == "At the end of the summer term 2025/26"


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (72.5, 69.3, "up 3.2 percentage points on Autumn 2024/25"),
        (69.3, 72.5, "down 3.2 percentage points on Autumn 2024/25"),
        (72.5, 72.5, "the same as Autumn 2024/25"),
        (72.52, 72.5, "almost the same as Autumn 2024/25"),
        (72.5, "c", "Autumn 2024/25 is hidden to protect privacy, so no change is shown"),
        ("x", 72.5, "no change is shown"),
        (72.5, None, "no figure for Autumn 2024/25"),
    ],
)
def test_a_change_is_said_and_never_judged(
    now: float | str, before: float | str | None, said: str
) -> None:
    earlier = None if before is None else point("2024-25 autumn", before)
    latest = point("2025-26 autumn", now)
    assert change_words(latest, earlier, SHARE, "Autumn 2024/25") == said


@pytest.mark.parametrize(
    ("name", "now", "before", "said"),
    [
        ("ehcp_active", 1122, 1077, "up 45 on last year"),
        ("nd_wait_longest", 126, 127, "down 1 day on last year"),
        ("nd_wait_longest", 126, 123, "up 3 days on last year"),
        ("suspension_rate", 3.52, 3.0, "up 0.52 per 100 pupils on last year"),
    ],
)
def test_a_change_is_in_the_measures_unit(name: str, now: float, before: float, said: str) -> None:
    latest, earlier = point("2025-26 autumn", now), point("2024-25 autumn", before)
    assert change_words(latest, earlier, measure(name), "last year") == said


def test_the_headline_says_period_value_and_change() -> None:
    latest = point("2025-26 autumn", 72.46, status="provisional")
    change = "up 3.2 percentage points on Autumn 2024/25"
    assert headline_sentence(SHARE, "Darlington", "", latest, change) == (
        "In the autumn term 2025/26 Darlington’s figure was 72.5% (provisional), up 3.2 percentage "
        "points on Autumn 2024/25."
    )
    said = headline_sentence(SHARE, "Darlington", "EHC plan", point("2025-26 autumn", 9.0), "")
    assert said.endswith("Darlington’s figure (EHC plan) was 9.0%.")


def test_a_missing_headline_is_said_in_words() -> None:
    said = headline_sentence(SHARE, "Darlington", "", point("2025-26 autumn", "c"), "")
    assert said == "In the autumn term 2025/26 Darlington’s figure is hidden to protect privacy."


def test_symbols_lists_sizes_and_days_are_words() -> None:
    assert symbol_words("low") == "rounds to 0 but is not 0"
    assert symbol_words(None) == "no figure"
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert file_size(340) == "340 bytes"
    assert file_size(1234) == "1.2 KB"
    assert day_words("2026-08-31") == "31 August 2026"
