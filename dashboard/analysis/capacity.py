"""Places in special schools set beside the children who would need one."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.analysis.projection import Step


@dataclass(frozen=True)
class Shares:
    """Of all plans, how many are in special schools: in the newest year, and the lowest and
    highest of the last few years. Between 0 and 1."""

    now: float
    low: float
    high: float


@dataclass(frozen=True)
class Need:
    """Places needed in a year: the middle, and ends that take the plans' 80% range with the lowest
    and the highest share."""

    ahead: int
    middle: float
    low: float
    high: float


def needs(steps: Sequence[Step], shares: Shares) -> tuple[Need, ...]:
    """How many places there would have to be if the share in special schools stays."""
    return tuple(
        Need(
            step.ahead,
            step.middle * shares.now,
            step.low80 * shares.low,
            step.high80 * shares.high,
        )
        for step in steps
    )


def runs_out(needed: Sequence[float], places: float) -> int | None:
    """How many years ahead more are needed than there are, 1 for the first; None when there are
    enough in all of them."""
    return next((ahead for ahead, need in enumerate(needed, start=1) if need > places), None)


def grown(last: float, growth: float, years: int) -> tuple[float, ...]:
    """What `last` comes to in each of so many years when it grows by `growth` per cent a year."""
    return tuple(last * (1 + growth / 100) ** ahead for ahead in range(1, years + 1))
