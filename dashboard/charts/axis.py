"""Where a value axis begins and ends: at nought, unless that would flatten every line."""

import math
from collections.abc import Sequence

from dashboard.charts.chart import Axis
from dashboard.words.values import number

_STEPS = (1, 2, 2.5, 5, 10)
_FLAT = 0.6  # a lowest value above this share of the highest leaves over half the chart empty
_CLOSEST = 0.25  # an axis that starts higher still spans this share, so that noise stays small


def value_axis(values: Sequence[float], decimals: int, ceiling: float | None = None) -> Axis:
    """Four to six round numbers that hold every value. `ceiling` is 100 for per cent."""
    least, most = min(values), max(values)
    starts_high = least > _FLAT * most
    floor = min(least, most - _CLOSEST * most) if starts_high else min(least, 0.0)
    step = _step((most - floor) or abs(most) or 1.0, decimals)
    low = step * math.floor(floor / step + 1e-9)
    high = step * math.ceil(most / step - 1e-9) if most > low else low + step
    if ceiling is not None and most <= ceiling:
        high = min(high, ceiling)
    ticks = [round(low + i * step, 10) for i in range(round((high - low) / step) + 1)]
    return Axis(round(low, 10), round(high, 10), tuple(t for t in ticks if t <= high + 1e-9))


def axis_words(axis: Axis, tick: float, percent: bool) -> str:
    """With as many decimals as the axis needs, and no more."""
    decimals = next((d for d in range(4) if all(_whole(t, d) for t in axis.ticks)), 4)
    return number(tick, decimals) + ("%" if percent else "")


def _whole(value: float, decimals: int) -> bool:
    return abs(round(value, decimals) - value) < 1e-9


def _step(spread: float, decimals: int) -> float:
    rough = spread / 5
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(s * power for s in _STEPS if s * power >= rough * 0.999)
    return max(step, 1.0) if decimals == 0 else step
