"""Better, worse or about the same: said only of 5 points and of 30 on both sides."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.words.easy_read.changes_said import (
    Trend,
    change,
    change_of_count,
    change_of_wait,
)

SHARES = st.fractions(min_value=0, max_value=1, max_denominator=1_000)
SIZES = st.integers(min_value=0, max_value=500)
POLARITIES = st.sampled_from(["higher_better", "lower_better", "neutral"])


@pytest.mark.parametrize(
    ("now", "then", "polarity", "trend"),
    [
        ("0.55", "0.50", "higher_better", Trend.better),
        ("0.50", "0.55", "higher_better", Trend.worse),
        ("0.55", "0.50", "lower_better", Trend.worse),
        ("0.50", "0.55", "lower_better", Trend.better),
        ("0.55", "0.50", "neutral", Trend.more),
        ("0.50", "0.55", "neutral", Trend.fewer),
        ("0.551", "0.549", "higher_better", Trend.same),
        ("0.5499", "0.50", "higher_better", Trend.same),
    ],
)
def test_a_share_has_to_move_by_five_points(
    now: str, then: str, polarity: str, trend: Trend
) -> None:
    assert change(Fraction(now), Fraction(then), 30, 30, polarity) is trend


@pytest.mark.parametrize(("n_now", "n_then"), [(29, 100), (100, 29), (0, 0)])
def test_with_fewer_than_thirty_a_share_is_about_the_same(n_now: int, n_then: int) -> None:
    assert change(Fraction(1), Fraction(0), n_now, n_then, "higher_better") is Trend.same


@given(SHARES, SHARES, SIZES, SIZES, POLARITIES)
def test_nothing_is_said_to_move_without_five_points_and_thirty(
    now: Fraction, then: Fraction, n_now: int, n_then: int, polarity: str
) -> None:
    trend = change(now, then, n_now, n_then, polarity)
    points = 100 * now - 100 * then
    enough = min(n_now, n_then) >= 30 and (points >= 5 or points <= -5)
    assert (trend is not Trend.same) == enough
    if polarity == "neutral":
        assert trend in (Trend.same, Trend.more, Trend.fewer)
    else:
        assert trend in (Trend.same, Trend.better, Trend.worse)


@given(SHARES, SHARES, SIZES, SIZES)
def test_a_change_turned_round_is_the_other_change(
    now: Fraction, then: Fraction, n_now: int, n_then: int
) -> None:
    turned = {Trend.better: Trend.worse, Trend.worse: Trend.better, Trend.same: Trend.same}
    there = change(now, then, n_now, n_then, "higher_better")
    assert change(then, now, n_then, n_now, "higher_better") is turned[there]
    assert change(now, then, n_now, n_then, "lower_better") is turned[there]


@pytest.mark.parametrize(
    ("now", "then", "of_one_day", "trend"),
    [
        (1_319, 1_206, True, Trend.more),
        (1_206, 1_319, True, Trend.fewer),
        (1_040, 1_000, True, Trend.same),
        (45, 40, True, Trend.same),
        (50, 40, True, Trend.more),
        (50, 40, False, Trend.same),
        (130, 100, False, Trend.same),
        (131, 100, False, Trend.more),
        (100, 131, False, Trend.fewer),
        (29, 60, True, Trend.few),
        (60, 29, False, Trend.few),
        (0, 0, True, Trend.few),
    ],
)
def test_a_count_has_to_move_by_ten_and_by_more_than_chance(
    now: int, then: int, of_one_day: bool, trend: Trend
) -> None:
    assert change_of_count(now, then, of_one_day) is trend


@pytest.mark.parametrize(
    ("now", "then", "n", "trend"),
    [
        (328, 300, 30, Trend.same),
        (330, 300, 30, Trend.longer),
        (300, 330, 30, Trend.same),
        (300, 334, 30, Trend.shorter),
        (57, 30, 30, Trend.same),
        (58, 30, 30, Trend.longer),
        (300, 600, 29, Trend.few),
    ],
)
def test_a_wait_has_to_move_by_four_weeks_and_a_tenth(
    now: int, then: int, n: int, trend: Trend
) -> None:
    assert change_of_wait(Fraction(now), Fraction(then), n, 100) is trend
    assert change_of_wait(Fraction(now), Fraction(then), 100, n) is trend
