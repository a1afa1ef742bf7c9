"""What holds for any figures: time moved, polarity turned, a word or a reason."""

import itertools
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.comparison import Compared
from dashboard.analysis.difference import Changed
from dashboard.analysis.icons import Variation
from dashboard.analysis.verdict import Attention, Verdicts, judge
from dashboard.view import Line, Point
from schemas.term import parse_term
from tests.dashboard.analysis.builders import (
    shares_of,
)
from tests.dashboard.views import line, measure, view

counts = st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
runs = st.lists(counts, min_size=1, max_size=20)
levels = st.floats(0, 100, allow_nan=False)


def words_of(found: Verdicts) -> tuple[object, ...]:
    control = found.control
    return (
        *((one.word, one.reason) for one in found.comparisons),
        (found.change.word, found.change.reason),
        (found.yearly.word, found.yearly.reason),
        found.target.word,
        (control.variation, control.assurance, control.reason, control.latest_flags),
        found.tier,
        found.attention,
    )


def england_of(points: list[Point], value: float) -> Line:
    return line("england", replace(points[-1], value=value), basis="in_term")


@given(runs, levels)
def test_time_moved_changes_nothing(run: list[tuple[int, int]], value: float) -> None:
    first = parse_term("2017-18 spring")
    assert first is not None
    said = []
    for years in (0, 5):
        own = shares_of(run, first.shifted(3 * years))
        said.append(words_of(judge(view(*own, comparators=(england_of(own, value),)))))
    assert said[0] == said[1]


@given(runs, levels)
def test_polarity_mirrors_every_word(run: list[tuple[int, int]], value: float) -> None:
    own = shares_of(run)
    high, low = (
        judge(
            view(
                *own,
                about=measure(polarity=polarity),
                comparators=(england_of(own, value),),
            )
        )
        for polarity in ("higher_better", "lower_better")
    )
    for pairs in (
        (Compared.better, Compared.worse),
        (Changed.improved, Changed.worse),
        (Variation.improvement, Variation.concern),
    ):
        mirror = dict((pairs, pairs[::-1]))
        for one, other in zip(_words(high), _words(low), strict=True):
            if one in mirror:
                assert other is mirror[one]


def _words(found: Verdicts) -> list[object]:
    compared = [one.word for one in found.comparisons]
    return [*compared, found.change.word, found.control.variation]


@given(runs, levels)
def test_every_statement_has_a_word_or_a_reason(run: list[tuple[int, int]], value: float) -> None:
    own = shares_of(run)
    found = judge(view(*own, comparators=(england_of(own, value),)))
    for one in (*found.comparisons, found.change, found.yearly, found.target):
        assert (one.word is None) != (one.reason is None)
    assert (found.control.variation is None) != (found.control.reason is None)
    order = list(Attention)
    assert all(order.index(a) < order.index(b) for a, b in itertools.pairwise(found.attention))
