"""One panel of small multiples as a light SVG: a line, its baseline, the ends of both axes."""

from collections.abc import Iterator

from dashboard.charts.chart import Mark
from dashboard.charts.geometry import Frame, Scale, width_of
from dashboard.charts.look import GAP, GRID, LOOKS, PAPER, SOFT_INK
from dashboard.charts.multiples import Multiples, Panel
from dashboard.charts.svg_parts import drawing, polyline, short, tag
from dashboard.charts.svg_shapes import marks_path

_FONT = 13.0
_LAST = 8.0
_LONELY = 5.0


def panel_svg(multiples: Multiples, panel: Panel) -> str:
    """All panels of a breakdown have the same axes, so their lines may be compared."""
    left = max(width_of(words, _FONT) for words in (multiples.low, multiples.high)) + 8
    frame = Frame(240, 120, round(left), 8, 10, 24, _FONT)
    axis = multiples.axis
    scale = Scale(frame, multiples.first, multiples.last, axis.low, axis.high)
    content = [*_bands(panel, scale), _grid(scale), *_line(panel, scale), *_names(multiples, scale)]
    body = tag("g", "".join(content), font_size=_FONT)
    return drawing(frame.width, frame.height, "panel-svg", body)


def _bands(panel: Panel, scale: Scale) -> Iterator[str]:
    for gap in panel.gaps:
        start, end = scale.band(gap)
        frame = scale.frame
        height = frame.base - frame.top
        yield tag("rect", x=start, y=frame.top, width=end - start, height=height, fill=GAP)


def _grid(scale: Scale) -> str:
    frame = scale.frame
    edges = f"{short(frame.left)} {{}}H{short(frame.end)}"
    top = tag("path", d="M" + edges.format(short(frame.top)), stroke=GRID)
    return top + tag("path", d="M" + edges.format(short(frame.base)), stroke=SOFT_INK)


def _line(panel: Panel, scale: Scale) -> Iterator[str]:
    colour = LOOKS["own"].colour
    joined = [run for run in panel.runs if len(run) > 1]
    if joined:
        path = "".join(polyline(_place(mark, scale) for mark in run) for run in joined)
        yield tag("path", d=path, fill="none", stroke=colour, stroke_width=2)
    alone = [_place(run[0], scale) for run in panel.runs if len(run) == 1]
    if alone:
        yield tag("path", d=marks_path(alone, "circle", _LONELY), fill=colour)
    if panel.runs and not _ends_in_gap(panel):
        last = panel.runs[-1][-1]
        path = marks_path([_place(last, scale)], "circle", _LAST)
        fill = PAPER if last.hollow else colour
        yield tag("path", d=path, fill=fill, stroke=colour, stroke_width=1.5)


def _ends_in_gap(panel: Panel) -> bool:
    return bool(panel.gaps) and panel.gaps[-1].start > panel.runs[-1][-1].on


def _place(mark: Mark, scale: Scale) -> tuple[float, float]:
    return scale.x(mark.on), scale.y(mark.value)


def _names(multiples: Multiples, scale: Scale) -> Iterator[str]:
    frame = scale.frame
    for name, y in ((multiples.high, frame.top), (multiples.low, frame.base)):
        at = y + _FONT * 0.35
        yield tag("text", name, x=frame.left - 4, y=at, text_anchor="end", fill=SOFT_INK)
    below = frame.height - 6
    yield tag("text", multiples.begins, x=frame.left, y=below, fill=SOFT_INK)
    if multiples.ends != multiples.begins:
        yield tag("text", multiples.ends, x=frame.end, y=below, text_anchor="end", fill=SOFT_INK)
