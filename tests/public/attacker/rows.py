"""Row: one thing the attacker knows, a sum of unknowns between two bounds, and why."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from tests.public.attacker.atoms import Sum, Unknown


@dataclass(frozen=True)
class Row:
    """`low ≤ total ≤ high`; `guess` is something an outsider can only suppose."""

    total: Sum
    low: float
    high: float
    why: str
    guess: bool = False

    def holds(self, truth: Mapping[Unknown, float]) -> bool | None:
        """Whether it is so; None when it is about counts nobody sent."""
        if any(unknown not in truth for unknown in self.total):
            return None
        total = sum(factor * truth[unknown] for unknown, factor in self.total.items())
        return self.low - 1e-6 <= total <= self.high + 1e-6


def exactly(total: Sum, number: float, why: str, guess: bool = False) -> Row:
    return Row(total, number, number, why, guess)


def at_least(total: Sum, number: float, why: str, guess: bool = False) -> Row:
    return Row(total, number, math.inf, why, guess)


def at_most(total: Sum, number: float, why: str, guess: bool = False) -> Row:
    return Row(total, -math.inf, number, why, guess)


def combined(*parts: tuple[float, Sum]) -> Sum:
    """Several sums, each times a factor."""
    made: dict[Unknown, float] = {}
    for factor, one in parts:
        for unknown, times in one.items():
            made[unknown] = made.get(unknown, 0.0) + factor * times
    return {unknown: times for unknown, times in made.items() if times}
