"""Control charts as a person reads them."""

import pytest

from tests.dashboard.analysis.builders import (
    months_of,
    stocks_of,
    terms_of,
)
from tests.dashboard.analysis.said import assured, varied
from tests.dashboard.views import measure, view

RISING = [84.0, 86, 83, 85, 84, 86, 85, 83, 84, 86, 83, 99]


def test_the_icons_have_words_and_the_rule_in_plain_words() -> None:
    assert varied(view(*terms_of(RISING))) == (
        "Special cause: better than usual",
        "Special cause: better than usual. The latest figure is above the upper limit of usual "
        "variation.",
    )
    neutral = view(*terms_of(RISING), about=measure(polarity="neutral"))
    assert varied(neutral)[0] == "Special cause: higher than usual"
    worse = view(*terms_of(RISING), about=measure(polarity="lower_better"))
    assert varied(worse)[0] == "Special cause: worse than usual"
    assert varied(view(*terms_of(RISING[:-1] * 2))) == (
        "Common cause: no special change",
        "Common cause: no special change. The latest figure varies as it usually does.",
    )


def test_trial_limits_are_called_that() -> None:
    assert varied(view(*terms_of(RISING[:7]))) == (
        "Trial limits only",
        "7 figures give trial limits only. The latest figure is inside the limits.",
    )
    assert varied(view(*terms_of([84.0, 86, 83, 85, 84, 86, 85, 83, 61])))[1] == (
        "9 figures give trial limits only. The latest figure is below the lower limit."
    )


def test_months_and_yearly_changes_are_named_as_what_is_judged() -> None:
    shown = view(*stocks_of([1.0]), about=measure("nd_waiting"), months=months_of([1.0, 2] * 6))
    assert "The latest month’s figure varies" in varied(shown)[1]
    seasonal = view(*terms_of([10.0] * 15), about=measure("persistent_absence_pct"))
    assert "The latest change on the same time a year before varies" in varied(seasonal)[1]


@pytest.mark.parametrize(
    ("values", "phrase", "sentence"),
    [
        (
            [70.0, 72] * 6,
            "The target will not be met",
            "If nothing changes, the target of 100% will not be met.",
        ),
        (
            [90.0, 99] * 6,
            "The target may or may not be met: hit or miss",
            "If nothing changes, the target of 100% may or may not be met: hit or miss.",
        ),
    ],
)
def test_assurance_is_said_of_the_target(values: list[float], phrase: str, sentence: str) -> None:
    assert assured(view(*terms_of(values))) == (phrase, sentence)
