"""A trend as SVG made on the server: for the first paint, print, public pages and downloads."""

from collections.abc import Iterator, Sequence

from dashboard.charts.chart import Chart
from dashboard.charts.ends import EndLabel, end_labels
from dashboard.charts.gap_words import gap_words
from dashboard.charts.geometry import Scale, Size, scale_of
from dashboard.charts.look import GAP, INK, RANGE, SOFT_INK, TARGET_DASH
from dashboard.charts.svg_axes import axes, grid
from dashboard.charts.svg_notes import flag_lines, flag_numbers, limit_lines
from dashboard.charts.svg_parts import drawing, polyline, short, tag, words
from dashboard.charts.svg_series import end_label, series_group


def trend_svg(chart: Chart, size: Size, id_prefix: str) -> str:
    """The picture alone: its box gives it a name, its width and a white ground."""
    scale = scale_of(chart, size)
    labels = end_labels(chart, scale) if size == "wide" else ()
    content = [
        *_bands(chart, scale),
        *_ranges(chart, scale),
        grid(chart.axis, scale),
        *limit_lines(chart, scale),
        *flag_lines(chart, scale),
        *_target(chart, scale, labels),
        *_series(chart, scale, labels),
        axes(chart, scale),
        *_gap_words(chart, scale),
        *flag_numbers(chart, scale),
    ]
    body = tag("g", "".join(content), font_size=scale.frame.font)
    kind = f"chart-svg chart-svg-{size}"
    return drawing(scale.frame.width, scale.frame.height, kind, body, f"{id_prefix}-{size}")


def _bands(chart: Chart, scale: Scale) -> Iterator[str]:
    frame = scale.frame
    edges = (scale.band(gap) for gap in chart.gaps)
    path = "".join(
        f"M{short(start)} {short(frame.top)}H{short(end)}V{short(frame.base)}H{short(start)}z"
        for start, end in edges
    )
    if path:
        yield tag("path", d=path, fill=GAP)


def _ranges(chart: Chart, scale: Scale) -> Iterator[str]:
    """The wider first, so that the narrower lies on it and is darker."""
    for band in chart.bands:
        upper = [(scale.x(on), scale.y(high)) for on, _, high in band.ends]
        lower = [(scale.x(on), scale.y(low)) for on, low, _ in reversed(band.ends)]
        yield tag("path", d=f"{polyline([*upper, *lower])}z", fill=RANGE, fill_opacity=0.15)


def _target(chart: Chart, scale: Scale, labels: Sequence[EndLabel]) -> Iterator[str]:
    if chart.target is None:
        return
    start = max(chart.target.since or chart.first, chart.first)
    if start < chart.last:
        y = scale.y(chart.target.value)
        path = polyline([(scale.x(start), y), (scale.x(chart.last), y)])
        yield tag("path", d=path, stroke=INK, stroke_width=1.5, stroke_dasharray=TARGET_DASH)
    yield from (end_label(label, scale) for label in labels if label.key == "target")


def _series(chart: Chart, scale: Scale, labels: Sequence[EndLabel]) -> Iterator[str]:
    """The area's own line last, so that it lies on top."""
    for series in (*reversed(chart.series[1:]), chart.own):
        yield series_group(series, chart, scale, labels)


def _gap_words(chart: Chart, scale: Scale) -> Iterator[str]:
    found = gap_words(chart, scale)
    font = scale.frame.font
    drawn = "".join(words(one.x, one.y, one.lines, font) for one in found)
    if drawn:
        yield tag("g", drawn, fill=SOFT_INK, text_anchor="middle")
