"""What an area is set beside: the best published number for each period, and its neighbours'."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Method = Literal["mean", "median", "pooled"]


@dataclass(frozen=True)
class Figure:
    """One published number of one area: value in the measure's unit, counts where there are any."""

    value: float | None
    numerator: float | None = None
    denominator: float | None = None


@dataclass(frozen=True)
class NeighboursValue:
    """The neighbours' number: how it was made, of how many, and how many there are."""

    value: float | None
    method: Method
    with_data: int
    of: int


def neighbours_value(
    figures: Mapping[str, Figure | None], method: Method, multiplier: float
) -> NeighboursValue:
    """The plain mean or median of the neighbours' values, or their counts pooled.

    Args:
        figures: a figure, or None, for each neighbour.
        multiplier: what a pooled ratio is multiplied by (100 for per cent).
    """
    known = [f for f in figures.values() if f is not None and f.value is not None]
    if method == "pooled":
        known = [f for f in known if f.numerator is not None and f.denominator]
    return NeighboursValue(_combined(known, method, multiplier), method, len(known), len(figures))


def _combined(known: Sequence[Figure], method: Method, multiplier: float) -> float | None:
    if not known:
        return None
    if method == "pooled":
        top = sum(figure.numerator or 0 for figure in known)
        return top * multiplier / sum(figure.denominator or 0 for figure in known)
    values = [figure.value for figure in known if figure.value is not None]
    return statistics.fmean(values) if method == "mean" else statistics.median(values)
