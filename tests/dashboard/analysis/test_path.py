"""On the path or off it: hand numbers for every way a figure may stand beside what was agreed."""

from fractions import Fraction

import pytest

from dashboard.analysis.path import Standing, expected_at, judge_path
from dashboard.analysis.reason import Reason
from dashboard.analysis.verdict import Attention, judge
from dashboard.view import MeasureView, PathPoint
from dashboard.words.path import path_phrase, path_sentence
from schemas.term import parse_term
from tests.dashboard.analysis.builders import share
from tests.dashboard.views import measure, point, stock, view

SUMMER = "2025-26 summer"


def path(**values: float) -> tuple[PathPoint, ...]:
    """`autumn_2025=140`: the season and the year in which the school year begins."""
    found = []
    for name, value in values.items():
        season, year = name.split("_")
        label = f"{year}-{int(year) % 100 + 1:02d} {season}"
        found.append(PathPoint(label, value, "Board, June 2025", False))
    return tuple(sorted(found, key=lambda one: one.term))


TO_126 = path(autumn_2025=150, summer_2025=130, summer_2026=126)


def waits(days: float | str, **given: object) -> MeasureView:
    about = measure("salt_wait_mean_days", decimals=0)
    return view(point(SUMMER, days), about=about, path=given.get("path", TO_126))


@pytest.mark.parametrize(
    ("days", "word", "phrase"),
    [
        (141, Standing.off, "Off the path"),
        (130, Standing.on, "On the path"),
        (130.4, Standing.on, "On the path"),
        (120, Standing.ahead, "Ahead of the path"),
    ],
)
def test_a_wait_is_off_the_path_when_it_is_longer(days: float, word: Standing, phrase: str) -> None:
    verdict = judge_path(waits(days))
    assert verdict.word is word
    assert path_phrase(verdict) == phrase


def test_the_sentence_has_the_figure_the_path_its_end_and_who_agreed() -> None:
    verdict = judge_path(waits(141))
    assert path_sentence(verdict, waits(141).measure, "Darlington") == (
        "In the summer term 2025/26 Darlington’s figure was 141 days, 11 days more than the 130 "
        "days of the agreed path. The path ends in the summer term 2026/27 at 126 days. "
        "Agreed: Board, June 2025."
    )


def test_a_share_is_off_the_path_when_it_is_lower_and_clearly_so() -> None:
    about = measure("ot_within_18w")
    low = view(share(SUMMER, 40, 100), about=about, path=path(summer_2025=60))
    high = view(share(SUMMER, 80, 100), about=about, path=path(summer_2025=60))
    assert judge_path(low).word is Standing.off
    assert judge_path(high).word is Standing.ahead
    assert not judge_path(low).chance


def test_what_the_interval_reaches_could_be_chance() -> None:
    """8 of 14 is 57.1%, Wilson's interval 32.6% to 78.6%: 60% is inside."""
    about = measure("ot_within_18w")
    verdict = judge_path(view(share(SUMMER, 8, 14), about=about, path=path(summer_2025=60)))
    assert verdict.word is Standing.off
    assert verdict.chance
    assert path_phrase(verdict) == "Off the path, could be chance"
    said = path_sentence(verdict, about, "Darlington")
    assert "(95% interval 32.6% to 78.6%)" in said
    assert "chance alone could make the difference" in said


def test_without_an_interval_nothing_is_called_chance() -> None:
    verdict = judge_path(waits(131))
    assert verdict.interval is None
    assert not verdict.chance


def test_a_term_between_two_agreed_ones_is_in_even_steps() -> None:
    steps = path(autumn_2024=150, autumn_2025=120)  # 30 down in three terms: 10 a term
    spring = parse_term("2024-25 spring")
    assert spring is not None
    found = expected_at(steps, spring)
    assert found is not None
    assert found.value == 140
    assert found.between == steps
    shown = waits(141, path=path(summer_2024=150, autumn_2026=110))
    said = path_sentence(judge_path(shown), shown.measure, "Darlington")
    # 150 to 110 in four terms: 120 in the third.
    assert "21 days more than the 120 days of the agreed path, which goes in even steps" in said
    assert "from the summer term 2024/25 to the autumn term 2026/27" in said


def test_even_steps_equal_exact_fractions_over_three_years() -> None:
    first, last = parse_term("2022-23 autumn"), parse_term("2025-26 summer")
    assert first is not None
    assert last is not None
    ends = (PathPoint(first.label, 97, "", False), PathPoint(last.label, 31, "", False))
    for step in range(12):
        found = expected_at(ends, first.shifted(step))
        assert found is not None
        assert found.value == pytest.approx(float(97 + Fraction(step, 11) * (31 - 97)))


def test_after_its_last_term_the_path_was_reached_or_missed() -> None:
    over = path(autumn_2024=150, autumn_2025=126)
    missed, reached = judge_path(waits(140, path=over)), judge_path(waits(126, path=over))
    assert path_phrase(missed) == "End of the path missed"
    assert path_phrase(reached) == "End of the path reached"
    said = path_sentence(missed, measure("salt_wait_mean_days", decimals=0), "Darlington")
    assert "14 days more than the 126 days at which the path ended" in said
    assert "The path ended in the autumn term 2025/26 at 126 days." in said


def test_before_the_path_begins_nothing_is_judged() -> None:
    verdict = judge_path(waits(140, path=path(summer_2026=126)))
    assert verdict.word is None
    assert path_phrase(verdict) == "The path has not begun"
    said = path_sentence(verdict, measure("salt_wait_mean_days"), "Darlington")
    assert said.startswith("The path begins in the summer term 2026/27, after the newest figure.")


def test_a_hidden_figure_is_not_judged() -> None:
    verdict = judge_path(waits("c"))
    assert verdict.word is None
    assert verdict.reason is Reason.hidden
    said = path_sentence(verdict, measure("salt_wait_mean_days", decimals=0), "Darlington")
    assert "The agreed path has 130 days." in said


def test_a_measure_without_a_better_side_is_above_or_below() -> None:
    about = measure("ehcp_active")
    verdict = judge_path(view(stock(SUMMER, 1300), about=about, path=path(summer_2025=1200)))
    assert verdict.word is Standing.above
    assert path_phrase(verdict) == "Above the path"


def test_an_invented_path_says_so() -> None:
    made_up = (PathPoint(SUMMER, 130, "Board", True),)
    shown = waits(130, path=made_up)
    said = path_sentence(judge_path(shown), shown.measure, "Darlington")
    assert "This path is invented sample data." in said


def test_no_path_no_word() -> None:
    verdict = judge_path(view(point(SUMMER, 50), path=()))
    assert verdict.word is None
    assert verdict.reason is Reason.no_target


def test_a_figure_that_is_clearly_off_its_path_needs_attention() -> None:
    assert Attention.off_path in judge(waits(141)).attention
    assert Attention.off_path not in judge(waits(130)).attention
    assert Attention.off_path not in judge(waits(141, path=())).attention


def test_a_figure_that_chance_may_have_put_off_its_path_does_not() -> None:
    about = measure("ot_within_18w")
    close = view(share(SUMMER, 8, 14), about=about, path=path(summer_2025=60))
    assert judge_path(close).chance
    assert Attention.off_path not in judge(close).attention
