"""The four rules by which a point of a control chart stands out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

RUN = 7


class Rule(StrEnum):
    """R1 to R4: outside the limits; seven on one side of the mean; seven rising or falling; two
    of three near the same limit."""

    outside = "outside"
    run = "run"
    trend = "trend"
    two_of_three = "two_of_three"


class Side(StrEnum):
    """Above the mean or rising; below it or falling."""

    above = "above"
    below = "below"


ALL_RULES = tuple(Rule)
TRIAL_RULES = (Rule.outside,)


@dataclass(frozen=True)
class Flag:
    rule: Rule
    side: Side


@dataclass(frozen=True)
class Limits:
    """Numbers in time order with their mean and limits, and lines two thirds of the way there."""

    values: tuple[float, ...]
    mean: float
    moving_range: float
    lower: float
    upper: float
    near_lower: float
    near_upper: float


def flags_of(limits: Limits, rules: Sequence[Rule]) -> tuple[tuple[Flag, ...], ...]:
    """For each value the rules it is part of, in the order of `rules`."""
    flags: list[list[Flag]] = [[] for _ in limits.values]
    for rule in rules:
        for place, side in sorted(set(_FINDERS[rule](limits))):
            flags[place].append(Flag(rule, side))
    return tuple(map(tuple, flags))


Found = Iterator[tuple[int, Side]]


def _outside(chart: Limits) -> Found:
    for place, value in enumerate(chart.values):
        if value > chart.upper + _hair(chart):
            yield place, Side.above
        elif value < chart.lower - _hair(chart):
            yield place, Side.below


def _run(chart: Limits) -> Found:
    sides = [_side(chart, value) for value in chart.values]
    yield from _sevens(sides, RUN)


def _trend(chart: Limits) -> Found:
    """Six steps the same way are seven points."""
    steps = [_way(after - before, 0.0) for before, after in pairwise(chart.values)]
    for place, side in _sevens(steps, RUN - 1):
        yield place, side
        yield place + 1, side


def _sevens(sides: Sequence[Side | None], length: int) -> Found:
    for start in range(len(sides) - length + 1):
        window = set(sides[start : start + length])
        if len(window) == 1 and (side := window.pop()):
            yield from ((place, side) for place in range(start, start + length))


def _two_of_three(chart: Limits) -> Found:
    sides = [_side(chart, value) for value in chart.values]
    near = [_is_near(chart, value) for value in chart.values]
    for start in range(len(sides) - 2):
        window, side = range(start, start + 3), sides[start]
        places = [place for place in window if near[place]]
        if side and len(places) > 1 and all(sides[place] is side for place in window):
            yield from ((place, side) for place in places)


def _is_near(chart: Limits, value: float) -> bool:
    """Beyond two thirds of the way to a limit, but inside it."""
    hair = _hair(chart)
    beyond = value > chart.near_upper + hair or value < chart.near_lower - hair
    return beyond and chart.lower - hair <= value <= chart.upper + hair


def _side(chart: Limits, value: float) -> Side | None:
    return _way(value - chart.mean, _hair(chart))


def _way(size: float, hair: float) -> Side | None:
    if abs(size) <= hair:
        return None
    return Side.above if size > 0 else Side.below


def _hair(chart: Limits) -> float:
    """Less than any real difference, more than a mean may be out by."""
    return 1e-9 * max(1.0, abs(chart.mean))


_FINDERS = {
    Rule.outside: _outside,
    Rule.run: _run,
    Rule.trend: _trend,
    Rule.two_of_three: _two_of_three,
}
