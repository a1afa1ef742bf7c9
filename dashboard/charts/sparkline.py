"""The last few terms of one measure as a line no bigger than a word; no number, no drawing."""

from collections.abc import Sequence

from dashboard.charts.look import LOOKS, PAPER
from dashboard.charts.marks import following, middle
from dashboard.charts.svg_parts import polyline, tag
from dashboard.view import Point

WIDTH, HEIGHT = 96.0, 28.0
_SHOWN = 8
_EDGE = 5.0  # room for the last mark
_FLAT = 0.1  # a line that moves by less than this share of its height is drawn nearly flat


def sparkline_svg(points: Sequence[Point]) -> str:
    """Scaled to its own range; a gap where a term is missing; the newest number is marked."""
    shown = points[-_SHOWN:]
    values = [point.value for point in shown if point.value is not None]
    if not values:
        return _picture("")
    low, spread = _range(values)
    days = [middle(point).toordinal() for point in shown]
    span = (days[-1] - days[0]) or 1

    def place(point: Point) -> tuple[float, float]:
        assert point.value is not None
        across = (middle(point).toordinal() - days[0]) / span if len(shown) > 1 else 1.0
        x = _EDGE + across * (WIDTH - 2 * _EDGE)
        return x, HEIGHT - _EDGE - (point.value - low) / spread * (HEIGHT - 2 * _EDGE)

    runs = [[place(point) for point in run] for run in following(shown)]
    return _picture(_lines(runs) + _last(shown[-1], runs))


def _range(values: Sequence[float]) -> tuple[float, float]:
    """The lowest value drawn and how much is shown, so that noise does not look like change."""
    least, most = min(values), max(values)
    spread = max(most - least, _FLAT * max(abs(least), abs(most))) or 1.0
    return (least + most - spread) / 2, spread


def _lines(runs: Sequence[Sequence[tuple[float, float]]]) -> str:
    """A number that stands alone is a dot: a line of no length with round ends."""
    lines = "".join(polyline(run) for run in runs if len(run) > 1)
    dots = "".join(polyline([run[0], run[0]]) for run in runs if len(run) == 1)
    colour = LOOKS["own"].colour
    drawn = tag("path", d=lines, stroke=colour, stroke_width=2) if lines else ""
    if dots:
        drawn += tag("path", d=dots, stroke=colour, stroke_width=4, stroke_linecap="round")
    return drawn


def _last(newest: Point, runs: Sequence[Sequence[tuple[float, float]]]) -> str:
    if newest.value is None:
        return ""
    x, y = runs[-1][-1]
    fill = PAPER if newest.status == "provisional" else LOOKS["own"].colour
    colour = LOOKS["own"].colour
    return tag("circle", cx=x, cy=y, r=3.5, fill=fill, stroke=colour, stroke_width=1.5)


def _picture(content: str) -> str:
    return tag(
        "svg",
        content,
        xmlns="http://www.w3.org/2000/svg",
        class_="sparkline",
        viewBox=(0, 0, WIDTH, HEIGHT),
        aria_hidden="true",
        focusable="false",
        fill="none",
    )
