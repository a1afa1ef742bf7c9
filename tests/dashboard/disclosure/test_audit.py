"""What an attacker can work out, beside every count that fits."""

import random

import pytest

from dashboard.analysis.disclosure.audit import audit
from dashboard.analysis.disclosure.cell import Bounds, Cell, Relation
from dashboard.analysis.disclosure.primary import is_primary
from tests.dashboard.disclosure.second_way import bounds_by_trying
from tests.dashboard.disclosure.tables import random_cells, vector


def test_the_bounds_are_those_of_all_counts_that_fit() -> None:
    for seed in range(120):
        draw = random.Random(seed)
        cells, relations = random_cells(draw, open_cells=8)
        primary = {cell.id for cell in cells if is_primary(cell)}
        some = primary | {cell.id for cell in cells if draw.random() < 0.5 and cell.value}
        tried = bounds_by_trying(cells, relations, some)
        found = audit(cells, relations, some, [cell.id for cell in cells])
        assert {name: (one.low, one.high) for name, one in found.items()} == tried, seed


def test_one_hidden_part_is_known_from_its_total() -> None:
    assert audit(*vector({"A": 20, "B": 3}), hidden=["B"]) == {"B": Bounds(3, 3)}


def test_an_inequality_sharpens_what_is_known() -> None:
    """Severe absence is part of persistent absence, which is shown."""
    cells = [Cell("persistent", 6), Cell("severe", 3), Cell("severe elsewhere", 20)]
    parts = ("severe", 1), ("severe elsewhere", 1)
    total = Relation(parts, constant=23)
    nested = Relation((("severe", 1), ("persistent", -1)), "<=")
    hidden = ["severe", "severe elsewhere"]
    assert audit(cells, [total], hidden)["severe"] == Bounds(1, 22)
    assert audit(cells, [total, nested], hidden)["severe"] == Bounds(1, 6)


def test_a_number_that_others_published_is_used() -> None:
    cells = [Cell("A", 3), Cell("B", 9, known=True)]
    relation = Relation((("A", 1), ("B", 1)), constant=12)
    assert audit(cells, [relation], ["A", "B"])["A"] == Bounds(3, 3)


def test_a_rounded_count_is_known_as_a_range() -> None:
    cells = [Cell("A", 3, "health"), Cell("B", 21, "health"), Cell("all", 24, "health")]
    relation = Relation((("A", 1), ("B", 1), ("all", -1)))
    assert audit(cells, [relation], ["A"]) == {"A": Bounds(1, 9)}  # 23 to 27, less 18 to 22


def test_an_unpublished_count_may_be_nothing() -> None:
    cells = [Cell("late", 3, published=False), Cell("in time", 9)]
    relation = Relation((("late", 1), ("in time", 1)), constant=12)
    assert audit(cells, [relation], ["in time"])["late"] == Bounds(0, 11)
    assert audit(cells, [relation], [])["late"] == Bounds(3, 3)


def test_what_was_hidden_before_is_hidden_still() -> None:
    cells = [Cell("A", 3), Cell("B", 9, decided="hidden")]
    relation = Relation((("A", 1), ("B", 1)), constant=12)
    assert audit(cells, [relation], ["A"])["A"] == Bounds(1, 11)


def test_bounds_across_a_ring_of_relations_are_whole_numbers() -> None:
    """2A = B + C and B + 2C = 10: with halves A would be from 2.75 to 4.5."""
    cells = [Cell("A", 3), Cell("B", 2), Cell("C", 4)]
    relations = [
        Relation((("A", 2), ("B", -1), ("C", -1))),
        Relation((("B", 1), ("C", 2)), constant=10),
    ]
    assert audit(cells, relations, ["A", "B", "C"])["A"] == Bounds(3, 4)
    assert bounds_by_trying(cells, relations, {"A", "B", "C"})["A"] == (3, 4)


def test_a_relation_that_is_not_true_is_refused() -> None:
    with pytest.raises(ValueError, match="not true of the true values"):
        audit([Cell("A", 3)], [Relation((("A", 1),), constant=4)], ["A"])


def test_a_relation_of_an_unknown_cell_is_refused() -> None:
    with pytest.raises(ValueError, match="which is no cell"):
        audit([Cell("A", 3)], [Relation((("B", 1),), constant=4)], ["A"])
