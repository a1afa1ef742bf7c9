"""The attack: between which numbers must a count that nobody shows lie, given all that is known."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp  # type: ignore[attr-defined]
from scipy.sparse import csr_array

from tests.public.attacker.atoms import Sum, Unknown
from tests.public.attacker.narrowing import Line, narrow
from tests.public.attacker.rows import Row

CONTINUOUS = {"mean_days"}  # days waited by all together: not a count
_CEILING = 10_000_000.0
_SECONDS = 20.0  # for one question to the solver


class Found(NamedTuple):
    """`sure` says that the bounds are the tightest there are; otherwise both were reached, so that
    the true ones are as far apart or farther. Undecided is neither."""

    low: float
    high: float
    sure: bool
    undecided: bool = False

    @property
    def width(self) -> float:
        return self.high - self.low


class Attack:
    """All rows together, parted into pieces that have nothing to do with each other."""

    def __init__(self, rows: Iterable[Row], more: Iterable[Unknown] = ()) -> None:
        kept = [row for row in rows if row.total]
        every = {unknown for row in kept for unknown in row.total} | set(more)
        self._ids = {unknown: number for number, unknown in enumerate(sorted(every))}
        self.whole = [unknown.indicator not in CONTINUOUS for unknown in self._ids]
        self.low = [0.0] * len(self._ids)
        self.high = [math.inf] * len(self._ids)
        lines = _once(self._line(row) for row in kept)
        narrow(lines, self.low, self.high, self.whole)
        self._pieces = _part(lines, self.low, self.high)
        self._solvers = {
            number: _Piece(self, ids, lines) for number, (ids, lines) in enumerate(self._pieces)
        }
        self._of = {one: n for n, (ids, _) in enumerate(self._pieces) for one in ids}

    def find(self, total: Sum, wide: float) -> Found:
        """The bounds of a sum; of one that is known to be `wide` at least, only two of its numbers
        that far apart."""
        fixed, parts = 0.0, defaultdict[int, dict[int, float]](dict)
        for unknown, factor in total.items():
            one = self._ids[unknown]
            if self.low[one] == self.high[one]:
                fixed += factor * self.low[one]
            else:
                parts[self._of[one]][one] = factor
        low = high = fixed
        for presolve in (None, True, False) if parts else ():
            if presolve is not None:
                for number, part in parts.items():
                    self._solvers[number].stretch(part, presolve)
            reached = [self._solvers[n].reached(part) for n, part in parts.items()]
            low, high = (round(fixed + sum(pair[side] for pair in reached), 4) for side in (0, 1))
            if high - low >= wide:
                return Found(low, high, False)
        sure = all(self._solvers[n].is_sure(part) for n, part in parts.items())
        return Found(low, high, sure, undecided=not sure)

    def _line(self, row: Row) -> Line:
        ids = tuple(self._ids[unknown] for unknown in row.total)
        return Line(ids, tuple(row.total.values()), row.low, row.high)


def _once(lines: Iterable[Line]) -> list[Line]:
    """Two rows about the same sum as one with the nearer bounds."""
    found: dict[tuple[tuple[int, float], ...], tuple[float, float]] = {}
    for line in lines:
        name = tuple(sorted(zip(line.ids, line.factors, strict=True)))
        low, high = found.get(name, (-math.inf, math.inf))
        found[name] = (max(low, line.low), min(high, line.high))
    return [
        Line(tuple(i for i, _ in name), tuple(f for _, f in name), low, high)
        for name, (low, high) in found.items()
    ]


def _part(
    lines: Sequence[Line], low: Sequence[float], high: Sequence[float]
) -> list[tuple[list[int], list[Line]]]:
    """The unknowns that are not settled, with the rows that link them."""
    root = list(range(len(low)))

    def top(one: int) -> int:
        while root[one] != one:
            root[one] = root[root[one]]
            one = root[one]
        return one

    open_lines = []
    for line in lines:
        free = [one for one in line.ids if low[one] != high[one]]
        if free:
            open_lines.append((free[0], line))
        for one in free[1:]:
            root[top(one)] = top(free[0])
    ids, linked = defaultdict(list), defaultdict(list)
    for one in range(len(low)):
        if low[one] != high[one]:
            ids[top(one)].append(one)
    for one, line in open_lines:
        linked[top(one)].append(line)
    return [(members, linked[name]) for name, members in sorted(ids.items())]


class _Piece:
    """One piece and the solutions of it that were met: each is a set of counts that fits."""

    def __init__(self, attack: Attack, ids: Sequence[int], lines: Sequence[Line]) -> None:
        self._at = {one: number for number, one in enumerate(ids)}
        self._bounds = Bounds(  # type: ignore[no-untyped-call]
            np.array([attack.low[one] for one in ids]),
            np.array([min(attack.high[one], _CEILING) for one in ids]),
        )
        self._whole = np.array([int(attack.whole[one]) for one in ids])
        self._limits = self._limit(attack, lines)
        self._met: list[np.ndarray[tuple[int], np.dtype[np.float64]]] = []
        self._done: set[tuple[tuple[int, float], ...]] = set()

    def reached(self, part: dict[int, float]) -> tuple[float, float]:
        """The least and most of a sum among the solutions met; (inf, -inf) before the first."""
        costs = self._costs(part)
        if not self._met:
            self._solve(costs, True)
        seen = [float(costs @ one) for one in self._met]
        return min(seen), max(seen)

    def stretch(self, part: dict[int, float], presolve: bool) -> None:
        """Finds the least and the most there can be. HiGHS’s presolve is quick, but has been seen
        to give 2 for a maximum of 12: what it finds is true, that there is no more may not be."""
        costs = self._costs(part)
        sides = [self._solve(side * costs, presolve) for side in (1.0, -1.0)]
        if all(sides) and not presolve:
            self._done.add(tuple(sorted(part.items())))

    def is_sure(self, part: dict[int, float]) -> bool:
        return tuple(sorted(part.items())) in self._done

    def _costs(self, part: dict[int, float]) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
        costs = np.zeros(len(self._at))
        for one, factor in part.items():
            costs[self._at[one]] = factor
        return costs

    def _solve(self, costs: "np.ndarray[tuple[int], np.dtype[np.float64]]", presolve: bool) -> bool:
        """Whether the solver found the best there is; what it found is kept."""
        answer = milp(  # type: ignore[no-untyped-call]
            costs,
            constraints=self._limits,
            bounds=self._bounds,
            integrality=self._whole,
            options={"time_limit": _SECONDS, "mip_rel_gap": 0.0, "presolve": presolve},
        )
        assert answer.status in (0, 1), answer.message
        if answer.x is not None:
            met = np.where(self._whole == 1, np.round(answer.x), answer.x)
            self._met.append(met)
        return bool(answer.status == 0)

    def _limit(self, attack: Attack, lines: Sequence[Line]) -> list[LinearConstraint]:
        if not lines:
            return []
        places, low, high = list(self._entries(attack, lines)), [], []
        for line in lines:
            settled = sum(
                factor * attack.low[one]
                for one, factor in zip(line.ids, line.factors, strict=True)
                if one not in self._at
            )
            low.append(line.low - settled)
            high.append(line.high - settled)
        rows, columns, factors = zip(*places, strict=True)
        shape = (len(lines), len(self._at))
        matrix = csr_array((factors, (rows, columns)), shape)  # type: ignore[no-untyped-call]
        return [LinearConstraint(matrix, low, high)]  # type: ignore[no-untyped-call]

    def _entries(self, attack: Attack, lines: Sequence[Line]) -> Iterator[tuple[int, int, float]]:
        for number, line in enumerate(lines):
            for one, factor in zip(line.ids, line.factors, strict=True):
                if one in self._at:
                    yield number, self._at[one], factor
