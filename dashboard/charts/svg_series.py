"""One series as SVG: its level, lines, whiskers, marks and label in a group that can be hidden."""

from collections.abc import Iterator, Sequence

from dashboard.charts.chart import Chart, Mark, Series
from dashboard.charts.ends import APART, EndLabel
from dashboard.charts.geometry import Scale
from dashboard.charts.look import LEVEL_DASH, LOOKS, PAPER, Look
from dashboard.charts.svg_parts import polyline, short, tag, words
from dashboard.charts.svg_shapes import OTHER_SIZE, OWN_SIZE, marks_path

LONELY = 4.0  # a month that nothing joins would not be seen without a dot
_WHISKER = 3.0


def series_group(series: Series, chart: Chart, scale: Scale, labels: Sequence[EndLabel]) -> str:
    """`data-series` names it, so that a page can hide it."""
    look = LOOKS[series.key]
    parts = [
        *_level(series, chart, scale, look),
        *_lines(series, scale, look),
        *_whiskers(series, scale, look),
        *_marks(series, scale, look),
    ]
    opacity = 0.55 if series.key == "months" else None
    drawn = tag("g", "".join(parts), stroke=look.colour, fill="none", opacity=opacity)
    own = "".join(end_label(one, scale) for one in labels if one.key == series.key)
    return tag("g", drawn + own, class_="series", data_series=series.key)


def end_label(label: EndLabel, scale: Scale) -> str:
    x, font = scale.frame.end + APART, scale.frame.font
    return words(x, label.y, label.lines, font, font_weight="700" if label.bold else None)


def _level(series: Series, chart: Chart, scale: Scale, look: Look) -> Iterator[str]:
    for level in chart.levels:
        if level.key == series.key:
            y = scale.y(level.value)
            path = polyline([(scale.x(level.start), y), (scale.x(level.end), y)])
            yield tag("path", d=path, stroke_width=1.2, stroke_dasharray=LEVEL_DASH)


def _lines(series: Series, scale: Scale, look: Look) -> Iterator[str]:
    if series.segments:
        spans = ((scale.x(s.start), scale.x(s.end), scale.y(s.value)) for s in series.segments)
        path = "".join(f"M{short(x0)} {short(y)}H{short(x1)}" for x0, x1, y in spans)
        yield tag("path", d=path, stroke_width=look.width + 1, stroke_dasharray=look.dash)
    joined = [run for run in series.runs if len(run) > 1]
    if joined:
        path = "".join(polyline(_place(mark, scale) for mark in run) for run in joined)
        yield tag("path", d=path, stroke_width=look.width, stroke_dasharray=look.dash)


def _whiskers(series: Series, scale: Scale, look: Look) -> Iterator[str]:
    path = "".join(
        whisker(scale.x(mark.on), scale.y(mark.low), scale.y(mark.high))
        for mark in series.marks
        if mark.low is not None and mark.high is not None
    )
    if path:
        yield tag("path", d=path, stroke_width=1.2)


def whisker(x: float, low: float, high: float, cap: float = _WHISKER) -> str:
    """An upright line with a short bar at each end."""
    bar = f"h{short(2 * cap)}" if cap else ""
    left = short(x - cap)
    bars = f"M{left} {short(low)}{bar}M{left} {short(high)}{bar}" if cap else ""
    return f"M{short(x)} {short(low)}V{short(high)}{bars}"


def _marks(series: Series, scale: Scale, look: Look) -> Iterator[str]:
    if not look.shape:
        lonely = [_place(run[0], scale) for run in series.runs if len(run) == 1]
        if lonely:
            path = marks_path(lonely, "circle", LONELY)
            yield tag("path", d=path, fill=look.colour, stroke="none")
        return
    size = OWN_SIZE if series.key == "own" else OTHER_SIZE
    middles = [(scale.x(s.start + (s.end - s.start) / 2), s.value) for s in series.segments]
    full = [(x, scale.y(value)) for x, value in middles]
    full += [_place(mark, scale) for mark in series.marks if not mark.hollow]
    hollow = [_place(mark, scale) for mark in series.marks if mark.hollow]
    open_ = look.shape.endswith("-open")
    for places, fill in ((full, PAPER if open_ else look.colour), (hollow, PAPER)):
        if places:
            yield tag("path", d=marks_path(places, look.shape, size), fill=fill, stroke_width=2)


def _place(mark: Mark, scale: Scale) -> tuple[float, float]:
    return scale.x(mark.on), scale.y(mark.value)
