"""The change on the same term last year and on the published year before."""

from dataclasses import replace

import pytest

from dashboard.analysis.difference import Changed
from dashboard.analysis.reason import Reason
from dashboard.analysis.runs import Tier
from dashboard.analysis.verdict import Attention, judge
from tests.dashboard.analysis.builders import (
    shares_of,
    stocks_of,
    terms_of,
)
from tests.dashboard.views import january, line, measure, point, view

STEADY = [(30, 50)] * 6


@pytest.mark.parametrize(
    ("numbers", "reason", "tier"),
    [
        (0, Reason.no_figures, Tier.counting),
        (1, Reason.first_time, Tier.counting),
        (2, Reason.second_time, Tier.counting),
        (3, Reason.too_early, Tier.early),
        (5, Reason.too_early, Tier.early),
        (6, None, Tier.trial),
        (11, None, Tier.trial),
        (12, None, Tier.full),
    ],
)
def test_the_number_of_figures_says_what_may_be_said(
    numbers: int, reason: Reason | None, tier: Tier
) -> None:
    found = judge(view(*shares_of([(30, 50)] * numbers)))
    assert (found.change.reason, found.tier, found.numbers) == (reason, tier, numbers)
    assert (found.change.word is Changed.no_clear_change) == (reason is None)
    assert (found.control.chart is not None) == (numbers >= 6)
    assert (found.control.variation is not None) == (numbers >= 12)


def test_a_symbol_does_not_count_as_a_figure() -> None:
    own = [*shares_of([(30, 50)] * 5), point("2020-21 summer", "c")]
    assert judge(view(*own)).numbers == 5


@pytest.mark.parametrize(
    ("polarity", "now", "word"),
    [
        ("higher_better", 45, Changed.improved),
        ("higher_better", 10, Changed.worse),
        ("lower_better", 45, Changed.worse),
        ("lower_better", 10, Changed.improved),
        ("neutral", 45, Changed.higher),
        ("neutral", 10, Changed.lower),
        ("neutral", 33, Changed.no_clear_change),
    ],
)
def test_a_share_is_tested_against_the_same_term_last_year(
    polarity: str, now: int, word: Changed
) -> None:
    found = judge(view(*shares_of([*STEADY, (now, 50)]), about=measure(polarity=polarity)))
    assert found.change.word is word
    assert found.change.before == shares_of(STEADY)[3]
    assert (Attention.got_worse in found.attention) == (word is Changed.worse)


def test_a_term_size_share_needs_a_large_change() -> None:
    own = shares_of([(33, 52), (1, 2), (1, 2)] * 2 + [(41, 55)])
    found = judge(view(*own)).change
    assert found.word is Changed.no_clear_change
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == pytest.approx((-6.318, 27.747), abs=5e-4)


@pytest.mark.parametrize(
    ("before", "now", "word", "p"),
    [
        ((22, 1026), (34, 1122), Changed.no_clear_change, 0.229485),
        ((4, 455), (12, 450), Changed.worse, 0.047865),
    ],
)
def test_a_rate_is_tested_by_its_events(
    before: tuple[int, int], now: tuple[int, int], word: Changed, p: float
) -> None:
    own = shares_of([*([before] * 6), now])
    found = judge(view(*own, about=measure("perm_excl_rate"))).change
    assert found.word is word
    assert found.p == pytest.approx(p, abs=5e-7)


def test_counted_events_are_tested_as_of_the_same_time() -> None:
    own = terms_of([20, 20, 20, 20, 20, 20, 45])
    found = judge(view(*own, about=measure("ehcp_new"))).change
    assert (found.word, found.difference) == (Changed.higher, 25)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("ehcp_active", Reason.stock),
        ("suspensions", Reason.clustered),
        ("suspension_rate", Reason.clustered),
        ("ehcp_weeks_median", Reason.no_spread),
    ],
)
def test_some_changes_are_shown_but_not_judged(name: str, reason: Reason) -> None:
    own = stocks_of([20, 20, 20, 20, 20, 20, 45])
    found = judge(view(*own, about=measure(name))).change
    assert (found.word, found.reason, found.difference) == (None, reason, 25)


def test_without_a_term_a_year_before_there_is_no_change() -> None:
    own = [one for one in shares_of([(30, 50)] * 8) if one.period != "2019-20 spring"]
    found = judge(view(*own)).change
    assert (found.reason, found.earlier) == (Reason.nothing_before, "2019-20 spring")


def test_a_hidden_figure_last_year_gives_no_change() -> None:
    own = shares_of([(30, 50)] * 8)
    own[4] = replace(own[4], value=None, symbol="c")
    found = judge(view(*own)).change
    assert (found.reason, found.difference) == (Reason.hidden, None)


def test_january_counts_of_a_share_are_tested_year_by_year() -> None:
    years = [replace(january(n, 30), numerator=300, denominator=1000) for n in range(2018, 2024)]
    newest = replace(january(2024, 40), numerator=400, denominator=1000)
    published = line("published", *years, newest, basis="snapshot")
    found = judge(view(about=measure("ehcp_mainstream_pct"), comparators=(published,))).yearly
    assert (found.word, found.earlier) == (Changed.higher, "2023-01")
