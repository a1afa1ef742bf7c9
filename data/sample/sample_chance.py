"""Chance that is the same every time, and whole numbers that add up."""

from collections.abc import Sequence
from typing import Any

import numpy as np

Row = dict[str, Any]


class Chance:
    """Seeded; uses uniform draws only, which numpy keeps the same from version to version."""

    def __init__(self, *seed: int) -> None:
        self._generator = np.random.default_rng([20_260_301, *seed])

    def draw(self) -> float:
        """From 0 up to 1."""
        return float(self._generator.random())

    def near(self, value: float, wobble: float) -> float:
        """A value at most so far off, as a share of it."""
        return value * (1 + wobble * (2 * self.draw() - 1))

    def whole(self, value: float, wobble: float = 0.0) -> int:
        """A whole number whose average is the value."""
        return int(self.near(value, wobble) + self.draw())


def spread(
    total: int,
    weights: Sequence[float],
    caps: Sequence[int] | None = None,
    chance: Chance | None = None,
    wobble: float = 0.0,
) -> list[int]:
    """Whole numbers in proportion to the weights that add up to the total, none above its cap."""
    shares = [chance.near(w, wobble) if chance else w for w in weights]
    room = list(caps) if caps is not None else [total] * len(shares)
    assert total <= sum(room), "more to spread than there is room for"
    scale = total / (sum(shares) or 1)
    ideal = [share * scale for share in shares]
    counts = [min(int(i), r) for i, r in zip(ideal, room, strict=True)]
    for _ in range(total - sum(counts)):
        open_places = [i for i in range(len(counts)) if counts[i] < room[i]]
        best = max(open_places, key=lambda i: (ideal[i] - counts[i], -i))
        counts[best] += 1
    return counts
