"""How much more one group of pupils has of something than another."""

from dataclasses import dataclass

from dashboard.view import Point


@dataclass(frozen=True)
class Beside:
    """One group's figure beside another's: how much more, and how many times as much."""

    difference: float | None = None
    ratio: float | None = None


def set_beside(one: Point | None, base: Point | None) -> Beside:
    """Nothing when either is not a number, and no ratio when either is 0."""
    value = one.value if one else None
    other = base.value if base else None
    if value is None or other is None:
        return Beside()
    return Beside(value - other, value / other if value and other else None)
