"""How sure a figure or a difference of two figures is: 95% intervals and tests, exactly."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dashboard.analysis.warm import scipy_stats, statsmodels_proportion

Z = 1.959963984540054
EXACT_BELOW = 10  # Poisson counts below this have the exact interval, others Byar's

Numbers = NDArray[np.float64]

# A page asks for the same intervals again and again, and they depend on nothing else, so they are
# remembered.


class Counts(NamedTuple):
    """So many of so many: plans in time of plans, exclusions of pupils on roll."""

    number: float
    of: float


@dataclass(frozen=True)
class Interval:
    """A 95% interval in the measure's unit, and how it was made."""

    low: float
    high: float
    method: str

    def holds(self, value: float) -> bool:
        return self.low <= value <= self.high


@lru_cache(maxsize=4096)
def proportion_interval(counts: Counts, multiplier: float = 100) -> Interval:
    """Wilson's interval of a share."""
    low, high = proportion_intervals([counts.number], [counts.of], multiplier)
    return Interval(float(low[0]), float(high[0]), "Wilson")


def proportion_intervals(
    counts: Sequence[float] | Numbers, of: Sequence[float] | Numbers, multiplier: float = 100
) -> tuple[Numbers, Numbers]:
    """Wilson's intervals of many areas at once: the low ends and the high ends."""
    top, bottom = np.asarray(counts, dtype=np.float64), np.asarray(of, dtype=np.float64)
    share = top / bottom
    low, high = statsmodels_proportion().proportion_confint(top, bottom, method="wilson")
    # The arithmetic may end a hair inside a share of 0% or 100%.
    return np.minimum(low, share) * multiplier, np.maximum(high, share) * multiplier


@lru_cache(maxsize=4096)
def rate_interval(counts: Counts, multiplier: float) -> Interval:
    """The interval of a Poisson rate: exact for small counts, Byar's for others."""
    low, high = rate_intervals([counts.number], [counts.of], multiplier)
    exact = counts.number < EXACT_BELOW
    return Interval(float(low[0]), float(high[0]), "exact Poisson" if exact else "Byar")


def rate_intervals(
    counts: Sequence[float] | Numbers, of: Sequence[float] | Numbers, multiplier: float
) -> tuple[Numbers, Numbers]:
    """The same of many areas at once: the low ends and the high ends."""
    top, bottom = np.asarray(counts, dtype=np.float64), np.asarray(of, dtype=np.float64)
    low, high = _byar(np.maximum(top, EXACT_BELOW))
    if (small := top < EXACT_BELOW).any():
        low[small], high[small] = _exact(top[small])
    return low / bottom * multiplier, high / bottom * multiplier


def _byar(count: Numbers) -> tuple[Numbers, Numbers]:
    more = count + 1
    low = count * (1 - 1 / (9 * count) - Z / (3 * np.sqrt(count))) ** 3
    high = more * (1 - 1 / (9 * more) + Z / (3 * np.sqrt(more))) ** 3
    return low, high


def _exact(count: Numbers) -> tuple[Numbers, Numbers]:
    chi2 = scipy_stats().chi2
    low = chi2.ppf(0.025, 2 * np.maximum(count, 1)) / 2
    return np.where(count > 0, low, 0.0), chi2.ppf(0.975, 2 * count + 2) / 2


@lru_cache(maxsize=4096)
def proportion_difference(now: Counts, before: Counts, multiplier: float = 100) -> Interval:
    """Newcombe's interval of the difference of two shares, now less before."""
    between = statsmodels_proportion().confint_proportions_2indep
    low, high = between(*now, *before, method="newcomb", compare="diff")
    return Interval(float(low) * multiplier, float(high) * multiplier, "Newcombe")


@lru_cache(maxsize=4096)
def rate_change_p(now: Counts, before: Counts) -> float:
    """How likely a change of this size or larger is when the rate is the same: the exact
    two-sided test of now's events among both times' events. 1 when there were none."""
    events = round(now.number + before.number)
    if not events:
        return 1.0
    return float(
        scipy_stats().binomtest(round(now.number), events, now.of / (now.of + before.of)).pvalue
    )


@lru_cache(maxsize=1024)
def median_ranks(size: int, coverage: float = 0.95) -> tuple[int, int] | None:
    """Which of the ordered numbers, from 1, are the ends of the median's interval; None when so
    few cannot give one."""
    binom = scipy_stats().binom
    most = next(
        (k for k in range(size // 2, 0, -1) if 1 - 2 * binom.cdf(k - 1, size, 0.5) >= coverage),
        None,
    )
    return (most, size + 1 - most) if most else None
