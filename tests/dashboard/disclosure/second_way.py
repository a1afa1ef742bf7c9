"""Disclosure control a second way, by trying all counts that fit and all sets in order."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from dashboard.analysis.disclosure.cell import Cell, Relation


def bounds_by_trying(
    cells: Sequence[Cell], relations: Sequence[Relation], hidden: set[str]
) -> dict[str, tuple[int, int]]:
    """The least and most of every cell over all counts that fit what is shown.

    Every cell that is not shown must be in a sum of cells of one sign with a constant, or the
    trying would have no end.
    """
    found: dict[str, tuple[int, int]] = {}
    most = max([cell.value for cell in cells] + [abs(rule.constant) for rule in relations])
    ranges = {cell.id: _range(cell, cell.id in hidden, most) for cell in cells}
    for counts in _fitting(ranges, relations):
        for name, count in counts.items():
            low, high = found.get(name, (count, count))
            found[name] = min(low, count), max(high, count)
    return found


def _range(cell: Cell, hidden: bool, most: int) -> tuple[int, int]:
    if cell.known:
        return cell.value, cell.value
    if not cell.published:
        return 0, most
    if hidden or cell.decided == "hidden":
        return 1, most
    if cell.kind == "health" and cell.value:
        nearest = min(range(0, most + 10, 5), key=lambda five: abs(five - cell.value))
        return nearest - 2, nearest + 2
    return cell.value, cell.value


def _fitting(
    ranges: dict[str, tuple[int, int]], relations: Sequence[Relation]
) -> Iterator[dict[str, int]]:
    open_names = [name for name, (low, high) in ranges.items() if low < high]
    if not open_names:
        if all(low <= high for low, high in ranges.values()) and all(
            _may_hold(rule, ranges) for rule in relations
        ):
            yield {name: low for name, (low, _) in ranges.items()}
        return
    low, high = ranges[open_names[0]]
    for count in range(low, high + 1):
        tried = {**ranges, open_names[0]: (count, count)}
        if all(_may_hold(rule, tried) for rule in relations):
            yield from _fitting(tried, relations)


def _may_hold(rule: Relation, ranges: dict[str, tuple[int, int]]) -> bool:
    ends = [[factor * end for end in ranges[name]] for name, factor in rule.parts]
    least, most = sum(map(min, ends)), sum(map(max, ends))
    return least <= rule.constant and (rule.sense == "<=" or most >= rule.constant)


def hidden_by_trying(
    cells: Sequence[Cell], relations: Sequence[Relation], further: int
) -> set[str] | None:
    """The best set with up to so many further cells; None when no such set is safe."""
    primary = {cell.id for cell in cells if _is_primary(cell)}
    before = {cell.id for cell in cells if cell.decided == "hidden"}
    may = [cell for cell in cells if _may_hide(cell) and cell.id not in primary]
    for extra in range(further + 1):
        choices = sorted(combinations(sorted(may, key=lambda cell: cell.id), extra), key=_cost)
        for choice in choices:
            hidden = primary | before | {cell.id for cell in choice}
            if _safe(bounds_by_trying(cells, relations, hidden), primary):
                return hidden
    return None


def _is_primary(cell: Cell) -> bool:
    if cell.known or cell.decided == "shown" or (cell.kind == "health" and not cell.published):
        return False
    return 1 <= cell.value <= (7 if cell.kind == "health" else 4)


def _may_hide(cell: Cell) -> bool:
    return bool(
        cell.value and cell.published and cell.may_hide and not cell.known and not cell.decided
    )


def _cost(choice: tuple[Cell, ...]) -> tuple[int, list[str]]:
    return sum(cell.value for cell in choice), [cell.id for cell in choice]


def _safe(bounds: dict[str, tuple[int, int]], primary: set[str]) -> bool:
    return all(bounds[name][1] >= 5 and bounds[name][1] - bounds[name][0] >= 4 for name in primary)
