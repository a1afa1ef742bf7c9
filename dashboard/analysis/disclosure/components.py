"""Cells and relations as numbered columns and rows, and which of them hang together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from dashboard.analysis.disclosure.cell import Cell, Relation
from dashboard.analysis.disclosure.health import range_of

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Row:
    """The sum of factor times column over `terms` is (`equal`) or is at most `constant`."""

    terms: tuple[tuple[int, int], ...]
    equal: bool
    constant: int


@dataclass(frozen=True)
class Network:
    """`cells` by id; a column is a place in them. `most` is what no attacker puts a count above."""

    cells: tuple[Cell, ...]
    rows: tuple[Row, ...]
    most: int

    @cached_property
    def rows_of(self) -> tuple[tuple[int, ...], ...]:
        """For each column the numbers of its rows."""
        found: list[list[int]] = [[] for _ in self.cells]
        for number, row in enumerate(self.rows):
            for column, _ in row.terms:
                found[column].append(number)
        return tuple(map(tuple, found))

    def beside(self, column: int) -> set[int]:
        """The columns of its rows, itself among them."""
        return {c for number in self.rows_of[column] for c, _ in self.rows[number].terms}

    @cached_property
    def values(self) -> Counts:
        return np.array([cell.value for cell in self.cells], dtype=np.int64)

    def ranges(self, hidden: Iterable[int]) -> Counts:
        """The least (first row) and the most that each count can be before any relation."""
        ranges = self._ranges[0].copy()
        columns = list(hidden)
        ranges[:, columns] = self._ranges[1][:, columns]
        return ranges

    @cached_property
    def _ranges(self) -> tuple[Counts, Counts]:
        """When nothing is hidden, and when everything is."""
        shown, hidden = (
            _pairs(range_of_cell(cell, at_all, self.most) for cell in self.cells)
            for at_all in (False, True)
        )
        return shown, hidden


def _pairs(ranges: Iterable[tuple[int, int]]) -> Counts:
    return np.array(list(ranges), dtype=np.int64).reshape(-1, 2).T


def range_of_cell(cell: Cell, hidden: bool, most: int) -> tuple[int, int]:
    """What is known of a count before any relation. A hidden count is at least 1, as zeros are
    always shown; one that was hidden earlier and has become 0 since is not relied on."""
    if cell.known or (cell.published and not hidden and cell.kind == "education"):
        return cell.value, cell.value
    if not cell.published:
        return 0, most
    return (min(1, cell.value), most) if hidden else range_of(cell.value)


def build_network(cells: Iterable[Cell], relations: Iterable[Relation]) -> Network:
    """The same for any order of cells, relations and parts.

    Raises:
        ValueError: two cells of one id, a relation of a cell that is not there, or one that is not
            true of the true values.
    """
    ordered = tuple(sorted(cells, key=lambda cell: cell.id))
    column_of = {cell.id: column for column, cell in enumerate(ordered)}
    if len(column_of) < len(ordered):
        raise ValueError("two cells have the same id")
    values = [cell.value for cell in ordered]
    rows = {_row(relation, column_of, values) for relation in relations}
    kept = sorted((row for row in rows if row.terms), key=_order)
    return Network(ordered, tuple(kept), _most(ordered, kept))


def _order(row: Row) -> tuple[object, ...]:
    return row.terms, row.equal, row.constant


def _row(relation: Relation, column_of: dict[str, int], values: Sequence[int]) -> Row:
    factors: dict[int, int] = {}
    for name, factor in relation.parts:
        if name not in column_of:
            raise ValueError(f"a relation names {name}, which is no cell")
        factors[column_of[name]] = factors.get(column_of[name], 0) + factor
    terms = tuple(sorted((column, factor) for column, factor in factors.items() if factor))
    row = Row(terms, relation.sense == "=", relation.constant)
    left = slack(row, values)
    if left < 0 or (row.equal and left):
        raise ValueError(f"a relation is not true of the true values: {relation}")
    return row


def slack(row: Row, values: Sequence[int] | Counts) -> int:
    """What is left of the row's constant."""
    return row.constant - sum(factor * int(values[column]) for column, factor in row.terms)


def _most(cells: Sequence[Cell], rows: Sequence[Row]) -> int:
    largest = max((cell.value for cell in cells), default=0)
    return 10 * max(largest, 10, *(abs(row.constant) for row in rows), 0)


def connected(network: Network, loose: Sequence[bool]) -> list[tuple[int, ...]]:
    """Groups of loose columns that rows tie together, each in order, groups by their first."""
    seen = [not free for free in loose]
    groups = []
    for start in range(len(loose)):
        if not seen[start]:
            seen[start] = True
            groups.append(tuple(sorted(_reached(network, start, seen))))
    return groups


def _reached(network: Network, start: int, seen: list[bool]) -> list[int]:
    reached, rows_done = [start], set[int]()
    for column in reached:
        for number in network.rows_of[column]:
            if number not in rows_done:
                rows_done.add(number)
                for other, _ in network.rows[number].terms:
                    if not seen[other]:
                        seen[other] = True
                        reached.append(other)
    return reached


def part_of(network: Network, columns: Sequence[int]) -> Network:
    """The network of these columns alone; the others become constants with their true values."""
    new = {column: place for place, column in enumerate(columns)}
    numbers = sorted({number for column in columns for number in network.rows_of[column]})
    values = network.values.tolist()
    rows = [_rest(network.rows[number], new, values) for number in numbers]
    return Network(
        tuple(network.cells[column] for column in columns), tuple(dict.fromkeys(rows)), network.most
    )


def _rest(row: Row, new: dict[int, int], values: Sequence[int]) -> Row:
    fixed = sum(factor * values[column] for column, factor in row.terms if column not in new)
    terms = tuple((new[column], factor) for column, factor in row.terms if column in new)
    return Row(terms, row.equal, row.constant - fixed)


def is_tree(rows: Sequence[Row]) -> bool:
    """Whether rows and columns form no ring, all factors being 1 or −1: then looking at one row
    at a time finds the exact bounds."""
    leader: dict[int, int] = {}
    for number, row in enumerate(rows):
        for column, factor in row.terms:
            ends = leader_of(leader, column), leader_of(leader, -1 - number)
            if abs(factor) != 1 or ends[0] == ends[1]:
                return False
            leader[ends[0]] = ends[1]
    return True


def leader_of(leader: dict[int, int], node: int) -> int:
    """The one that stands for all that were joined with a node; shortens the way to it."""
    while (above := leader.get(node, node)) != node:
        leader[node] = leader.get(above, above)
        node = above
    return node
