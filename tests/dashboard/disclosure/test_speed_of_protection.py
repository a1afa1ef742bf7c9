"""A release of the size of a real one, and the one before it, come out whole."""

from functools import cache

from dashboard.analysis.disclosure.cell import Cell, Protection, Relation
from tests.dashboard.disclosure.made_release import published
from tests.dashboard.disclosure.plain_audit import reach


@cache
def releases() -> list[tuple[list[Cell], list[Relation], Protection]]:
    return list(published(seed=1, terms=2))


def test_a_release_has_the_size_of_a_real_one() -> None:
    cells, _, found = releases()[1]
    new = [cell for cell in cells if not cell.decided]
    assert len(new) > 2400
    assert sum(cell.kind == "health" for cell in new) >= 600
    assert len([cell for cell in new if cell.id in found.primary]) > 200


def test_what_the_first_publication_decided_stands() -> None:
    first, second = (found for _, _, found in releases())
    assert first.hidden <= second.hidden
    before = {cell.id for cell in releases()[0][0] if cell.published}
    assert second.hidden & before <= first.hidden


def test_every_primary_cell_is_safe_or_told() -> None:
    for cells, _, found in releases():
        assert set(found.bounds) == found.primary
        for name, one in found.bounds.items():
            assert (one.high >= 5 and one.high - one.low >= 4) is (name not in found.unprotected)
        values = {cell.id: cell.value for cell in cells}
        assert all(one.low <= values[name] <= one.high for name, one in found.bounds.items())


def test_only_few_cells_are_hidden_for_others_sake() -> None:
    cells, _, found = releases()[0]
    assert len(found.secondary) < 0.06 * len(cells)


def test_a_plain_solver_finds_no_closer_bounds() -> None:
    """Without whole numbers, and over everything at once: never outside the bounds told."""
    cells, relations, found = releases()[0]
    for name in sorted(found.primary)[::12]:
        low, high = reach(cells, relations, found, name)
        assert low <= found.bounds[name].low + 1e-6
        assert high >= found.bounds[name].high - 1e-6
