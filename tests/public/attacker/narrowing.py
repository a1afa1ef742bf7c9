"""Bounds of every unknown by looking at one row at a time, again and again."""

import math
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass

_ROUNDS = 400  # times one row is looked at; the solver does the rest
_NEAR = 1e-6


class Contradiction(Exception):
    """The rows cannot all be true."""


@dataclass
class Line:
    """A row by the numbers of its unknowns."""

    ids: tuple[int, ...]
    factors: tuple[float, ...]
    low: float
    high: float


def narrow(
    lines: Sequence[Line], low: list[float], high: list[float], whole: Sequence[bool]
) -> None:
    """Narrows `low` and `high` in place until nothing more follows from single rows.

    Raises:
        Contradiction: no numbers fit.
    """
    about: dict[int, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        for one in line.ids:
            about[one].append(number)
    waiting = deque(range(len(lines)))
    queued = [True] * len(lines)
    seen = [0] * len(lines)
    while waiting:
        number = waiting.popleft()
        queued[number] = False
        seen[number] += 1
        if seen[number] > _ROUNDS:
            continue
        for one in _tighten(lines[number], low, high, whole):
            for other in about[one]:
                if not queued[other]:
                    queued[other] = True
                    waiting.append(other)


def _tighten(line: Line, low: list[float], high: list[float], whole: Sequence[bool]) -> list[int]:
    """The unknowns that this row alone narrows."""
    smallest = [_least(f, low[i], high[i]) for i, f in zip(line.ids, line.factors, strict=True)]
    largest = [-_least(-f, low[i], high[i]) for i, f in zip(line.ids, line.factors, strict=True)]
    under, over = math.fsum(smallest), math.fsum(largest)
    if under > line.high + 1e-4 or over < line.low - 1e-4:
        raise Contradiction(line)
    changed = []
    for at, (one, factor) in enumerate(zip(line.ids, line.factors, strict=True)):
        rest_low = _without(under, smallest, at)
        rest_high = _without(over, largest, at)
        ends = sorted(((line.low - rest_high) / factor, (line.high - rest_low) / factor))
        if _set(one, ends[0], ends[1], low, high, whole[one]):
            changed.append(one)
    return changed


def _least(factor: float, low: float, high: float) -> float:
    return factor * (low if factor > 0 else high)


def _without(total: float, parts: Sequence[float], at: int) -> float:
    """The total less one part, which may be the endless one."""
    if math.isfinite(total):
        return total - parts[at]
    return math.fsum(part for number, part in enumerate(parts) if number != at)


def _set(
    one: int, least: float, most: float, low: list[float], high: list[float], whole: bool
) -> bool:
    if whole:
        least = math.ceil(least - _NEAR) if math.isfinite(least) else least
        most = math.floor(most + _NEAR) if math.isfinite(most) else most
    gain = 0.5 if whole else 1.0
    changed = False
    if least > low[one] + gain:
        low[one], changed = least, True
    if most < high[one] - gain:
        high[one], changed = most, True
    if low[one] > high[one] + 1e-4:
        raise Contradiction(one)
    return changed
