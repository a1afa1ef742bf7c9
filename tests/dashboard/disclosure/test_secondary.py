"""What else is hidden: never more than needed, never what may not be, and always the same."""

import random
from dataclasses import replace

from dashboard.analysis.disclosure.audit import Auditor, audit
from dashboard.analysis.disclosure.cell import Cell, Relation
from dashboard.analysis.disclosure.components import build_network
from dashboard.analysis.disclosure.greedy import hide_one_by_one
from dashboard.analysis.disclosure.primary import is_primary
from dashboard.analysis.disclosure.protect import protect
from dashboard.analysis.disclosure.secondary import may_be_secondary
from tests.dashboard.disclosure.second_way import hidden_by_trying
from tests.dashboard.disclosure.tables import random_cells, random_counts, table, vector


def test_the_choice_is_the_best_of_all_that_can_be_tried() -> None:
    tried = 0
    for seed in range(1000, 1300):
        cells, relations = random_cells(random.Random(seed), open_cells=8)
        found = protect(cells, relations)
        best = hidden_by_trying(cells, relations, 4)
        if best is None:
            assert found.unprotected or len(found.secondary) > 4, seed
        else:
            tried += 1
            assert found.hidden == best, seed
            assert not found.unprotected
    assert tried > 150


def test_the_order_of_cells_relations_and_parts_does_not_matter() -> None:
    draw = random.Random(1)
    cells, relations = table(random_counts(draw, (5, 4), 12))
    found = protect(cells, relations)
    assert found.secondary
    for _ in range(5):
        mixed = [
            replace(one, parts=tuple(draw.sample(one.parts, len(one.parts)))) for one in relations
        ]
        draw.shuffle(mixed)
        assert protect(draw.sample(cells, len(cells)), mixed) == found


def test_no_zero_and_no_grand_total_is_hidden() -> None:
    for seed in range(40):
        cells, relations = table(random_counts(random.Random(seed), (4, 3), 9))
        hidden = protect(cells, relations).hidden
        assert not [cell for cell in cells if cell.id in hidden and not cell.value]
        assert not [c for c in cells if c.id in hidden and not c.may_hide and c.value > 4]


def test_a_grand_total_that_is_too_small_itself_is_hidden() -> None:
    found = protect([Cell("all", 2, may_hide=False)], [])
    assert found.primary == {"all"}


def test_what_was_shown_stays_shown_and_what_was_hidden_hidden() -> None:
    cells = [Cell("A", 3), Cell("B", 5, decided="shown"), Cell("C", 30), Cell("D", 8)]
    parts = tuple((cell.id, 1) for cell in cells)
    found = protect(cells, [Relation(parts, constant=46)])
    assert found.secondary == {"D"}
    before = [replace(cell, decided="hidden") if cell.id == "C" else cell for cell in cells]
    assert protect(before, [Relation(parts, constant=46)]).secondary == {"C"}


def test_a_primary_cell_of_an_earlier_term_is_protected_from_a_new_total() -> None:
    """Autumn's 3 was safe until the year so far came out."""
    cells = [
        Cell("autumn", 3, decided="hidden"),
        Cell("spring", 40),
        Cell("year so far", 43),
    ]
    relation = Relation((("autumn", 1), ("spring", 1), ("year so far", -1)))
    assert protect(cells, [relation]).secondary == {"spring"}


def test_a_nested_count_makes_more_cells_hidden() -> None:
    """Knowing that A is at most 4, a second hidden part is not enough."""
    cells, relations = vector({"A": 3, "B": 9, "C": 20})
    more = [*cells, Cell("D", 4, known=True)]
    nested = Relation((("A", 1), ("D", -1)), "<=")
    assert protect(cells, relations).hidden == {"A", "B"}
    assert protect(more, [*relations, nested]).unprotected == {"A"}


def test_the_complement_of_a_share_is_protected() -> None:
    """Three plans were late: all plans less those in time would tell."""
    cells = [Cell("all", 40), Cell("in time", 37), Cell("late", 3, published=False)]
    found = protect(cells, [Relation((("in time", 1), ("late", 1), ("all", -1)))])
    assert found.primary == {"late"}
    assert found.secondary == {"in time"}


def test_one_cell_that_cannot_be_protected_leaves_the_others_so() -> None:
    cells, relations = vector({"A": 3, "B": 0, "C": 0})
    others, ties = vector({"D": 3, "E": 9, "F": 20})
    found = protect([*cells, *others], [*relations, *ties])
    assert found.unprotected == {"A"}
    assert found.hidden == {"A", "D", "E"}


def test_among_equals_the_first_ids_are_hidden() -> None:
    assert protect(*vector({"d": 3, "c": 9, "b": 9, "a": 30})).secondary == {"b"}


def test_the_simpler_way_is_safe_too_and_hides_nothing_in_vain() -> None:
    for seed in range(30):
        cells, relations = table(random_counts(random.Random(seed), (5, 4), 12))
        network = build_network(cells, relations)
        targets = [c for c, cell in enumerate(network.cells) if is_primary(cell)]
        fixed = frozenset(targets)
        may = frozenset(c for c in range(len(cells)) if may_be_secondary(network, c)) - fixed
        auditor = Auditor(network)
        wanted = [c for c in targets if c not in auditor.unsafe(targets, fixed | may)]
        chosen = hide_one_by_one(auditor, may, fixed, wanted)
        assert not auditor.unsafe(wanted, fixed | chosen)
        assert all(auditor.unsafe(wanted, fixed | chosen - {column}) for column in chosen)


def test_the_bounds_told_are_those_of_the_audit() -> None:
    cells, relations = table(random_counts(random.Random(3), (6, 3), 15))
    found = protect(cells, relations)
    assert dict(found.bounds) == audit(cells, relations, found.hidden)
    assert all(one.high >= 5 and one.high - one.low >= 4 for one in found.bounds.values())
