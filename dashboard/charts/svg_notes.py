"""A control chart's limits and numbered notes as SVG."""

from collections.abc import Iterator
from itertools import pairwise

from dashboard.charts.chart import Chart
from dashboard.charts.flag_places import RADIUS, flag_places
from dashboard.charts.geometry import Scale
from dashboard.charts.look import BREAK_DASH, INK, PAPER, SOFT_INK, TRIAL_DASH
from dashboard.charts.svg_parts import polyline, tag

NUMBER_FONT = 12.0


def limit_lines(chart: Chart, scale: Scale) -> Iterator[str]:
    """The mean thin; limits a little heavier, and dashed while they are trial ones."""
    for limit in chart.limits:
        y = scale.y(limit.value)
        yield tag(
            "path",
            d=polyline([(scale.x(limit.start), y), (scale.x(limit.end), y)]),
            stroke=SOFT_INK,
            stroke_width=1 if limit.key == "mean" else 1.5,
            stroke_dasharray=TRIAL_DASH if limit.trial and limit.key != "mean" else None,
        )


def flag_lines(chart: Chart, scale: Scale) -> Iterator[str]:
    """Heavier and dashed where numbers on either side may not be compared."""
    for place in flag_places(chart.flags, scale):
        yield tag(
            "path",
            d="".join(polyline(pair) for pair in pairwise(place.line)),
            fill="none",
            stroke=INK if place.flag.breaks else SOFT_INK,
            stroke_width=2 if place.flag.breaks else 1,
            stroke_dasharray=BREAK_DASH if place.flag.breaks else None,
        )


def flag_numbers(chart: Chart, scale: Scale) -> Iterator[str]:
    for place in flag_places(chart.flags, scale):
        fill, ink = (INK, PAPER) if place.flag.breaks else (PAPER, INK)
        yield tag("circle", cx=place.x, cy=place.y, r=RADIUS, fill=fill, stroke=INK)
        yield tag(
            "text",
            str(place.flag.number),
            x=place.x,
            y=place.y + NUMBER_FONT * 0.3,
            text_anchor="middle",
            font_size=NUMBER_FONT,
            fill=ink,
        )
