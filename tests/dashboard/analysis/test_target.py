"""Whether a target is met."""

import pytest

from dashboard.analysis.reason import Reason
from dashboard.analysis.target import Met
from dashboard.analysis.verdict import Attention, judge
from tests.dashboard.analysis.builders import (
    share,
    terms_of,
)
from tests.dashboard.views import measure, view


@pytest.mark.parametrize(
    ("polarity", "value", "word"),
    [
        ("higher_better", 80, Met.met),
        ("higher_better", 79.9, Met.not_met),
        ("lower_better", 80, Met.met),
        ("lower_better", 80.1, Met.not_met),
    ],
)
def test_a_target_is_met_or_not_by_the_figure_itself(
    polarity: str, value: float, word: Met
) -> None:
    target = measure().target
    assert target is not None
    about = measure(polarity=polarity, target=target.model_copy(update={"value": 80}))
    found = judge(view(*terms_of([value]), about=about))
    assert found.target.word is word
    assert (Attention.target_not_met in found.attention) == (word is Met.not_met)


def test_a_target_that_is_due_later_is_not_met_yet() -> None:
    about = measure("salt_within_18w")
    found = judge(view(share("2025-26 autumn", 30, 50), about=about))
    assert found.target.word is Met.not_yet
    assert found.target.interval is not None
    assert Attention.target_not_met not in found.attention


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"target": None}, Reason.no_target),
        ({"polarity": "neutral"}, Reason.no_direction),
    ],
)
def test_without_a_target_or_a_direction_there_is_no_verdict(
    changed: dict[str, object], reason: Reason
) -> None:
    found = judge(view(*terms_of([60]), about=measure(**changed))).target
    assert (found.word, found.reason) == (None, reason)


def test_a_target_does_not_judge_the_time_before_it() -> None:
    found = judge(view(share("2024-25 autumn", 30, 50), about=measure("salt_within_18w"))).target
    assert found.reason is Reason.target_is_later
