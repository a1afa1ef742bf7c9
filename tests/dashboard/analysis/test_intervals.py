"""Intervals and tests against the oracles, a second way of working them out, and their laws."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.intervals import (
    Counts,
    median_ranks,
    proportion_difference,
    proportion_interval,
    proportion_intervals,
    rate_change_p,
    rate_interval,
    rate_intervals,
)
from dashboard.analysis.warm import load_statistics
from tests.dashboard.analysis import second_way

shares = st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
few = st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.fixture(scope="module")
def oracle(shared: Path) -> dict[str, Any]:
    return json.loads((shared / "oracles" / "statistics.json").read_text())


def test_every_worked_share_has_its_wilson_interval(oracle: dict[str, Any]) -> None:
    for one in oracle["wilson_pct"]:
        found = proportion_interval(Counts(one["x"], one["n"]))
        assert (found.low, found.high) == pytest.approx((one["lo"], one["hi"]), abs=5e-5)


@pytest.mark.parametrize(
    ("x", "n", "low", "high"),
    [
        (29, 34, 69.8719, 93.5506),
        (141, 168, 77.6268, 88.7134),
        (8, 10, 49.0162, 94.3318),
        (4, 4, 51.0109, 100),
        (0, 7, 0, 35.4330),
        (222, 3215, 6.0792, 7.8340),
    ],
)
def test_more_worked_shares(x: int, n: int, low: float, high: float) -> None:
    found = proportion_interval(Counts(x, n))
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


def test_every_worked_rate_has_its_interval_and_method(oracle: dict[str, Any]) -> None:
    for one in oracle["rate"]:
        found = rate_interval(Counts(one["x"], one["n"]), one["mult"])
        assert (found.low, found.high) == pytest.approx((one["lo"], one["hi"]), abs=5e-5)
        assert one["method"] in found.method.casefold()


@pytest.mark.parametrize(
    ("x", "n", "multiplier", "low", "high"),
    [
        (7, 1122, 100, 0.2508, 1.2854),
        (99, 1122, 100, 7.1712, 10.7424),
        (1122, 33_000, 10_000, 320.394, 360.492),
        (5, 100, 100, 1.6235, 11.6683),
        (20, 100, 100, 12.2114, 30.8899),
    ],
)
def test_more_worked_rates(x: int, n: int, multiplier: float, low: float, high: float) -> None:
    found = rate_interval(Counts(x, n), multiplier)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-4)


def test_every_worked_difference_of_shares(oracle: dict[str, Any]) -> None:
    for one in oracle["newcombe"]:
        found = proportion_difference(Counts(*one["new"]), Counts(*one["old"]))
        assert (found.low, found.high) == pytest.approx((one["lo"], one["hi"]), abs=5e-4)
        assert found.holds(0) == (one["verdict"] == "no clear change")


def test_every_worked_difference_of_rates(oracle: dict[str, Any]) -> None:
    for one in oracle["rate_ratio_p"]:
        found = rate_change_p(Counts(*one["new"]), Counts(*one["old"]))
        assert found == pytest.approx(one["p"], abs=5e-7)
    assert rate_change_p(Counts(9, 1122), Counts(3, 1026)) == pytest.approx(0.150819, abs=5e-7)


def test_every_worked_median_has_its_ranks(oracle: dict[str, Any]) -> None:
    for size, ranks in oracle["median_ci_ranks"].items():
        assert median_ranks(int(size)) == (tuple(ranks) if ranks else None)


@given(shares)
def test_wilson_is_the_same_the_second_way(one: tuple[int, int]) -> None:
    found = proportion_interval(Counts(*one), 1)
    assert (found.low, found.high) == pytest.approx(second_way.wilson(*one), abs=1e-12)


@given(shares, shares)
def test_newcombe_is_the_same_the_second_way(now: tuple[int, int], old: tuple[int, int]) -> None:
    found = proportion_difference(Counts(*now), Counts(*old), 1)
    assert (found.low, found.high) == pytest.approx(second_way.newcombe(*now, *old), abs=1e-12)


@given(st.integers(0, 300))
def test_rates_are_the_same_the_second_way(x: int) -> None:
    found = rate_interval(Counts(x, 1), 1)
    other = second_way.exact_poisson(x) if x < 10 else second_way.byar(x)
    assert (found.low, found.high) == pytest.approx(other, abs=1e-8)


@given(st.integers(0, 60), st.integers(1, 900), st.integers(0, 60), st.integers(1, 900))
def test_the_test_of_rates_is_the_same_the_second_way(a: int, n: int, b: int, m: int) -> None:
    expected = second_way.binomial_p(a, n, b, m)
    assert rate_change_p(Counts(a, n), Counts(b, m)) == pytest.approx(expected, abs=1e-6)


@given(st.integers(1, 80))
def test_ranks_are_the_same_the_second_way(size: int) -> None:
    assert median_ranks(size) == second_way.ranks_of_median(size)


@given(shares)
def test_an_interval_holds_its_point(one: tuple[int, int]) -> None:
    value = one[0] / one[1] * 100
    assert proportion_interval(Counts(*one)).holds(value)
    assert rate_interval(Counts(*one), 100).holds(value)


@given(shares, st.integers(2, 20))
def test_the_same_share_with_more_data_never_widens(one: tuple[int, int], times: int) -> None:
    less = proportion_interval(Counts(*one))
    more = proportion_interval(Counts(one[0] * times, one[1] * times))
    assert more.high - more.low <= less.high - less.low + 1e-9


@given(st.integers(0, 300), st.integers(2, 20))
def test_the_same_rate_with_more_data_never_widens(x: int, times: int) -> None:
    less, more = (
        rate_interval(Counts(x, 500), 100),
        rate_interval(Counts(x * times, 500 * times), 1e2),
    )
    assert more.high - more.low <= less.high - less.low + 1e-9


@given(few, few)
def test_a_difference_turned_round_is_its_mirror(
    now: tuple[int, int], old: tuple[int, int]
) -> None:
    there = proportion_difference(Counts(*now), Counts(*old))
    back = proportion_difference(Counts(*old), Counts(*now))
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low))


@given(st.lists(shares, min_size=1, max_size=20))
def test_many_areas_at_once_have_the_intervals_each_has_alone(many: list[tuple[int, int]]) -> None:
    tops, bottoms = [one[0] for one in many], [one[1] for one in many]
    for together, alone in (
        (proportion_intervals(tops, bottoms), proportion_interval),
        (rate_intervals(tops, bottoms, 100), lambda counts: rate_interval(counts, 100)),
    ):
        each = [alone(Counts(*one)) for one in many]
        assert np.allclose(together, ([one.low for one in each], [one.high for one in each]))


def test_the_slow_libraries_can_be_loaded_ahead() -> None:
    load_statistics()
