"""Darlington’s published figures as people should hear of them, and what needs attention."""

from dataclasses import replace

import pytest

from dashboard.analysis.comparison import Compared
from dashboard.analysis.difference import Changed
from dashboard.analysis.reason import Reason
from dashboard.analysis.verdict import Attention, judge
from tests.dashboard.analysis.builders import (
    darlington_years,
    england,
    share,
    shares_of,
    terms_of,
)
from tests.dashboard.views import point, view, year

STEADY = [(30, 50)] * 6


def test_darlington_in_2024_was_better_than_england_and_worse_than_the_year_before() -> None:
    found = judge(view(comparators=(darlington_years(), england())))
    beside = found.against("england")
    assert (beside.word, beside.published) == (Compared.better, True)
    assert beside.interval is not None
    assert beside.interval.low == pytest.approx(65.2322, abs=5e-5)
    assert found.yearly.word is Changed.worse
    assert found.yearly.difference == pytest.approx(-11.473, abs=5e-4)  # not of rounded shares
    assert found.yearly.interval is not None
    assert found.yearly.interval.low == pytest.approx(-20.137, abs=5e-4)
    assert found.attention == (Attention.got_worse_in_years,)


def test_a_named_year_is_judged_though_there_is_a_newer_one() -> None:
    newer = replace(england(), points=(*england().points, year(2025, 50)))
    years = darlington_years()
    newest = share("2025-26 autumn", 97, 119, start="2025-01-01", end="2025-12-31")
    newest = replace(newest, period="2025")
    shown = view(comparators=(replace(years, points=(*years.points, newest)), newer))
    assert judge(shown).yearly.word is Changed.no_clear_change
    found = judge(shown, period="2024")
    assert found.yearly.word is Changed.worse
    assert found.against("england").other == year(2024, 46.4)


def test_six_annual_points_draw_no_control_verdict() -> None:
    found = judge(view(comparators=(darlington_years(), england()))).control
    assert (found.chart, found.variation, found.assurance) == (None, None, None)


def test_years_among_the_terms_draw_none_either() -> None:
    found = judge(view(*darlington_years().points)).control
    assert (found.chart, found.reason) == (None, Reason.annual)


def test_a_late_or_missing_figure_needs_attention() -> None:
    late = view(*terms_of([50.0]), area_latest_term="2019-20 autumn")
    assert judge(late).attention[-1] is Attention.late
    assert judge(view(area_latest_term="2025-26 autumn")).attention == (Attention.missing,)
    assert judge(view()).attention == ()  # an area that has sent nothing at all
    assert judge(view(point("2025-26 autumn", "c"))).attention == (Attention.hidden,)
    assert judge(view(point("2025-26 autumn", "u"))).attention == (Attention.unreliable,)


def test_the_most_pressing_comes_first() -> None:
    own = shares_of([*STEADY, (10, 50)])
    found = judge(
        view(*own, comparators=(darlington_years(), england(95)), area_latest_term="2021-22 autumn")
    )
    assert found.attention == (
        Attention.worse_than_england,
        Attention.got_worse,
        Attention.got_worse_in_years,
        Attention.target_not_met,
        Attention.late,
    )
