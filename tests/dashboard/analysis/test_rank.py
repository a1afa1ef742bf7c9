"""Ranks, ordinals and what an area cannot be told apart from, against a second simple way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.rank import Rank, Span, area_spans, rank_values, set_apart, why_no_spans
from dashboard.analysis.reason import Reason
from dashboard.words.rank import ordinal, rank_words
from tests.dashboard.analysis.second_way import wilson
from tests.dashboard.views import measure, point

figures = st.dictionaries(st.text("ABCDE", min_size=1), st.integers(0, 40), min_size=1)
spans = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda ends: Span(*sorted(ends)))


@given(figures, st.booleans())
def test_a_rank_is_one_more_than_how_many_are_ahead(
    values: dict[str, int], highest_first: bool
) -> None:
    tenths = {key: value / 10 for key, value in values.items()}
    found = rank_values(tenths, 1, highest_first)
    for key, value in values.items():
        others = [other for name, other in values.items() if name != key]
        ahead = sum(1 for other in others if (other > value if highest_first else other < value))
        assert found[key] == Rank(ahead + 1, value in others)


@given(figures)
def test_turning_the_direction_round_turns_the_ranks_round(values: dict[str, int]) -> None:
    up, down = rank_values(values, 0, True), rank_values(values, 0, False)
    many = len(values)
    for key, value in values.items():
        tied = sum(1 for other in values.values() if other == value)
        assert up[key].place + down[key].place == many - tied + 2


def test_what_reads_the_same_shares_a_rank() -> None:
    found = rank_values({"a": 72.51, "b": 72.49, "c": 72.45, "d": 72.44}, 1, True)
    joint = Rank(1, True)
    assert found == {"a": joint, "b": joint, "c": joint, "d": Rank(4, False)}


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (10, "10th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (22, "22nd"),
        (23, "23rd"),
        (41, "41st"),
        (101, "101st"),
        (102, "102nd"),
        (111, "111th"),
        (112, "112th"),
        (113, "113th"),
        (121, "121st"),
        (1011, "1,011th"),
    ],
)
def test_ordinals(place: int, words: str) -> None:
    assert ordinal(place) == words
    assert rank_words(Rank(place, True)) == f"joint {words}"
    assert rank_words(Rank(place, False)) == words


@given(spans, st.lists(spans, max_size=20))
def test_every_other_area_is_below_above_or_alike(own: Span, others: list[Span]) -> None:
    found = set_apart(own, others)
    alike = [one for one in others if max(one.low, own.low) <= min(one.high, own.high)]
    assert found.others == len(others)
    assert found.alike == len(alike)
    assert found.below == sum(1 for one in others if one.high < own.low)


def test_all_intervals_at_once_are_those_of_each_alone() -> None:
    counted = {"a": (121, 167), "b": (0, 7), "c": (40, 40), "d": (397, 848)}
    points = {
        key: point("2024-25 autumn", top * 100 / bottom, numerator=top, denominator=bottom)
        for key, (top, bottom) in counted.items()
    }
    found = area_spans(points, measure())
    for key, (top, bottom) in counted.items():
        assert found[key] == pytest.approx([100 * end for end in wilson(top, bottom)], abs=1e-6)


def test_a_symbol_and_a_figure_without_its_counts_have_no_interval() -> None:
    hidden = point("2024-25 autumn", "c", numerator=3, denominator=4)
    alone = point("2024-25 autumn", 72.5)
    assert area_spans({"a": hidden, "b": alone}, measure()) == {}
    assert why_no_spans([alone], measure()) is Reason.no_counts


def test_events_that_come_in_clusters_have_no_interval() -> None:
    one = point("2024-25 autumn", 8.8, numerator=99, denominator=1122)
    assert area_spans({"a": one}, measure("suspension_rate")) == {}
    assert why_no_spans([one], measure("suspension_rate")) is Reason.clustered
