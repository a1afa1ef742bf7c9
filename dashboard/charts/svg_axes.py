"""The axes of a trend as SVG: grid, values on the left, terms and years below."""

from collections.abc import Iterator

from dashboard.charts.axis import axis_words
from dashboard.charts.chart import Axis, Chart
from dashboard.charts.geometry import Scale
from dashboard.charts.look import GRID, SOFT_INK
from dashboard.charts.svg_parts import short, tag
from dashboard.charts.ticks import named_ticks

TICK = 5.0
_UNDER = 1.27  # from the ticks down to the first line of names, in sizes of their type


def grid(axis: Axis, scale: Scale) -> str:
    frame = scale.frame
    path = "".join(
        f"M{short(frame.left)} {short(scale.y(tick))}H{short(frame.end)}" for tick in axis.ticks
    )
    return tag("path", d=path, stroke=GRID, shape_rendering="crispEdges")


def axes(chart: Chart, scale: Scale) -> str:
    """Words in soft ink; the line under the plot with a tick for each name."""
    frame = scale.frame
    values = "".join(_values(chart.axis, chart.percent, scale))
    base, ticks = frame.base + 0.5, named_ticks(chart, scale)
    marks = "".join(f"M{short(scale.x(t.on))} {short(base)}v{short(TICK)}" for t, _ in ticks)
    line = f"M{short(frame.left)} {short(base)}H{short(frame.end)}{marks}"
    names = []
    for tick, lines in ticks:
        x, y = scale.x(tick.on), frame.base + TICK + frame.font * _UNDER
        for place, name in enumerate(lines):
            if name:
                names.append(tag("text", name, x=x, y=y + place * frame.line))
    parts = [
        tag("path", d=line, stroke=SOFT_INK),
        tag("g", values, text_anchor="end"),
        tag("g", "".join(names), text_anchor="middle"),
    ]
    return tag("g", "".join(parts), fill=SOFT_INK)


def _values(axis: Axis, percent: bool, scale: Scale) -> Iterator[str]:
    for tick in axis.ticks:
        y = scale.y(tick) + scale.frame.font * 0.35
        yield tag("text", axis_words(axis, tick, percent), x=scale.frame.left - 5, y=y)
