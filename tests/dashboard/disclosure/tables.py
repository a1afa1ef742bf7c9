"""Cells and relations of tables, for tests."""

import random
from collections.abc import Callable, Mapping, Sequence
from itertools import product

from dashboard.analysis.disclosure.cell import Cell, Relation

Key = tuple[str, ...]
ALL = "all"


def vector(
    values: Mapping[str, int], total: int | None = None
) -> tuple[list[Cell], list[Relation]]:
    """Parts whose total everyone knows."""
    cells = [Cell(name, value) for name, value in values.items()]
    whole = sum(values.values()) if total is None else total
    return cells, [Relation(tuple((name, 1) for name in values), constant=whole)]


def name_of(key: Key) -> str:
    return "|".join(key)


def table(
    counts: Mapping[Key, int], make: Callable[[str, int, bool], Cell] | None = None
) -> tuple[list[Cell], list[Relation]]:
    """All cells and margins of a table of any number of sides, and what adds up to what.

    `make` is given the id, the value and whether it is the grand total.
    """
    make = make or (lambda name, value, grand: Cell(name, value, may_hide=not grand))
    sides = [sorted({key[side] for key in counts}) for side in range(len(next(iter(counts))))]
    values = dict(counts)
    relations = []
    for side, parts in enumerate(sides):
        others = [[*some, ALL] if place < side else some for place, some in enumerate(sides)]
        others[side] = [ALL]
        for key in product(*others):
            children = [(*key[:side], part, *key[side + 1 :]) for part in parts]
            values[key] = sum(values[child] for child in children)
    for key in values:
        for side, parts in enumerate(sides):
            if key[side] == ALL:
                children = [(*key[:side], part, *key[side + 1 :]) for part in parts]
                names = [(name_of(child), 1) for child in children]
                relations.append(Relation((*names, (name_of(key), -1))))
    cells = [make(name_of(key), value, set(key) == {ALL}) for key, value in values.items()]
    return cells, relations


def random_counts(draw: random.Random, sides: Sequence[int], most: int) -> dict[Key, int]:
    names = [[f"{'abc'[side]}{part}" for part in range(size)] for side, size in enumerate(sides)]
    return {
        key: draw.choice([0, draw.randint(0, most), draw.randint(1, most)])
        for key in product(*names)
    }
