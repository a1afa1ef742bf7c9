"""The newest figures of a measure as a line no bigger than a word."""

from collections.abc import Iterator, Sequence

from dashboard.charts.look import LOOKS
from dashboard.charts.svg_parts import polyline, tag

WIDTH, HEIGHT = 96.0, 22.0
_EDGE = 4.0
_FLAT = 0.1  # a line that moves by less than this share of its height is drawn nearly flat

Spark = Sequence[float | None]
Place = tuple[float, float]


def spark_svg(spark: Spark) -> str:
    """Scaled to its own range; not joined where a figure is missing; "" without any figure."""
    runs = [*_runs(spark)]
    if not runs:
        return ""
    colour = LOOKS["own"].colour
    lines = "".join(polyline(run if len(run) > 1 else run * 2) for run in runs)
    drawn = tag("path", d=lines, fill="none", stroke=colour, stroke_width=2.2,
                stroke_linecap="round", stroke_linejoin="round")  # fmt: skip
    if spark[-1] is not None:
        x, y = runs[-1][-1]
        drawn += tag("circle", cx=x, cy=y, r=3.6, fill=colour)
    box = (0.0, 0.0, WIDTH, HEIGHT)
    return tag("svg", drawn, xmlns="http://www.w3.org/2000/svg", viewBox=box)


def _runs(spark: Spark) -> Iterator[list[Place]]:
    values = [value for value in spark if value is not None]
    least, most = min(values, default=0.0), max(values, default=0.0)
    spread = max(most - least, _FLAT * max(abs(least), abs(most))) or 1.0
    low = (least + most - spread) / 2
    step = (WIDTH - 2 * _EDGE) / max(len(spark) - 1, 1)
    run: list[Place] = []
    for at, value in enumerate([*spark, None]):
        if value is not None:
            tall = (value - low) / spread * (HEIGHT - 2 * _EDGE)
            run.append((_EDGE + at * step, HEIGHT - _EDGE - tall))
        elif run:
            yield run
            run = []
