"""Health counts by NHS England's rule, and which rates of either kind may be shown."""

import pytest

from dashboard.analysis.disclosure.cell import Cell
from dashboard.analysis.disclosure.health import range_of, round_count
from dashboard.analysis.disclosure.primary import is_primary, is_unreliable, why_rate_hidden
from schemas.symbol import Symbol


def test_a_range_holds_exactly_the_counts_that_are_published_alike() -> None:
    for count in [0, *range(8, 300)]:
        low, high = range_of(count)
        alike = [other for other in range(310) if round_count(other) == round_count(count)]
        assert (alike[0], alike[-1]) == (low, high)


def test_one_to_seven_are_hidden_and_nothing_else_is() -> None:
    assert [n for n in range(100) if round_count(n) is Symbol.c] == [1, 2, 3, 4, 5, 6, 7]


def test_which_counts_are_hidden_for_themselves() -> None:
    education = [count for count in range(12) if is_primary(Cell("a", count))]
    health = [count for count in range(12) if is_primary(Cell("a", count, "health"))]
    assert education == [1, 2, 3, 4]
    assert health == [1, 2, 3, 4, 5, 6, 7]


def test_what_is_public_is_not_hidden_for_itself() -> None:
    assert not is_primary(Cell("a", 3, known=True))
    assert not is_primary(Cell("a", 3, decided="shown"))
    assert is_primary(Cell("a", 3, decided="hidden"))


def test_a_count_that_can_be_worked_out_is_primary_in_education_only() -> None:
    assert is_primary(Cell("a", 3, published=False))
    assert not is_primary(Cell("a", 3, "health", published=False))


@pytest.mark.parametrize(
    ("numerator", "denominator", "hidden"),
    [(5, 9, True), (5, 10, False), (4, 50, True), (0, 50, False), (46, 50, True), (45, 50, False)],
)
def test_a_rate_of_few_or_of_all_but_few_is_hidden(
    numerator: int, denominator: int, hidden: bool
) -> None:
    assert bool(why_rate_hidden(numerator, denominator, False, False, "education")) is hidden


@pytest.mark.parametrize("kind", ["education", "health"])
def test_a_rate_with_a_hidden_count_is_hidden(kind: str) -> None:
    assert why_rate_hidden(20, 50, True, False, kind)
    assert why_rate_hidden(20, 50, False, True, kind)
    assert not why_rate_hidden(20, 50, False, False, kind)


def test_a_rate_of_ten_to_nineteen_is_marked() -> None:
    assert [n for n in range(30) if is_unreliable(n)] == list(range(10, 20))
