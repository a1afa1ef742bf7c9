"""Every reason for saying nothing of a comparison."""

import datetime as dt
from dataclasses import replace

import pytest

from dashboard.analysis.comparison import Compared
from dashboard.analysis.difference import Changed
from dashboard.analysis.reason import Reason
from dashboard.analysis.verdict import Verdicts, judge
from tests.dashboard.analysis.builders import (
    break_on,
    darlington_years,
    england,
    shares_of,
)
from tests.dashboard.views import line, measure, point, view, year

STEADY = [(30, 50)] * 6


def nothing_about(shown: Verdicts, reason: Reason) -> None:
    beside = shown.against("england")
    assert (beside.word, beside.interval, beside.reason) == (None, None, reason)


@pytest.mark.parametrize(
    ("symbol", "reason"),
    [
        ("c", Reason.hidden),
        ("u", Reason.unreliable),
        ("x", Reason.not_available),
        ("z", Reason.not_applicable),
        ("low", Reason.rounds_to_nought),
    ],
)
def test_a_hidden_or_missing_figure_gets_no_verdict(symbol: str, reason: Reason) -> None:
    years = darlington_years()
    last = replace(years.points[-1], value=None, symbol=symbol)
    years = replace(years, points=(*years.points[:-1], last))
    own = [*shares_of(STEADY), point("2020-21 autumn", symbol)]
    found = judge(view(*own, comparators=(years, england())))
    nothing_about(found, reason)
    assert (found.change.reason, found.change.difference) == (reason, None)
    assert (found.yearly.reason, found.yearly.difference) == (reason, None)
    assert (found.target.word, found.target.reason) == (None, reason)
    assert (found.control.variation, found.control.reason) == (None, reason)


def test_a_hidden_benchmark_gives_no_verdict() -> None:
    hidden = replace(year(2024, 0), value=None, symbol="c")
    nothing_about(
        judge(view(comparators=(darlington_years(), line("england", hidden)))), Reason.hidden
    )


def test_two_figures_are_too_few_to_compare() -> None:
    years = replace(darlington_years(), points=darlington_years().points[-2:])
    nothing_about(judge(view(comparators=(years, england()))), Reason.too_few)


def test_a_figure_of_an_nhs_area_is_of_another_geography() -> None:
    area = view().settings.nhs_areas[0]
    nothing_about(
        judge(view(comparators=(line(area, year(2024, 40), comparable=False),))),
        Reason.another_geography,
    )


def test_what_is_for_context_is_not_compared() -> None:
    shown = view(comparators=(darlington_years(), england(comparable=False)))
    nothing_about(judge(shown), Reason.not_comparable)


def test_what_nobody_publishes_is_not_compared() -> None:
    nothing_about(judge(view()), Reason.no_benchmark)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("ehcp_new", Reason.counts),
        ("suspension_rate", Reason.clustered),
        ("salt_wait_mean_days", Reason.no_spread),
        ("ehcp_weeks_median", Reason.no_spread),
    ],
)
def test_some_measures_are_never_compared(name: str, reason: Reason) -> None:
    shown = view(about=measure(name), comparators=(darlington_years(), england()))
    nothing_about(judge(shown), reason)


def test_without_the_whole_numbers_there_is_no_verdict() -> None:
    years = darlington_years()
    bare = tuple(replace(p, numerator=None, denominator=None) for p in years.points)
    found = judge(view(comparators=(replace(years, points=bare), england())))
    nothing_about(found, Reason.no_counts)
    assert found.yearly.reason is Reason.no_counts


def test_a_share_that_can_pass_the_whole_has_no_test() -> None:
    years = darlington_years()
    over = replace(years.points[-1], value=110.0, numerator=110.0, denominator=100.0)
    shown = view(comparators=(replace(years, points=(*years.points[:-1], over)), england()))
    nothing_about(judge(shown), Reason.not_a_share)


def test_a_break_inside_the_year_gives_no_verdict() -> None:
    shown = view(comparators=(darlington_years(), england()), notes=(break_on("2024-06-01"),))
    found = judge(shown)
    nothing_about(found, Reason.definition_changed)
    assert (found.yearly.reason, found.yearly.difference) == (Reason.definition_changed, None)


def test_a_break_before_the_year_does_not_part_figures_after_it() -> None:
    shown = view(comparators=(darlington_years(), england()), notes=(break_on("2020-01-01"),))
    found = judge(shown)
    assert found.against("england").word is Compared.better
    assert (found.yearly.reason, found.yearly.numbers) == (Reason.too_early, 5)
    assert found.yearly.restarted


def test_a_note_that_breaks_nothing_changes_nothing() -> None:
    quiet = break_on("2024-01-01").model_copy(update={"breaks": False})
    shown = view(comparators=(darlington_years(), england()), notes=(quiet,))
    assert judge(shown).yearly.word is Changed.worse


def test_a_new_definition_parts_figures_as_a_note_does() -> None:
    found = judge(view(comparators=(darlington_years(),)), changed_on=[dt.date(2024, 1, 1)])
    assert found.yearly.broke_on == dt.date(2024, 1, 1)
