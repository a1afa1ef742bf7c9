"""Some counts, what ties them together and what is known of each, as the solver takes them."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from dashboard.analysis.disclosure.components import Counts, Network, Row, part_of
from dashboard.analysis.disclosure.narrowing import View
from dashboard.analysis.disclosure.solver import optimize, sparse

_NEARLY = 1e-6

Numbers = npt.NDArray[np.float64]


class Programme:
    """The integer programme of these columns; the others are as they truly are."""

    def __init__(self, network: Network, columns: Sequence[int], view: View) -> None:
        self._place = {column: place for place, column in enumerate(columns)}
        self._lows = np.array([view.lows[column] for column in columns])
        self._highs = np.array([view.highs[column] for column in columns])
        self._rows = constraint(part_of(network, columns).rows, len(columns))

    def extreme(self, columns: Sequence[int], way: int, ends: Mapping[int, int]) -> Counts:
        """Counts with the sum of these highest (`way` 1) or lowest, each within its end."""
        aim, box = self._aimed(columns, way, ends)
        found = self._solve(aim, box, whole=False)
        if np.abs(found - np.round(found)).max() > _NEARLY:
            found = self._solve(aim, box, whole=True)
        counts = np.round(found).astype(np.int64)
        self._believe(counts, box)
        return counts

    def _believe(self, counts: Counts, box: Any) -> None:
        """A witness that does not fit what is known would make a count seem safe that is not."""
        sums = self._rows.A @ counts
        fits = (self._rows.lb <= sums) & (sums <= self._rows.ub)
        inside = (box.lb <= counts) & (counts <= box.ub)
        if not (fits.all() and inside.all()):
            raise ArithmeticError("the solver’s answer does not fit what it was given")

    def _aimed(
        self, columns: Sequence[int], way: int, ends: Mapping[int, int]
    ) -> tuple[Numbers, Any]:
        lows, highs, aim = self._lows.copy(), self._highs.copy(), np.zeros(len(self._lows))
        for column in columns:
            aim[self._place[column]] = -way
        for column, end in ends.items():
            place = self._place[column]
            if way > 0:
                highs[place] = min(highs[place], end)
            else:
                lows[place] = max(lows[place], end)
        return aim, optimize.Bounds(lows, highs)

    def _solve(self, aim: Numbers, box: Any, whole: bool) -> Numbers:
        """Most often the best of all numbers is one of whole ones, and is found sooner."""
        found = optimize.milp(
            aim,
            integrality=np.full(len(aim), int(whole)),
            bounds=box,
            constraints=self._rows,
            options={"mip_rel_gap": 0},
        )
        if found.status != 0:
            raise ArithmeticError(f"the solver found no bounds: {found.message}")
        return np.asarray(found.x, dtype=np.float64)


def constraint(rows: Sequence[Row], width: int) -> Any:
    """The rows as the solver takes them."""
    tops = [row.constant for row in rows]
    bottoms = [row.constant if row.equal else -np.inf for row in rows]
    return optimize.LinearConstraint(matrix_of(rows, width), bottoms, tops)


def matrix_of(rows: Sequence[Row], width: int) -> Any:
    places = [(number, *term) for number, row in enumerate(rows) for term in row.terms]
    numbers, columns, factors = zip(*places, strict=True) if places else ((), (), ())
    shape = (len(rows), width)
    return sparse.csr_array((np.array(factors, dtype=np.float64), (numbers, columns)), shape=shape)
