"""What every safe choice holds to: "of these cells, hide at least so many".

A cut is true of every choice that makes its cell safe, so the least costly choice that keeps all
cuts found so far costs no more than the best safe one. Source: the capacity constraints of
Fischetti and Salazar-González, "Models and algorithms for the 2-dimensional cell suppression
problem in statistical disclosure control" (1999).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from dashboard.analysis.disclosure.audit import HIGH, SPREAD
from dashboard.analysis.disclosure.components import Network, slack
from dashboard.analysis.disclosure.programme import Numbers, matrix_of
from dashboard.analysis.disclosure.solver import optimize

_A_LITTLE = 1e-4  # room given to cells that are shown, so that a cut names as few of them as it can
_NEARLY = 1e-3  # prices are not exact numbers: no safe choice may be lost by a last digit
_NOTHING = 1e-9


@dataclass(frozen=True)
class Cut:
    """The sum of the `weights` (column, weight) of the hidden columns is at least `least`."""

    weights: tuple[tuple[int, float], ...]
    least: float

    def kept_by_one(self) -> list[int]:
        """The columns each of which is enough alone."""
        return [column for column, weight in self.weights if weight >= self.least]


@dataclass(frozen=True)
class _Reach:
    """A count moves at most `sure` and the `weights` of what is hidden in addition."""

    weights: Numbers
    sure: float

    def of(self, chosen: Sequence[int]) -> float:
        return self.sure + float(self.weights[chosen].sum())


@dataclass(frozen=True)
class _Around:
    """Some relations: the numbers of the equal ones and of the others, and both as matrices."""

    columns: list[int]
    equal: list[int]
    most: list[int]
    sums: Any
    limits: Any


class Cutter:
    """Finds cuts in one network; `candidates` may be hidden in addition to `fixed`."""

    def __init__(self, network: Network, candidates: frozenset[int], fixed: frozenset[int]) -> None:
        self._network = network
        self._candidates = candidates
        self._shown = self._rooms(fixed)
        self._hidden = self._rooms(fixed | candidates)
        self._near: dict[int, _Around] = {}

    def cut_nearby(self, column: int, chosen: frozenset[int]) -> Cut | None:
        """A cut that this choice of candidates breaks, made of the relations near the column: as
        true as one of all, and sooner found. None when those do not say that it is unsafe."""
        if column not in self._near:
            rows = (self._network.rows_of[c] for c in self._network.beside(column))
            self._near[column] = self._around({number for some in rows for number in some})
        return self._cut_from(self._near[column], column, chosen)

    def cut(self, column: int, chosen: frozenset[int]) -> Cut:
        """The same from all relations, when the choice is known not to be enough."""
        return self._cut_from(self._everywhere, column, chosen) or self._any_other(chosen)

    @cached_property
    def _everywhere(self) -> "_Around":
        return self._around(range(len(self._network.rows)))

    def _around(self, numbers: Iterable[int]) -> "_Around":
        rows = self._network.rows
        equal = [number for number in sorted(numbers) if rows[number].equal]
        most = [number for number in sorted(numbers) if not rows[number].equal]
        columns = sorted({c for number in (*equal, *most) for c, _ in rows[number].terms})
        sums, limits = (self._matrix[some][:, columns] for some in (equal, most))
        return _Around(columns, equal, most, sums, limits)

    def _cut_from(self, around: "_Around", column: int, chosen: frozenset[int]) -> Cut | None:
        inside = sorted(chosen)
        need = HIGH - self._network.cells[column].value
        up = self._reach(around, column, chosen, 1)
        if up.of(inside) < need - _NEARLY:
            return self._cut(up.weights, need - up.sure)
        if up.of(inside) >= SPREAD - _NEARLY:
            return None
        down = self._reach(around, column, chosen, -1)
        if up.of(inside) + down.of(inside) < SPREAD - _NEARLY:
            return self._cut(up.weights + down.weights, SPREAD - up.sure - down.sure)
        return None

    def _any_other(self, chosen: frozenset[int]) -> Cut:
        """Hide at least one more, whatever it is."""
        return Cut(tuple((column, 1.0) for column in sorted(self._candidates - chosen)), 1.0)

    def _cut(self, weights: Numbers, least: float) -> Cut:
        named = np.flatnonzero(weights > _NOTHING).tolist()
        kept = tuple((column, min(float(weights[column]), least)) for column in named)
        return Cut(kept, least - _NEARLY)

    def first_cuts(self, column: int) -> list[Cut]:
        """What each relation of the column asks for, whatever the others do."""
        need = HIGH - self._network.cells[column].value
        cuts = []
        for number in self._network.rows_of[column]:
            row = self._network.rows[number]
            factor = dict(row.terms)[column]
            if factor < 0 and not row.equal:
                continue
            prices = np.zeros(len(self._network.rows))
            prices[number] = 1 / factor
            up = self._reach_at(prices, column, 1)
            if up.sure < need - _NEARLY:
                cuts.append(self._cut(up.weights, need - up.sure))
        return cuts

    def _reach(
        self, around: "_Around", column: int, chosen: frozenset[int], direction: int
    ) -> _Reach:
        """How far the column can go by these relations, from their shadow prices."""
        rooms = self._shown.copy()
        rooms[:, sorted(self._candidates - chosen)] += _A_LITTLE
        rooms[:, sorted(chosen)] = self._hidden[:, sorted(chosen)]
        rooms[:, column] = np.minimum(rooms[:, column], SPREAD)
        return self._reach_at(self._prices(around, column, direction, rooms), column, direction)

    def _reach_at(self, prices: Numbers, column: int, direction: int) -> _Reach:
        """How far the column can go by these prices of the relations: any prices are true."""
        aim = np.zeros(len(self._network.cells))
        aim[column] = direction
        rest = np.round(aim - self._matrix.T @ prices, 9)
        shown, hidden = (self._gain(rest, room, column) for room in (self._shown, self._hidden))
        return _Reach(hidden - shown, float(shown.sum() + prices @ self._slack))

    def _prices(self, around: "_Around", column: int, direction: int, rooms: Numbers) -> Numbers:
        columns, equal = around.columns, around.equal
        aim = np.zeros(len(columns))
        aim[columns.index(column)] = -direction
        found = optimize.linprog(
            aim,
            A_eq=around.sums,
            b_eq=np.zeros(len(equal)),
            A_ub=around.limits,
            b_ub=self._slack[around.most],
            bounds=np.stack([-rooms[0, columns], rooms[1, columns]], axis=1),
            method="highs",
        )
        prices: Numbers = np.zeros(len(self._network.rows))
        prices[equal] = -found.eqlin.marginals
        prices[around.most] = np.maximum(-found.ineqlin.marginals, 0)
        simple = np.round(prices * 12) / 12
        close = np.abs(simple - prices) < _NEARLY
        prices[close] = simple[close]
        return prices

    @staticmethod
    def _gain(rest: Numbers, rooms: Numbers, column: int) -> Numbers:
        gain: Numbers = np.maximum(rest * rooms[1], -rest * rooms[0])
        own = np.minimum(rooms[:, column], SPREAD)
        gain[column] = max(rest[column] * own[1], -rest[column] * own[0])
        return gain

    def _rooms(self, hidden: frozenset[int]) -> Numbers:
        """How far each count may go down (first row) and up (second) before any relation."""
        lows, highs = self._network.ranges(hidden).astype(np.float64)
        values = self._network.values
        return np.stack([values - lows, highs - values])

    @cached_property
    def _matrix(self) -> Any:
        return matrix_of(self._network.rows, len(self._network.cells))

    @cached_property
    def _slack(self) -> Numbers:
        values = self._network.values
        return np.array([slack(row, values) for row in self._network.rows], dtype=np.float64)
