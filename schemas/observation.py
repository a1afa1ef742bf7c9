"""Observation: one measure, area, period, basis and breakdown, with its value or symbol."""

from functools import cache
from typing import Literal, NamedTuple

from schemas.symbol import Symbol
from schemas.term import Month, Term, parse_period

Status = Literal["final", "provisional", "revised"]
STATUSES: tuple[Status, ...] = ("provisional", "final", "revised")

# A breakdown by several filters is written `pathway+age_band`, its category `autism+under5`.
JOIN = "+"


class Key(NamedTuple):
    """What an observation is about; one number for each key in a release version or vintage."""

    measure_id: str
    area_code: str
    period: str
    basis: str
    breakdown: str
    category: str


class Observation(NamedTuple):
    """One number. Dates are ISO texts; `numerator` is the count itself when there is no rate."""

    measure_id: str
    area_code: str
    period: str
    period_start: str
    period_end: str
    basis: str
    breakdown: str
    category: str
    numerator: float | None
    denominator: float | None
    value: float | None
    symbol: str | None
    status: str
    definition_version: int

    @property
    def key(self) -> Key:
        return Key._make(self[:3] + self[5:8])


def as_parts(value: float | Symbol | None) -> tuple[float | None, str | None]:
    """A value as the pair (number, symbol) that is stored; None is not available."""
    if value is None:
        return None, Symbol.x.value
    return (None, value.value) if isinstance(value, Symbol) else (float(value), None)


@cache
def term_of(period: str) -> Term:
    """The term whose release a local observation belongs to: its own, or its month's."""
    found = parse_period(period)
    assert found is not None, f"not a term or month: {period}"
    return found.term if isinstance(found, Month) else found
