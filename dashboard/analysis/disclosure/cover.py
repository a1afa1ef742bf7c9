"""The least costly choice that keeps all cuts: fewest cells, smallest sum of values, first ids."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from dashboard.analysis.disclosure.components import leader_of
from dashboard.analysis.disclosure.cuts import Cut
from dashboard.analysis.disclosure.solver import optimize, sparse

NODES = 300
_AT_ONCE = 20  # cells put in the order of their ids by one solution: 2**20 is exact for the solver

Choice = frozenset[int]


class TooHardError(Exception):
    """The best choice was not found within the bounds of work."""


class Cover:
    """Cuts that name no cell together are chosen for apart, and only once."""

    def __init__(self, values: Sequence[int]) -> None:
        self._values = values
        self._cuts: dict[Cut, None] = {}
        self._known: dict[tuple[bool, frozenset[Cut]], Choice] = {}

    def add(self, cuts: Iterable[Cut]) -> None:
        """More to keep.

        Raises:
            TooHardError: a cut that nothing keeps.
        """
        new = dict.fromkeys(cuts)
        if not all(cut.weights for cut in new):
            raise TooHardError
        self._cuts |= new

    def best(self, exact: bool) -> Choice:
        """The least costly choice; when not `exact`, nearly so, by one solution instead of several.

        Raises:
            TooHardError: the solver's bound of work was reached, or nothing keeps all cuts.
        """
        chosen = Choice()
        for block in _blocks(self._cuts):
            key = exact, frozenset(block)
            if key not in self._known:
                self._known[key] = self._of_block(block, exact)
            chosen |= self._known[key]
        return chosen

    def _of_block(self, cuts: Sequence[Cut], exact: bool) -> Choice:
        if len(cuts) == 1 and (alone := cuts[0].kept_by_one()):
            return Choice([min(alone, key=lambda column: (self._values[column], column))])
        block = _Block(cuts)
        values = {column: float(self._values[column]) for column in block.columns}
        if exact:
            return _one_after_another(block, values)
        total = 1 + sum(values.values())
        return block.least({column: 1 + value / total for column, value in values.items()}, [])


def _blocks(cuts: Collection[Cut]) -> list[list[Cut]]:
    """Cuts that name a cell together, directly or by others, stand in one block."""
    leader: dict[int, int] = {}
    for cut in cuts:
        for column, _ in cut.weights:
            leader[leader_of(leader, column)] = leader_of(leader, cut.weights[0][0])
    blocks: dict[int, list[Cut]] = {}
    for cut in cuts:
        blocks.setdefault(leader_of(leader, cut.weights[0][0]), []).append(cut)
    return list(blocks.values())


def _one_after_another(block: "_Block", values: Mapping[int, float]) -> Choice:
    """First the count, then the sum, then the ids."""
    ones = dict.fromkeys(block.columns, 1.0)
    count = _exactly(ones, block.least(ones, []))
    chosen = block.least(values, count)
    return _first_by_id(block, chosen, [*count, *_exactly(values, chosen)])


def _first_by_id(block: "_Block", chosen: Choice, held: list[Cut]) -> Choice:
    """Among equals, the choice with the earliest id, then the next one."""
    another = Cut(tuple((column, -1.0) for column in sorted(chosen)), 1.0 - len(chosen))
    if block.solve({}, [*held, another]) is None:
        return chosen
    for start in range(0, len(block.columns), _AT_ONCE):
        some = block.columns[start : start + _AT_ONCE]
        weights = {c: -float(2 ** (_AT_ONCE - place)) for place, c in enumerate(some)}
        chosen = block.least(weights, held)
        held = [*held, *_settled(some, chosen)]
    return chosen


class _Block:
    """One covering problem."""

    def __init__(self, cuts: Sequence[Cut]) -> None:
        self._cuts = cuts
        self.columns = sorted({column for cut in cuts for column, _ in cut.weights})
        self._place = {column: place for place, column in enumerate(self.columns)}

    def least(self, weights: Mapping[int, float], held: Sequence[Cut]) -> Choice:
        found = self.solve(weights, held)
        if found is None:
            raise TooHardError
        return found

    def solve(self, weights: Mapping[int, float], held: Sequence[Cut]) -> Choice | None:
        """The choice of the least weight, or None when there is none."""
        aim = np.zeros(len(self.columns))
        for column, weight in weights.items():
            aim[self._place[column]] = weight
        found = optimize.milp(
            aim,
            integrality=np.ones(len(aim)),
            bounds=optimize.Bounds(0, 1),
            constraints=self._constraint([*self._cuts, *held]),
            options={"mip_rel_gap": 0, "node_limit": NODES},
        )
        if found.status == 2:
            return None
        if found.status != 0:
            raise TooHardError
        return Choice(c for c in self.columns if found.x[self._place[c]] > 0.5)

    def _constraint(self, cuts: Sequence[Cut]) -> Any:
        entries = [(n, self._place[c], w) for n, cut in enumerate(cuts) for c, w in cut.weights]
        numbers, places, weights = zip(*entries, strict=True)
        shape = len(cuts), len(self.columns)
        matrix = sparse.csr_array((np.array(weights), (numbers, places)), shape=shape)
        return optimize.LinearConstraint(matrix, lb=[cut.least for cut in cuts])


def _exactly(weights: Mapping[int, float], chosen: Choice) -> list[Cut]:
    """The weights of the choice add up to what they do now."""
    total = sum(weights[column] for column in chosen)
    over = tuple(weights.items())
    return [Cut(over, total), Cut(tuple((c, -weight) for c, weight in over), -total)]


def _settled(columns: Iterable[int], chosen: Choice) -> list[Cut]:
    signs = {column: 1.0 if column in chosen else -1.0 for column in columns}
    return [Cut(((column, sign),), max(sign, 0.0)) for column, sign in signs.items()]
