"""A safe set of further cells to hide, one primary after another, where the best takes long."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from dashboard.analysis.disclosure.audit import HIGH, SPREAD, Auditor
from dashboard.analysis.disclosure.components import Network, part_of, slack
from dashboard.analysis.disclosure.programme import Numbers, matrix_of
from dashboard.analysis.disclosure.solver import optimize, sparse

_FAR = 12  # no count needs to move further than this for its neighbours' sake, nearly always
_NODES = 200
_NEAR_ENOUGH = 0.1  # the share by which a path may cost more than the cheapest: it is pruned anyway


def hide_one_by_one(
    auditor: Auditor, candidates: frozenset[int], fixed: frozenset[int], wanted: Sequence[int]
) -> frozenset[int]:
    """Candidates that make all wanted columns safe, and none of them in vain."""
    network, chosen = auditor.network, frozenset[int]()
    for column in wanted:
        if auditor.is_unsafe(column, fixed | chosen):
            chosen |= _cheapest(network, candidates - chosen, fixed | chosen, column)
    values = network.values.tolist()
    for column in sorted(chosen, key=lambda c: (-values[c], c)):
        beside = network.beside(column)
        likely_first = sorted(wanted, key=lambda c: (c not in beside, c))
        hidden = fixed | chosen - {column}
        if not any(auditor.is_unsafe(other, hidden) for other in likely_first):
            chosen -= {column}
    return chosen


def _cheapest(
    network: Network, candidates: frozenset[int], hidden: frozenset[int], column: int
) -> frozenset[int]:
    """Looked for near the column, then everywhere; all candidates if there is none so near."""
    near = sorted({c for other in network.beside(column) for c in network.beside(other)})
    for columns in (near, range(len(network.cells))):
        place = {column: number for number, column in enumerate(columns)}
        inside = (frozenset(place[c] for c in some if c in place) for some in (candidates, hidden))
        found = _Path(part_of(network, columns), *inside).cheapest(place[column])
        if found is not None:
            return frozenset(columns[number] for number in found)
    return candidates


class _Path:
    """The cheapest further columns for one count to have room, as one integer programme.

    Its unknowns are two ways for all counts to move (one up, one down) and, for each candidate,
    whether it is hidden: only then it may move further than what is shown of it allows.
    """

    def __init__(
        self, network: Network, candidates: frozenset[int], hidden: frozenset[int]
    ) -> None:
        self._network = network
        self._candidates = candidates
        self._shown = self._rooms(hidden)
        self._hidden = self._rooms(hidden | candidates)

    def cheapest(self, column: int) -> frozenset[int] | None:
        width = len(self._network.cells)
        chosen = np.array([c in self._candidates for c in range(width)])
        found = optimize.milp(
            np.concatenate([np.zeros(2 * width), self._costs()]),
            integrality=np.ones(3 * width),
            bounds=optimize.Bounds(
                np.concatenate([*(-self._hidden[[0, 0]]), np.zeros(width)]),
                np.concatenate([*self._hidden[[1, 1]], chosen]),
            ),
            constraints=[self._relations(), *self._only_if_hidden(), self._room(column)],
            options={"node_limit": _NODES, "mip_rel_gap": _NEAR_ENOUGH},
        )
        if found.x is None:
            return None
        return frozenset(int(c) for c in np.flatnonzero(found.x[2 * width :] > 0.5))

    def _costs(self) -> Numbers:
        values: Numbers = self._network.values.astype(np.float64)
        values /= 1 + values.sum()
        return values + 1

    def _relations(self) -> Any:
        rows, values = self._network.rows, self._network.values
        matrix = matrix_of(rows, len(values))
        none = sparse.csr_array(matrix.shape)
        both = sparse.block_array([[matrix, None, none], [None, matrix, none]])
        tops = np.array([slack(row, values) for row in rows], dtype=np.float64)
        bottoms = np.where([row.equal for row in rows], tops, -np.inf)
        return optimize.LinearConstraint(both, np.tile(bottoms, 2), np.tile(tops, 2))

    def _only_if_hidden(self) -> list[Any]:
        one = sparse.eye_array(len(self._network.cells))
        down, up = self._hidden - self._shown
        above = sparse.block_array([[one, None, -one * up], [None, one, -one * up]])
        below = sparse.block_array([[one, None, one * down], [None, one, one * down]])
        return [
            optimize.LinearConstraint(above, ub=np.tile(self._shown[1], 2)),
            optimize.LinearConstraint(below, lb=np.tile(-self._shown[0], 2)),
        ]

    def _room(self, column: int) -> Any:
        width = len(self._network.cells)
        matrix = np.zeros((2, 3 * width))
        matrix[0, column] = matrix[1, column] = 1
        matrix[1, width + column] = -1
        return optimize.LinearConstraint(matrix, lb=[HIGH - self._network.values[column], SPREAD])

    def _rooms(self, hidden: frozenset[int]) -> Numbers:
        lows, highs = self._network.ranges(hidden).astype(np.float64)
        values = self._network.values
        return np.stack([values - lows, highs - values]).clip(max=_FAR)
