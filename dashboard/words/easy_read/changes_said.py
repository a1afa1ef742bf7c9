"""Whether a number is better, worse or about the same as a year before, said only with care.

Shares follow `easy-read.md`: at least 5 points and at least 30 on both sides. The rest is our own
choice. A count of one day changed when it moved by 10 at least and by 5 in 100; a count of a term
when it moved by 10 at least and by more than chance alone often does (twice the standard deviation
of the difference of two Poisson counts). Counts are only ever “more” or “fewer”, since they go up
and down for many reasons. A wait changed when it moved by a tenth and by 4 weeks at least. With
fewer than 30 in either year nothing is said of counts and waits but that there are too few: 12 and
28 are not “about the same”.
"""

from enum import StrEnum
from fractions import Fraction

ENOUGH = 30
POINTS = Fraction(5, 100)
TENTH, TEN, FOUR_WEEKS = Fraction(1, 10), 10, 28  # 28 days


class Trend(StrEnum):
    """What may be said; `few` when there are too few to say, `unknown`
    when there is nothing to compare with."""

    better = "better"
    worse = "worse"
    same = "same"
    more = "more"
    fewer = "fewer"
    longer = "longer"
    shorter = "shorter"
    few = "few"
    unknown = "unknown"


def change(now: Fraction, then: Fraction, n_now: int, n_then: int, polarity: str) -> Trend:
    """Of a share, 0 to 1.

    Args:
        n_now, n_then: how many people or things each share is of.
        polarity: `higher_better`, `lower_better` or `neutral`, of which the last is only ever more
            or fewer.
    """
    if min(n_now, n_then) < ENOUGH or abs(now - then) < POINTS:
        return Trend.same
    if polarity == "neutral":
        return Trend.more if now > then else Trend.fewer
    return Trend.better if (now > then) == (polarity == "higher_better") else Trend.worse


def change_of_count(now: int, then: int, of_one_day: bool) -> Trend:
    """Of a number of children, families or requests: more, fewer or about the same."""
    moved = abs(now - then)
    if min(now, then) < ENOUGH:
        return Trend.few
    by_chance = moved < POINTS * then if of_one_day else moved**2 < 4 * (now + then)
    if moved < TEN or by_chance:
        return Trend.same
    return Trend.more if now > then else Trend.fewer


def change_of_wait(now: Fraction, then: Fraction, n_now: int, n_then: int) -> Trend:
    """Of two waits in days: longer, shorter or about the same."""
    moved = abs(now - then)
    if min(n_now, n_then) < ENOUGH:
        return Trend.few
    if moved < FOUR_WEEKS or moved < TENTH * then:
        return Trend.same
    return Trend.longer if now > then else Trend.shorter
