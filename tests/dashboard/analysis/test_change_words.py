"""Changes as a person reads them."""

from dataclasses import replace

import pytest

from tests.dashboard.analysis.builders import (
    break_on,
    darlington_years,
    shares_of,
    stocks_of,
    terms_of,
)
from tests.dashboard.analysis.said import changed, yearly
from tests.dashboard.views import measure, view

STEADY = [(30, 50)] * 6


def test_a_change_says_its_size_how_sure_and_a_word() -> None:
    assert yearly(view(comparators=(darlington_years(),))) == (
        "Got worse",
        "Down 11.5 percentage points on 2023 (95% interval −20.1 to −2.6): worse.",
    )
    own = shares_of([(33, 52), (1, 2), (1, 2)] * 2 + [(41, 55)])
    assert changed(view(*own)) == (
        "No clear change",
        "No clear change: up 11.1 percentage points on Autumn term 2019/20 (95% interval "
        "−6.3 to 27.7).",
    )


def test_no_change_at_all_is_said_so() -> None:
    said = changed(view(*shares_of(STEADY * 2)))[1]
    assert said.startswith("No clear change: the same as Summer term 2020/21 (95% interval −18")


def test_a_change_of_events_names_the_test() -> None:
    own = shares_of([*([(4, 455)] * 6), (12, 450)])
    assert changed(view(*own, about=measure("perm_excl_rate"))) == (
        "Got worse",
        "Up 1.79 per 100 pupils on Autumn term 2019/20 (exact test, p = 0.048): worse.",
    )
    none = terms_of([0.0] * 7)
    assert changed(view(*none, about=measure("perm_excl")))[1] == (
        "No clear change: the same as Autumn term 2019/20."
    )


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        (1, "This is the first time we have counted this."),
        (2, "This is the second time we have counted this."),
        (4, "Too early to say: there are 4 figures."),
    ],
)
def test_few_figures_are_said_so(numbers: int, said: str) -> None:
    assert changed(view(*shares_of([(30, 50)] * numbers)))[1] == said


def test_after_a_break_the_count_is_of_the_figures_since() -> None:
    shown = view(*shares_of([(30, 50)] * 8), notes=(break_on("2020-09-01"),))
    assert changed(shown)[1] == (
        "The way of counting changed on 1 September 2020, so no change is shown."
    )
    later = view(*shares_of([(30, 50)] * 10), notes=(break_on("2020-09-01"),))
    assert changed(later) == (
        "Too early to say",
        "Too early to say: the way of counting changed, and there are 4 figures since.",
    )


def test_two_published_figures_are_not_a_second_count_of_ours() -> None:
    years = darlington_years()
    shown = view(comparators=(replace(years, points=years.points[-2:]),))
    assert yearly(shown) == ("Too early to say", "Too early to say: there are only 2 figures.")
    assert yearly(view())[1] == "No yearly figures are published for this."


def test_a_change_that_is_not_judged_is_shown_with_the_reason() -> None:
    own = stocks_of([1000.0] * 3 + [1026.0] * 3 + [1122.0])
    assert changed(view(*own, about=measure("ehcp_active"))) == (
        "No test for this count",
        "Up 96 on Autumn term 2019/20. No test fits a count of children on one day, so no "
        "verdict is given.",
    )


def test_clustered_events_point_to_the_measure_of_children() -> None:
    said = changed(view(*shares_of([(30, 50)] * 7), about=measure("suspension_rate")))[1]
    assert said.endswith("See “Pupils suspended at least once”.")
