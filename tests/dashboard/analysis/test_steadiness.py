"""Which series a control chart judges, and what it says of it."""

from dashboard.analysis.icons import Assurance, Variation
from dashboard.analysis.reason import Reason
from dashboard.analysis.runs import Tier
from dashboard.analysis.verdict import Attention, judge
from tests.dashboard.analysis.builders import (
    break_on,
    months_of,
    stocks_of,
    terms_of,
)
from tests.dashboard.views import measure, view


def test_twelve_terms_have_icons() -> None:
    values = [84.0, 86, 83, 85, 84, 86, 85, 83, 84, 86, 83, 61]
    found = judge(view(*terms_of(values)))
    assert found.control.variation is Variation.concern
    assert found.control.assurance is Assurance.fails
    assert found.control.drawn
    assert Attention.special_cause_concern in found.attention


def test_six_terms_have_trial_limits_and_no_icon() -> None:
    found = judge(view(*terms_of([84.0, 86, 83, 85, 84, 86, 85, 83, 61]))).control
    assert (found.trial, found.variation, found.reason) == (True, None, Reason.trial)
    assert [flag.rule.value for flag in found.latest_flags] == ["outside"]
    assert not found.chart or not any(found.chart.flags[:-1])


def test_twelve_months_are_judged_before_terms() -> None:
    about = measure("nd_over_104w")
    values = [float(n % 3) for n in range(12)]
    shown = view(*stocks_of([1, 2, 1]), about=about, months=months_of(values))
    assert judge(shown).control.monthly
    fewer = view(*stocks_of([1, 2, 1]), about=about, months=months_of(values[:11]))
    assert not judge(fewer).control.monthly


def test_a_seasonal_measure_is_judged_on_differences_a_year_apart() -> None:
    about = measure("persistent_absence_pct")
    seasons = [10.0, 20, 30]
    own = terms_of([value + year for year in range(5) for value in seasons])
    found = judge(view(*own, about=about)).control
    assert found.chart is not None
    assert set(found.chart.values) == {1.0}
    assert (found.numbers, found.points[0].period) == (12, own[3].period)
    assert (found.drawn, found.variation) == (False, Variation.common)


def test_eight_seasonal_terms_give_too_few_differences() -> None:
    found = judge(view(*terms_of([10.0] * 8), about=measure("persistent_absence_pct"))).control
    assert (found.chart, found.reason) == (None, Reason.too_few_differences)


def test_a_target_is_not_set_against_differences() -> None:
    about = measure(seasonal=True)
    found = judge(view(*terms_of([10.0] * 15), about=about)).control
    assert (found.assurance, found.no_assurance) == (None, Reason.differences)


def test_a_break_starts_a_new_run() -> None:
    own = terms_of([50.0] * 9 + [80.0, 81] * 4)
    found = judge(view(*own, notes=(break_on("2021-09-01"),)))
    assert found.control.points == tuple(own[9:])
    assert (found.numbers, found.tier) == (8, Tier.trial)


def test_symbols_are_left_out_of_the_numbers() -> None:
    values: list[float | str] = [50.0, 52, "c", 51, "x", 50, 52, 51]
    found = judge(view(*terms_of(values))).control
    assert found.chart is not None
    assert found.chart.values == (50, 52, 51, 50, 52, 51)


def test_screening_is_a_choice() -> None:
    values = [1.0, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
    plain, screened = (judge(view(*terms_of(values)), screened=s).control for s in (False, True))
    assert plain.chart is not None
    assert screened.chart is not None
    assert screened.chart.upper < plain.chart.upper
