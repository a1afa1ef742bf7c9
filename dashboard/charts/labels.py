"""Where the labels at the ends of lines go, so that none covers another."""

from collections.abc import Sequence


def spread(places: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """Moves labels apart as little as needed, in their order, inside `low` to `high`.

    Args:
        places: where each label would like its middle to be.
        sizes: how tall each is, in the same unit.
    """
    order = sorted(range(len(places)), key=lambda i: places[i])
    moved = list(places)
    floor = low
    for i in order:  # push up what would overlap the one below
        moved[i] = max(moved[i], floor + sizes[i] / 2)
        floor = moved[i] + sizes[i] / 2
    ceiling = high
    for i in reversed(order):  # and down again what that pushed over the top
        moved[i] = min(moved[i], ceiling - sizes[i] / 2)
        ceiling = moved[i] - sizes[i] / 2
    return moved
