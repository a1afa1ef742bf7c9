"""What lies behind the lines of a Plotly figure: gaps, limits, notes and the target."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from dashboard.charts.chart import Chart
from dashboard.charts.flag_places import flag_places
from dashboard.charts.geometry import Scale
from dashboard.charts.look import BREAK_DASH, GAP, INK, SOFT_INK, TARGET_DASH, TRIAL_DASH
from dashboard.charts.plotly_traces import pixels

Json = dict[str, Any]


def shapes(chart: Chart, scale: Scale) -> Iterator[Json]:
    """Bands under the grid, lines above it."""
    yield from _bands(chart, scale)
    yield from _limits(chart)
    yield from _flags(chart, scale)
    yield from _target(chart)


def _bands(chart: Chart, scale: Scale) -> Iterator[Json]:
    for gap in chart.gaps:
        start, end = scale.band(gap)
        yield {
            "type": "rect",
            "xref": "x",
            "yref": "paper",
            "x0": scale.moment(start),
            "x1": scale.moment(end),
            "y0": 0,
            "y1": 1,
            "fillcolor": GAP,
            "line": {"width": 0},
            "layer": "below",
        }


def _limits(chart: Chart) -> Iterator[Json]:
    for limit in chart.limits:
        dash = TRIAL_DASH if limit.trial and limit.key != "mean" else ()
        width = 1 if limit.key == "mean" else 1.5
        ends = (limit.start.isoformat(), limit.end.isoformat())
        yield _line(ends, (limit.value, limit.value), SOFT_INK, width, dash)


def _flags(chart: Chart, scale: Scale) -> Iterator[Json]:
    for place in flag_places(chart.flags, scale):
        breaks = place.flag.breaks
        colour, width = (INK, 2.0) if breaks else (SOFT_INK, 1.0)
        for (x0, y0), (x1, y1) in pairwise(place.line):
            ends = (scale.moment(x0), scale.moment(x1))
            heights = (scale.value(y0), scale.value(y1))
            yield _line(ends, heights, colour, width, BREAK_DASH if breaks else ())


def _target(chart: Chart) -> Iterator[Json]:
    if chart.target is None:
        return
    start = max(chart.target.since or chart.first, chart.first)
    if start < chart.last:
        ends = (start.isoformat(), chart.last.isoformat())
        yield _line(ends, (chart.target.value,) * 2, INK, 1.5, TARGET_DASH)


def _line(
    days: tuple[str, str],
    heights: tuple[float, float],
    colour: str,
    width: float,
    dash: Sequence[float],
) -> Json:
    return {
        "type": "line",
        "xref": "x",
        "yref": "y",
        "x0": days[0],
        "x1": days[1],
        "y0": round(heights[0], 6),
        "y1": round(heights[1], 6),
        "line": {"color": colour, "width": width, "dash": pixels(dash)},
        "layer": "between",
    }
