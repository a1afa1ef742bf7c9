"""Words, lines and dots of a Plotly figure that stand at a place in pixels, as in the SVG."""

from collections.abc import Sequence
from html import escape
from typing import Any

from dashboard.charts.geometry import Frame

Json = dict[str, Any]

_ANCHORS = {"start": ("left", -1), "middle": ("center", 0), "end": ("right", 1)}


def words_at(
    x: float,
    y: float,
    lines: Sequence[str],
    frame: Frame,
    ink: str,
    anchor: str = "start",
    bold: bool = False,
) -> Json:
    """Lines of words whose middle is at `y`; `anchor` as in SVG."""
    text = "<br>".join(escape(line, quote=False) for line in lines)
    side, shift = _ANCHORS[anchor]
    return {
        "xref": "paper",
        "yref": "paper",
        "x": _across(x, frame),
        "y": _up(y, frame),
        "xanchor": side,
        "xshift": shift,  # Plotly keeps a pixel of its own on that side
        "yanchor": "middle",
        "align": "left" if anchor == "start" else side,
        "borderpad": 0,
        "showarrow": False,
        "text": f"<b>{text}</b>" if bold else text,
        "font": {"color": ink},
    }


def line_at(
    ends: tuple[float, float], y: float, frame: Frame, colour: str, width: float, dash: str
) -> Json:
    """A level line, under the marks."""
    return _line(ends, (y, y), frame) | {"line": {"color": colour, "width": width, "dash": dash}}


def upright_at(x: float, ends: tuple[float, float], frame: Frame, colour: str) -> Json:
    return _line((x, x), ends, frame) | {"line": {"color": colour, "width": 1}}


def _line(xs: tuple[float, float], ys: tuple[float, float], frame: Frame) -> Json:
    return {
        "type": "line",
        "xref": "paper",
        "yref": "paper",
        "layer": "between",
        "x0": _across(xs[0], frame),
        "x1": _across(xs[1], frame),
        "y0": _up(ys[0], frame),
        "y1": _up(ys[1], frame),
    }


def dot_at(x: float, y: float, frame: Frame, colour: str, size: float) -> Json:
    return {
        "type": "circle",
        "xref": "paper",
        "yref": "paper",
        "xsizemode": "pixel",
        "ysizemode": "pixel",
        "xanchor": _across(x, frame),
        "yanchor": _up(y, frame),
        "x0": -size / 2,
        "x1": size / 2,
        "y0": -size / 2,
        "y1": size / 2,
        "fillcolor": colour,
        "line": {"width": 0},
    }


def _across(x: float, frame: Frame) -> float:
    return round((x - frame.left) / (frame.end - frame.left), 4)


def _up(y: float, frame: Frame) -> float:
    return round((frame.base - y) / (frame.base - frame.top), 4)
