"""Where a value axis begins and ends: at nought, unless that would flatten every line."""

import math
from collections.abc import Sequence

from dashboard.charts.chart import Axis

_STEPS = (1, 2, 2.5, 5, 10)
_FLAT = 0.6  # a lowest value above this share of the highest leaves over half the chart empty


def value_axis(values: Sequence[float], decimals: int, ceiling: float | None = None) -> Axis:
    """Round numbers about a fifth apart that hold every value. `ceiling` is 100 for per cent."""
    least, most = min(values), max(values)
    starts_high = least > _FLAT * most and least > 0
    spread = (most - least) if starts_high else most - min(least, 0)
    step = _step(spread or abs(most) or 1, decimals)
    low = step * math.floor((least - step / 2) / step) if starts_high else min(0.0, least)
    low = max(low, 0.0) if least >= 0 else step * math.floor(least / step)
    high = step * math.ceil(most / step)
    if ceiling is not None and most <= ceiling:
        high = min(high, ceiling)
    count = round((high - low) / step) + 1
    ticks = (round(low + i * step, 10) for i in range(count))
    return Axis(low, high, tuple(tick for tick in ticks if tick <= high + 1e-9))


def _step(spread: float, decimals: int) -> float:
    rough = spread / 4
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(s * power for s in _STEPS if s * power >= rough * 0.999)
    return max(step, 1.0) if decimals == 0 else step
