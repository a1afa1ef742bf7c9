"""Comparisons and targets as a person reads them, and silence about what is hidden."""

import re
from dataclasses import replace

import pytest

from dashboard.analysis.reason import Reason
from dashboard.analysis.verdict import Attention
from dashboard.words.attention import attention_phrase
from dashboard.words.reasons import reason_phrase, reason_sentence
from tests.dashboard.analysis.builders import (
    darlington_years,
    england,
    share,
    shares_of,
    terms_of,
)
from tests.dashboard.analysis.said import (
    changed,
    compared,
    every_sentence,
    targeted,
)
from tests.dashboard.views import january, line, measure, point, view, year

STEADY = [(30, 50)] * 6


def test_a_comparison_says_when_what_how_sure_and_beside_what() -> None:
    assert compared(view(comparators=(darlington_years(), england()))) == (
        "Better than England",
        "In the calendar year 2024 Darlington’s published figure was 72.5% (95% interval 65.2% to "
        "78.7%), better than England’s 46.4%.",
    )


def test_a_region_and_neighbours_are_named_as_people_say_it() -> None:
    others = replace(year(2024, 75), note="9 of 10 with data", status="provisional")
    shown = view(
        comparators=(
            darlington_years(),
            line("region", year(2024, 90)),
            line("neighbours", others),
        )
    )
    assert compared(shown, "region")[0] == "Worse than the North East"
    assert compared(shown, "region")[1].endswith("worse than the North East’s 90.0%.")
    assert compared(shown, "neighbours")[0] == "Similar to its statistical neighbours"
    assert compared(shown, "neighbours")[1].endswith(
        "similar to its statistical neighbours’ provisional 75.0% (9 of 10 with data)."
    )


def test_an_end_that_rounding_would_hide_has_more_decimals() -> None:
    words = compared(view(comparators=(darlington_years(), england(65.2))))[1]
    assert words.endswith("(95% interval 65.23% to 78.67%), better than England’s 65.2%.")


def test_a_january_census_is_in_its_month() -> None:
    own = [replace(january(n, 30), numerator=300, denominator=1000) for n in (2023, 2024, 2025)]
    shown = view(
        about=measure("ehcp_mainstream_pct"),
        comparators=(
            line("published", *own, basis="snapshot"),
            line("england", january(2025, 40), basis="snapshot"),
        ),
    )
    phrase, sentence = compared(shown)
    assert phrase == "Lower than England"
    assert sentence.startswith("In January 2025 Darlington’s published figure was 30.0% (95%")


def test_a_target_is_met_or_not_with_how_sure_the_figure_is() -> None:
    assert targeted(view(share("2024-25 autumn", 121, 167, status="provisional"))) == (
        "Target not met",
        "In the autumn term 2024/25 Darlington’s figure was 72.5%, provisional (95% interval "
        "65.2% to 78.7%): the target of 100% is not met.",
    )
    assert targeted(view(*terms_of([100.0])))[0] == "Target met"


def test_a_target_for_later_names_its_day() -> None:
    phrase, sentence = targeted(
        view(share("2025-26 autumn", 30, 50), about=measure("salt_within_18w"))
    )
    assert phrase == "Not met yet"
    assert sentence.endswith("the target of 80%, to be reached by 31 March 2029, is not met yet.")


def test_a_target_missed_by_less_than_the_rounding_is_said_so() -> None:
    said = targeted(view(*terms_of([99.96])))[1]
    assert said.endswith("100.0%: the target of 100% is not met, by less than the rounding shows.")


@pytest.mark.parametrize("symbol", ["c", "u", "x", "z", "low"])
def test_no_sentence_about_a_figure_without_a_number_has_one(symbol: str) -> None:
    values: list[float | str] = [71.25] * 11
    years = darlington_years()
    last = replace(years.points[-1], value=None, symbol=symbol)
    shown = view(
        *terms_of([*values, symbol]),
        comparators=(replace(years, points=(*years.points[:-1], last)), england(46.4)),
    )
    for words in every_sentence(shown):
        said = re.sub("rounds to 0 but is not 0|2024|2021/22", "", words)
        assert not re.search(r"\d", said), words


def test_whose_figure_is_hidden_is_said() -> None:
    hidden = replace(year(2024, 0), value=None, symbol="c")
    assert compared(view(comparators=(darlington_years(), line("england", hidden))))[1] == (
        "In the calendar year 2024 England’s figure is hidden to protect privacy, so nothing is "
        "compared."
    )
    own = [*shares_of(STEADY), point("2020-21 autumn", "c")]
    assert changed(view(*own)) == (
        "Hidden to protect privacy",
        "The figure for the autumn term 2020/21 is hidden to protect privacy, so no change is "
        "shown.",
    )


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_a_short_phrase_and_a_sentence(reason: Reason) -> None:
    assert len(reason_phrase(reason).split()) <= 6
    assert reason_sentence(reason, measure()).endswith(".")


@pytest.mark.parametrize("attention", Attention)
def test_every_call_for_attention_has_words(attention: Attention) -> None:
    assert len(attention_phrase(attention).split()) <= 6


def test_no_sentence_gives_a_cause() -> None:
    shown = view(*shares_of([*STEADY, (10, 50)]), comparators=(darlington_years(), england()))
    every = " ".join(every_sentence(shown)) + " ".join(
        reason_sentence(reason, measure()) for reason in Reason
    )
    assert "because" not in every
    assert "increase" not in every
