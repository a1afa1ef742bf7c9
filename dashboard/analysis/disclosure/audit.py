"""What an attacker can still believe of each hidden count: exact bounds, by an integer solver."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds as Box
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import csr_array

from dashboard.analysis.disclosure.cell import Bounds, Cell, Relation
from dashboard.analysis.disclosure.components import Counts, Network, Row, build_network, part_of
from dashboard.analysis.disclosure.narrowing import View, look
from dashboard.analysis.disclosure.primary import is_primary

HIGH = 5  # a count is safe when it may be this or more
SPREAD = 4  # and its bounds are this far apart
_NEARLY = 1e-6

Numbers = npt.NDArray[np.float64]


def audit(
    cells: Sequence[Cell],
    relations: Sequence[Relation],
    hidden: Iterable[str],
    ids: Iterable[str] | None = None,
) -> dict[str, Bounds]:
    """The least and the most that each count can be for who knows everything that is shown.

    Shown counts of education are known exactly, those of health as the range that rounds so, and
    all relations; hidden counts are at least 1, unpublished ones at least 0; all are whole.

    Args:
        hidden: what this publication hides; cells that were hidden earlier are so in any case.
        ids: the cells to look at; all primary ones unless given.

    Raises:
        ValueError: as `build_network`.
    """
    network = build_network(cells, relations)
    chosen = frozenset(hidden)
    columns = [
        column
        for column, cell in enumerate(network.cells)
        if cell.id in chosen or cell.decided == "hidden"
    ]
    asked = {cell.id for cell in cells if is_primary(cell)} if ids is None else set(ids)
    wanted = [column for column, cell in enumerate(network.cells) if cell.id in asked]
    found = Auditor(network).bounds(wanted, frozenset(columns))
    return {network.cells[column].id: bounds for column, bounds in found.items()}


def is_safe(low: int, high: int) -> bool:
    return high >= HIGH and high - low >= SPREAD


class Auditor:
    """Looks at one network again and again, for different hidden columns.

    Every solution it ever found is a witness: counts that would look the same to an attacker. Most
    questions are answered by an old one.
    """

    def __init__(self, network: Network) -> None:
        self.network = network
        self._witnesses = network.values[np.newaxis]
        self._hidden: frozenset[int] | None = None

    def bounds(self, columns: Iterable[int], hidden: frozenset[int]) -> dict[int, Bounds]:
        """Exact bounds of these columns."""
        self._look(hidden)
        return {column: self._exact(column) for column in columns}

    def unsafe(self, columns: Iterable[int], hidden: frozenset[int]) -> list[int]:
        """Those of these columns that an attacker would come too close to."""
        return [
            column for column in self.doubtful(columns, hidden) if self.is_unsafe(column, hidden)
        ]

    def is_unsafe(self, column: int, hidden: frozenset[int]) -> bool:
        self._look(hidden)
        return not self._safe(column)

    def doubtful(self, columns: Iterable[int], hidden: frozenset[int]) -> list[int]:
        """All of these columns that are unsafe, and some that were only not seen to be safe."""
        self._look(hidden)
        view = self._view
        near = {c for c in columns if not is_safe(view.lows[c], view.highs[c])}
        rest = [c for c in columns if not view.exact[c] and c not in near]
        for group in sorted({view.group_of[column] for column in rest}):
            near.update(self._push_together([c for c in rest if view.group_of[c] == group]))
        return sorted(near)

    def _look(self, hidden: frozenset[int]) -> None:
        if hidden == self._hidden:
            return
        self._hidden, self._view = hidden, look(self.network, hidden)
        self._programs: dict[tuple[int, ...], _Program] = {}
        lows, highs = self.network.ranges(hidden)
        all_hold = ((self._witnesses >= lows) & (self._witnesses <= highs)).all(axis=1)
        holding = self._witnesses[all_hold]
        self._least, self._most = holding.min(axis=0), holding.max(axis=0)

    def _exact(self, column: int) -> Bounds:
        low, high = self._view.lows[column], self._view.highs[column]
        if not self._view.exact[column]:
            if self._most[column] < high:
                self._push([column], 1)
                high = int(self._most[column])
            if self._least[column] > low:
                self._push([column], -1)
                low = int(self._least[column])
        return Bounds(low, high)

    def _push_together(self, columns: list[int]) -> list[int]:
        """All columns of a group at once, while it helps; those that remain."""
        left = self._not_seen_safe(columns)
        while left:
            before = len(left)
            for way in (1, -1):
                self._push(left, way, enough=True)
                left = self._not_seen_safe(left)
            if 2 * len(left) > before:
                break
        return left

    def _safe(self, column: int) -> bool:
        view = self._view
        if view.exact[column] or not is_safe(view.lows[column], view.highs[column]):
            return is_safe(view.lows[column], view.highs[column])
        for way in (1, -1):
            if self._not_seen_safe([column]):
                self._push([column], way, enough=True)
        return not self._not_seen_safe([column])

    def _not_seen_safe(self, columns: Iterable[int]) -> list[int]:
        return [c for c in columns if not is_safe(int(self._least[c]), int(self._most[c]))]

    def _push(self, columns: Sequence[int], way: int, enough: bool = False) -> None:
        """Finds counts that fit all that is known, with these columns as high (`way` 1) or low as
        they can be, or only as far as is safe when that is `enough`, and remembers them."""
        if not columns:
            return
        group = self._view.group_of[columns[0]]
        if group not in self._programs:
            self._programs[group] = _Program(self.network, group, self._view)
        counts = self.network.values.copy()
        ends = self._far_enough(columns, way) if enough else {}
        counts[list(group)] = self._programs[group].extreme(columns, way, ends)
        self._witnesses = np.vstack([self._witnesses, counts])
        self._least, self._most = np.minimum(self._least, counts), np.maximum(self._most, counts)

    def _far_enough(self, columns: Sequence[int], way: int) -> dict[int, int]:
        """Where each count is safe, seen from what was found at its other end."""
        if way > 0:
            return {c: max(HIGH, int(self._least[c]) + SPREAD, self._value(c)) for c in columns}
        return {c: min(int(self._most[c]) - SPREAD, self._value(c)) for c in columns}

    def _value(self, column: int) -> int:
        return self.network.cells[column].value


class _Program:
    """The integer programme of the open columns that hang together."""

    def __init__(self, network: Network, group: tuple[int, ...], view: View) -> None:
        self._place = {column: place for place, column in enumerate(group)}
        self._lows = np.array([view.lows[column] for column in group])
        self._highs = np.array([view.highs[column] for column in group])
        self._rows = constraint(part_of(network, group).rows, len(group))

    def extreme(self, columns: Sequence[int], way: int, ends: Mapping[int, int]) -> Counts:
        """The group's counts with the sum of these columns at its end, none beyond its own."""
        lows, highs = self._lows.copy(), self._highs.copy()
        aim = np.zeros(len(lows))
        for column in columns:
            aim[self._place[column]] = -way
        for column, end in ends.items():
            place = self._place[column]
            if way > 0:
                highs[place] = min(highs[place], end)
            else:
                lows[place] = max(lows[place], end)
        found = self._solve(aim, Box(lows, highs), whole=False)
        if np.abs(found - np.round(found)).max() > _NEARLY:
            found = self._solve(aim, Box(lows, highs), whole=True)
        return np.round(found).astype(np.int64)

    def _solve(self, aim: Numbers, box: Box, whole: bool) -> Numbers:
        """Most often the best of all numbers is one of whole ones, and is found sooner."""
        found = milp(
            aim,
            integrality=np.full(len(aim), int(whole)),
            bounds=box,
            constraints=self._rows,
            options={"mip_rel_gap": 0},
        )
        if found.status != 0:
            raise ArithmeticError(f"the solver found no bounds: {found.message}")
        return np.asarray(found.x, dtype=np.float64)


def constraint(rows: Sequence[Row], width: int) -> LinearConstraint:
    """The rows as the solver takes them."""
    tops = [row.constant for row in rows]
    bottoms = [row.constant if row.equal else -np.inf for row in rows]
    return LinearConstraint(matrix_of(rows, width), bottoms, tops)


def matrix_of(rows: Sequence[Row], width: int) -> csr_array:
    places = [(number, *term) for number, row in enumerate(rows) for term in row.terms]
    numbers, columns, factors = zip(*places, strict=True) if places else ((), (), ())
    shape = (len(rows), width)
    return csr_array((np.array(factors, dtype=np.float64), (numbers, columns)), shape=shape)
