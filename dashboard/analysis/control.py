"""A control chart of single numbers (XmR): mean, limits, and the points that stand out."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

from dashboard.analysis.control_rules import ALL_RULES, Flag, Limits, Rule, flags_of

WIDTH = 2.66  # three standard deviations, from the mean moving range: 3 / 1.128
SCREEN = 3.267  # a moving range this many times the mean one is itself out of control


@dataclass(frozen=True)
class Control(Limits):
    """`flags` holds for each value the rules it is part of, in the order of `Rule`."""

    flags: tuple[tuple[Flag, ...], ...]


def control_chart(
    values: Sequence[float], rules: Sequence[Rule] = ALL_RULES, screened: bool = False
) -> Control:
    """Limits from the numbers themselves.

    Args:
        values: at least two, oldest first; symbols and gaps left out.
        screened: leave out moving ranges above 3.267 times their mean, once (the habit of NHS R
            charts; the Making Data Count tool does not).
    """
    mean, moving = fmean(values), _moving_range(values, screened)
    half = WIDTH * moving
    limits = Limits(
        values=tuple(values),
        mean=mean,
        moving_range=moving,
        lower=mean - half,
        upper=mean + half,
        near_lower=mean - half * 2 / 3,
        near_upper=mean + half * 2 / 3,
    )
    return Control(**vars(limits), flags=flags_of(limits, rules))


def _moving_range(values: Sequence[float], screened: bool) -> float:
    ranges = [abs(after - before) for before, after in pairwise(values)]
    if screened:
        most = SCREEN * fmean(ranges)
        ranges = [one for one in ranges if one <= most]
    return fmean(ranges)
