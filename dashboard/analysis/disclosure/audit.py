"""What an attacker can still believe of each hidden count: exact bounds, by an integer solver."""

from collections.abc import Iterable, Sequence

import numpy as np

from dashboard.analysis.disclosure.cell import Bounds, Cell, Relation
from dashboard.analysis.disclosure.components import Network, build_network
from dashboard.analysis.disclosure.narrowing import look
from dashboard.analysis.disclosure.primary import is_primary
from dashboard.analysis.disclosure.programme import Programme

HIGH = 5  # a count is safe when it may be this or more
SPREAD = 4  # and its bounds are this far apart


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
    return bool(high >= HIGH and high - low >= SPREAD)


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

    def possible(self, column: int, hidden: frozenset[int]) -> Bounds:
        """Counts between which this column may lie: far enough apart when it is safe, and then
        perhaps not as far as they could be; otherwise exact."""
        unsafe = self.is_unsafe(column, hidden)
        return self._exact(column) if unsafe or self._view.exact[column] else self._seen(column)

    def unsafe(self, columns: Iterable[int], hidden: frozenset[int]) -> list[int]:
        """Those of these columns that an attacker would come too close to."""
        return [column for column in columns if self.is_unsafe(column, hidden)]

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
        self._programmes: dict[tuple[int, ...], Programme] = {}
        lows, highs = self.network.ranges(hidden)
        all_hold = ((self._witnesses >= lows) & (self._witnesses <= highs)).all(axis=1)
        holding = self._witnesses[all_hold]
        self._least, self._most = holding.min(axis=0), holding.max(axis=0)

    def _exact(self, column: int) -> Bounds:
        view = self._view
        if view.exact[column]:
            return Bounds(view.lows[column], view.highs[column])
        if self._least[column] > view.lows[column]:
            self._push([column], -1)
        if self._most[column] < view.highs[column]:
            self._push([column], 1)
        return self._seen(column)

    def _seen(self, column: int) -> Bounds:
        return Bounds(int(self._least[column]), int(self._most[column]))

    def _push_together(self, columns: list[int]) -> list[int]:
        """All columns of a group at once, while it helps; those that remain."""
        left = self._not_seen_safe(columns)
        before = 2 * len(left) + 1
        while left and 2 * len(left) < before:
            before = len(left)
            for way in (1, -1):
                if left:
                    self._push(left, way, enough=True)
                    left = self._not_seen_safe(left)
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
        return [c for c in columns if not is_safe(self._least[c], self._most[c])]

    def _push(self, columns: Sequence[int], way: int, enough: bool = False) -> None:
        """Finds counts that fit all that is known, with these columns of one group as high (`way`
        1) or low as they can be, or only as far as is safe when that is `enough`."""
        group = self._view.group_of[columns[0]]
        if group not in self._programmes:
            self._programmes[group] = Programme(self.network, group, self._view)
        counts = self.network.values.copy()
        ends = self._far_enough(columns, way) if enough else {}
        counts[list(group)] = self._programmes[group].extreme(columns, way, ends)
        self._witnesses = np.vstack([self._witnesses, counts])
        self._least, self._most = np.minimum(self._least, counts), np.maximum(self._most, counts)

    def _far_enough(self, columns: Sequence[int], way: int) -> dict[int, int]:
        """Where each count is safe, seen from what was found at its other end."""
        if way > 0:
            return {c: max(HIGH, int(self._least[c]) + SPREAD, self._value(c)) for c in columns}
        return {c: min(int(self._most[c]) - SPREAD, self._value(c)) for c in columns}

    def _value(self, column: int) -> int:
        return self.network.cells[column].value
