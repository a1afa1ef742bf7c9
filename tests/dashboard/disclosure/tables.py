"""Cells and relations of tables, for tests."""

import random
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import product

from dashboard.analysis.disclosure.cell import Cell, Decided, Kind, Relation

Key = tuple[str, ...]
ALL = "all"
KINDS: tuple[Kind, ...] = ("education", "education", "health")
FATES = {"plain": 78, "hidden": 6, "shown": 6, "known": 5, "unpublished": 5}


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


def random_cells(draw: random.Random, open_cells: int) -> tuple[list[Cell], list[Relation]]:
    """A small table of any sort, with at most so many cells that an attacker might not know."""
    while True:
        shape = draw.choice([(3,), (4,), (5,), (2, 2), (2, 2), (2, 3), (3, 2)])
        counts = random_counts(draw, shape, draw.choice([5, 7, 9]))
        kind = draw.choice(KINDS)
        cells, relations = table(counts, partial(_any_cell, draw, kind))
        if draw.random() < 0.3:
            less, more = sorted(draw.sample(cells, 2), key=lambda cell: cell.value)
            relations.append(Relation(((less.id, 1), (more.id, -1)), "<="))
        if len([cell for cell in cells if cell.value and not cell.known]) <= open_cells:
            return cells, relations


def _any_cell(draw: random.Random, kind: Kind, name: str, value: int, grand: bool) -> Cell:
    """Mostly a plain cell; the grand total is known to everyone."""
    fate = "known" if grand else draw.choices(list(FATES), FATES.values())[0]
    return Cell(
        name,
        value,
        kind,
        decided="hidden" if fate == "hidden" and value else _shown(fate, kind, value),
        published=fate != "unpublished",
        may_hide=not grand,
        known=fate == "known",
    )


def _shown(fate: str, kind: Kind, value: int) -> Decided:
    return "shown" if fate == "shown" and value > (7 if kind == "health" else 4) else ""
