"""Stored tops and bottoms as amounts that can be added up."""

from schemas.observation import Observation
from schemas.symbol import Symbol

HAIR = 1e-6  # less than any real difference, more than sums of fractions are out by


def top_of(one: Observation) -> float | None:
    """A part that is not applicable adds nothing; one that is hidden or missing is not known."""
    return one.numerator if one.numerator is not None else _nothing(one)


def bottom_of(one: Observation) -> float | None:
    return one.denominator if one.denominator is not None else _nothing(one)


def _nothing(one: Observation) -> float | None:
    return 0.0 if one.symbol == Symbol.z else None
