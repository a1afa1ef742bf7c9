"""Control charts against the oracles, a second way of working them out, and their laws."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.control import Control, control_chart
from dashboard.analysis.control_rules import TRIAL_RULES, Rule, Side
from dashboard.analysis.icons import Assurance, Variation, assurance_of, variation_of
from tests.dashboard.analysis import second_way

NAMES = {
    Rule.outside: "R1",
    Rule.run: "R2_run",
    Rule.trend: "R3_trend",
    Rule.two_of_three: "R4_2of3",
}
A = [62, 66, 59, 64, 61, 67, 63, 60, 65]
B = [84, 86, 83, 85, 84, 86, 85, 83, 61]
# Whole numbers, so that neither way of adding up is out by a hair.
series = st.lists(st.integers(0, 400).map(float), min_size=2, max_size=30)


@pytest.fixture(scope="module")
def worked(shared: Path) -> dict[str, Any]:
    return json.loads((shared / "oracles" / "statistics.json").read_text())["xmr"]


def flags_by_place(chart: Control) -> dict[int, set[str]]:
    named = ({f"{NAMES[flag.rule]}_{flag.side.value}" for flag in flags} for flags in chart.flags)
    return {place: found for place, found in enumerate(named) if found}


def test_every_worked_series_has_its_limits_and_flags(worked: dict[str, Any]) -> None:
    for one in worked.values():
        chart = control_chart(one["values"], screened=one["screened"])
        for ours, theirs in (
            (chart.mean, "mean"),
            (chart.moving_range, "mr_bar"),
            (chart.lower, "lpl"),
            (chart.upper, "upl"),
            (chart.near_lower, "near_lo"),
            (chart.near_upper, "near_hi"),
        ):
            assert ours == pytest.approx(one[theirs], abs=5e-7)
        expected = {int(place): set(names) for place, names in one["flags"].items()}
        assert flags_by_place(chart) == expected


@pytest.mark.parametrize(
    ("target", "polarity", "said"),
    [
        (45, "higher_better", Assurance.passes),
        (60, "higher_better", Assurance.hit_or_miss),
        (80, "higher_better", Assurance.fails),
        (45, "lower_better", Assurance.fails),
        (60, "lower_better", Assurance.hit_or_miss),
        (80, "lower_better", Assurance.passes),
        (80, "neutral", None),
    ],
)
def test_a_target_is_passed_failed_or_hit_and_missed(
    target: float, polarity: str, said: Assurance | None
) -> None:
    assert assurance_of(control_chart(A), polarity, target) is said


def test_the_icon_is_of_the_latest_number_by_polarity() -> None:
    chart = control_chart(B)
    assert variation_of(chart, "higher_better") is Variation.concern
    assert variation_of(chart, "lower_better") is Variation.improvement
    assert variation_of(chart, "neutral") is Variation.neutral_special
    assert variation_of(control_chart(A), "neutral") is Variation.common


def test_screening_drops_the_wild_moving_ranges_once() -> None:
    values = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
    assert control_chart(values, screened=True).moving_range == pytest.approx(1)


def test_seven_rising_points_are_a_trend_and_six_are_not() -> None:
    rising = [5, 9, 1, 2, 3, 4, 5, 6, 7]
    assert flags_by_place(control_chart(rising, [Rule.trend])) == {
        place: {"R3_trend_above"} for place in range(2, 9)
    }
    assert not flags_by_place(control_chart(rising[:-1], [Rule.trend]))


def test_a_point_on_the_mean_breaks_a_run() -> None:
    assert not flags_by_place(control_chart([6, 6, 6, 5, 6, 6, 6, 0, 4], [Rule.run]))


def test_equal_numbers_are_on_their_mean_however_they_are_written() -> None:
    assert not flags_by_place(control_chart([0.1] * 9))
    assert not flags_by_place(control_chart([72.4551] * 13))


def test_trial_limits_flag_only_what_is_outside() -> None:
    assert flags_by_place(control_chart(B, TRIAL_RULES)) == {8: {"R1_below"}}


@given(series)
def test_flags_are_the_same_the_second_way(values: list[float]) -> None:
    assert flags_by_place(control_chart(values)) == second_way.xmr(values)


@given(series)
def test_turning_the_numbers_over_turns_the_flags_over(values: list[float]) -> None:
    turned = control_chart([-value for value in values])
    swap = {"above": "below", "below": "above"}
    expected = {
        place: {f"{name.rsplit('_', 1)[0]}_{swap[name.rsplit('_', 1)[1]]}" for name in names}
        for place, names in flags_by_place(control_chart(values)).items()
    }
    assert flags_by_place(turned) == expected


@given(series)
def test_polarity_mirrors_the_icon(values: list[float]) -> None:
    mirror = {
        Variation.improvement: Variation.concern,
        Variation.concern: Variation.improvement,
        Variation.common: Variation.common,
    }
    chart = control_chart(values)
    assert variation_of(chart, "lower_better") is mirror[variation_of(chart, "higher_better")]
    assert {flag.side for flags in chart.flags for flag in flags} <= set(Side)
