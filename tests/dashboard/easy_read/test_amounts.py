"""Shares as “out of 10” and counts as round numbers: the table, and laws that always hold."""

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.words.easy_read.amounts import (
    classes_words,
    count_words,
    exact,
    half_up,
    out_of_ten,
    round_count,
)
from dashboard.words.easy_read.catalogue import load_catalogue
from dashboard.words.easy_read.lint import find_errors

ENGLISH = load_catalogue()
SHARES = st.fractions(min_value=0, max_value=1, max_denominator=100_000)


@pytest.mark.parametrize(
    ("share", "filled", "words", "other"),
    [
        ("0", 0, "No", "All"),
        ("0.0001", 0, "Fewer than 1 out of 10", "Nearly all"),
        ("0.0499", 0, "Fewer than 1 out of 10", "Nearly all"),
        ("0.05", 1, "About 1 out of 10", "About 9 out of 10"),
        ("0.0949", 1, "About 1 out of 10", "About 9 out of 10"),
        ("0.095", 1, "1 out of 10", "9 out of 10"),
        ("0.1", 1, "1 out of 10", "9 out of 10"),
        ("0.15", 2, "About 2 out of 10", "About 8 out of 10"),
        ("0.45", 5, "About 5 out of 10", "About 5 out of 10"),
        ("0.549", 5, "About 5 out of 10", "About 5 out of 10"),
        ("0.55", 6, "About 6 out of 10", "About 4 out of 10"),
        ("0.605", 6, "6 out of 10", "4 out of 10"),
        ("0.6051", 6, "About 6 out of 10", "About 4 out of 10"),
        ("0.725", 7, "About 7 out of 10", "About 3 out of 10"),
        ("0.75", 8, "About 8 out of 10", "About 2 out of 10"),
        ("0.949", 9, "About 9 out of 10", "About 1 out of 10"),
        ("0.95", 9, "About 9 out of 10", "About 1 out of 10"),
        ("0.9501", 10, "Nearly all", "Fewer than 1 out of 10"),
        ("0.9999", 10, "Nearly all", "Fewer than 1 out of 10"),
        ("1", 10, "All", "No"),
    ],
)
def test_a_share_is_said_as_the_table_has_it(
    share: str, filled: int, words: str, other: str
) -> None:
    said = out_of_ten(Fraction(share), ENGLISH)
    assert (said.filled, said.words, said.other) == (filled, words, other)


@given(SHARES)
def test_nothing_is_only_said_of_nothing_and_all_only_of_all(share: Fraction) -> None:
    said = out_of_ten(share, ENGLISH)
    assert (said.words == "No") == (said.other == "All") == (share == 0)
    assert (said.words == "All") == (said.other == "No") == (share == 1)
    assert not re.match(r"(About )?(0|10) out", said.words)
    assert not re.match(r"(About )?(0|10) out", said.other)


@given(SHARES)
def test_the_two_sides_always_make_ten(share: Fraction) -> None:
    said = out_of_ten(share, ENGLISH)
    numbers = [re.search(r"(?<!than )\b(\d+) out of 10", side) for side in (said.words, said.other)]
    if 0 < said.filled < 10:
        one, two = (int(found[1]) for found in numbers if found)
        assert (one, one + two) == (said.filled, 10)
    else:
        assert numbers == [None, None]


@given(SHARES)
def test_a_bigger_share_never_fills_fewer_pictures(share: Fraction) -> None:
    smaller = share * Fraction(9, 10)
    assert out_of_ten(smaller, ENGLISH).filled <= out_of_ten(share, ENGLISH).filled


@given(SHARES)
def test_a_number_is_at_most_half_a_tenth_away_from_the_share(share: Fraction) -> None:
    assert abs(10 * share - out_of_ten(share, ENGLISH).filled) <= Fraction(1, 2)


@given(SHARES)
def test_every_share_makes_sentences_without_an_error(share: Fraction) -> None:
    said = out_of_ten(share, ENGLISH)
    assert find_errors(f"{said.words} plans were late. {said.other} plans were on time.") == []


@pytest.mark.parametrize("share", [Fraction(-1, 10), Fraction(11, 10)])
def test_what_is_no_part_of_a_whole_is_refused(share: Fraction) -> None:
    with pytest.raises(ValueError, match="not a share"):
        out_of_ten(share, ENGLISH)


@pytest.mark.parametrize(
    ("count", "words", "classes"),
    [
        (0, "No", ""),
        (1, "Fewer than 10", ""),
        (9, "Fewer than 10", ""),
        (10, "About 10", ""),
        (14, "About 10", ""),
        (15, "About 20", ""),
        (24, "About 20", ""),
        (25, "About 30", "That is about 1 full class."),
        (45, "About 50", "That is about 2 full classes."),
        (344, "About 340", "That is about 11 full classes."),
        (994, "About 990", "That is about 33 full classes."),
        (995, "About 1,000", "That is about 33 full classes."),
        (1_049, "About 1,000", "That is about 33 full classes."),
        (1_050, "About 1,100", "That is about 37 full classes."),
        (1_122, "About 1,100", "That is about 37 full classes."),
        (638_745, "About 638,700", "That is about 21,290 full classes."),
        (1_500_000, "About 2 million", "That is about 66,667 full classes."),
    ],
)
def test_a_count_is_rounded_and_given_a_meaning(count: int, words: str, classes: str) -> None:
    assert count_words(count, ENGLISH) == words
    assert classes_words(count, ENGLISH) == classes


@given(st.integers(min_value=10, max_value=3_000_000))
def test_a_round_count_is_never_further_off_than_half_a_step(count: int) -> None:
    step = 10 if count < 1_000 else 100 if count < 1_000_000 else 1_000_000
    assert round_count(count) % step == 0
    assert abs(round_count(count) - count) <= step / 2


@given(st.fractions(min_value=0, max_value=10_000, max_denominator=1_000))
def test_halves_are_rounded_up_as_the_decimal_library_does(number: Fraction) -> None:
    decimal = Decimal(number.numerator) / Decimal(number.denominator)
    assert half_up(number) == int(decimal.quantize(Decimal(1), ROUND_HALF_UP))


def test_a_published_number_is_read_as_it_is_written() -> None:
    assert exact(0.45) == Fraction(45, 100)
