"""NHS England's rule for local health counts: 1 to 7 hidden, the rest to the nearest 5.

Source: NHS England Digital, "Change to disclosure control methodology".
"""

from schemas.symbol import Symbol

FEWEST_FOR_AN_AVERAGE = 8  # means, medians and longest waits of fewer are hidden
_STEP = 5
_MOST_HIDDEN = 7


def round_count(count: int) -> int | Symbol:
    """The count as it is published: 0 stays 0, 1 to 7 are `c`, the rest go to the nearest 5."""
    if count == 0:
        return 0
    return Symbol.c if count <= _MOST_HIDDEN else rounded(count)


def range_of(count: int) -> tuple[int, int]:
    """The smallest and largest count that would be published as this one is; 0 only as 0."""
    if count == 0:
        return 0, 0
    shown = rounded(count)
    return max(1, shown - _STEP // 2), shown + _STEP // 2


def rounded(count: int) -> int:
    return _STEP * ((2 * count + _STEP) // (2 * _STEP))
