"""Where the numbers of flags stand above the plot, so that none covers another."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.chart import Flag
from dashboard.charts.geometry import Scale
from dashboard.charts.labels import spread

RADIUS = 9.0
_APART = 21.0


@dataclass(frozen=True)
class FlagPlace:
    """`x` and `y` are the number's; `line` runs from it to its day and down to the axis."""

    flag: Flag
    x: float
    y: float
    line: tuple[tuple[float, float], ...]


def flag_places(flags: Sequence[Flag], scale: Scale) -> tuple[FlagPlace, ...]:
    frame = scale.frame
    days = [scale.x(flag.on) for flag in flags]
    moved = spread(days, [_APART] * len(days), frame.left, frame.end)
    y = frame.top + RADIUS + 1
    return tuple(
        FlagPlace(flag, x, y, ((x, y + RADIUS), (day, y + RADIUS + 6), (day, frame.base)))
        for flag, day, x in zip(flags, days, moved, strict=True)
    )
