"""Series → Plotly's scatter traces, each with what is said when a reader points at a number."""

import datetime as dt
from collections.abc import Iterator, Sequence
from html import escape
from textwrap import wrap
from typing import Any

from dashboard.charts.chart import Chart, Level, Mark, Series
from dashboard.charts.look import LEVEL_DASH, LOOKS, PAPER, Look
from dashboard.charts.svg_shapes import OTHER_SIZE, OWN_SIZE

Json = dict[str, Any]

LONELY = 4.0
_HOVER = 40  # letters a line of what is said holds


def traces(chart: Chart) -> Iterator[Json]:
    """The area's own series last, so that it lies on top."""
    for level in chart.levels:
        yield _level(level)
    for series in (*reversed(chart.series[1:]), chart.own):
        if series.segments:
            yield _segments(series, chart.decimals)
        if series.runs:
            yield _marks(series, chart.decimals)


def pixels(dash: Sequence[float]) -> str:
    """A dash as Plotly writes it: `3px,4px`."""
    return ",".join(f"{one:g}px" for one in dash) or "solid"


def said(words: str) -> str:
    """In short lines, so that it fits a telephone."""
    return "<br>".join(escape(line, quote=False) for line in wrap(words, _HOVER))


def _marks(series: Series, decimals: int) -> Json:
    look = LOOKS[series.key]
    joined = any(len(run) > 1 for run in series.runs)
    points = [point for run in series.runs for point in (*run, None)][:-1]
    trace = _trace(
        series.key,
        x=[point.on.isoformat() if point else None for point in points],
        y=[_short(point.value, decimals) if point else None for point in points],
        text=[said(point.words) if point else "" for point in points],
        mode="lines+markers" if joined else "markers",
        marker=_marker(look, series, points),
    )
    if joined:
        trace["line"] = _line(look.colour, look.width, look.dash)
    if any(mark.low is not None for mark in series.marks):
        trace["error_y"] = _whiskers(points, look, decimals)
    return trace


def _marker(look: Look, series: Series, points: Sequence[Mark | None]) -> Json:
    if not look.shape:
        lonely = {id(run[0]) for run in series.runs if len(run) == 1}
        sizes = [LONELY if id(point) in lonely else 0 for point in points]
        return {"size": sizes, "color": look.colour, "opacity": 1, "line": {"width": 0}}
    hollow = [point is not None and point.hollow for point in points]
    colours = [PAPER if one else _fill(look) for one in hollow]
    return {
        "symbol": look.shape.removesuffix("-open"),
        "size": OWN_SIZE if series.key == "own" else OTHER_SIZE,
        "color": colours if any(hollow) else _fill(look),
        "opacity": 1,
        "line": {"color": look.colour, "width": 2},
    }


def _fill(look: Look) -> str:
    """White for an open mark: what Plotly calls open lets the line show through."""
    return PAPER if look.shape.endswith("-open") else look.colour


def _whiskers(points: Sequence[Mark | None], look: Look, decimals: int) -> Json:
    def reach(end: float | None, mark: Mark | None) -> float | None:
        return None if end is None or mark is None else _short(abs(end - mark.value), decimals)

    return {
        "type": "data",
        "symmetric": False,
        "array": [reach(mark.high if mark else None, mark) for mark in points],
        "arrayminus": [reach(mark.low if mark else None, mark) for mark in points],
        "color": look.colour,
        "thickness": 1.2,
        "width": 3,
    }


def _segments(series: Series, decimals: int) -> Json:
    """Each as a line over its own time with its mark in the middle."""
    look = LOOKS[series.key]
    days: list[dt.date | None] = []
    for one in series.segments:
        days += [one.start, one.start + (one.end - one.start) / 2, one.end, None]
    values = [_short(one.value, decimals) for one in series.segments]
    sizes = [0, OTHER_SIZE, 0, 0] * len(values)
    return _trace(
        series.key,
        x=[on.isoformat() if on else None for on in days],
        y=[part for value in values for part in (value, value, value, None)],
        text=[part for one in series.segments for part in (*[said(one.words)] * 3, "")],
        mode="lines+markers",
        line=_line(look.colour, look.width + 1, look.dash),
        marker={
            "symbol": look.shape.removesuffix("-open"),
            "size": sizes,
            "color": _fill(look),
            "opacity": 1,
            "line": {"color": look.colour, "width": [2 if size else 0 for size in sizes]},
        },
    )


def _level(level: Level) -> Json:
    return _trace(
        level.key,
        x=[level.start.isoformat(), level.end.isoformat()],
        y=[level.value, level.value],
        mode="lines",
        line=_line(LOOKS[level.key].colour, 1.2, LEVEL_DASH),
    )


def _line(colour: str, width: float, dash: Sequence[float]) -> Json:
    return {"color": colour, "width": width, "dash": pixels(dash), "simplify": False}


def _trace(key: str, **given: Any) -> Json:
    hover = (
        {"hovertemplate": "%{text}<extra></extra>"} if "text" in given else {"hoverinfo": "skip"}
    )
    faint = {"opacity": 0.55} if key == "months" else {}
    common = {"type": "scatter", "connectgaps": False, "cliponaxis": False, "meta": {"series": key}}
    return {**common, **given, **hover, **faint}


def _short(value: float, decimals: int) -> float:
    return round(value, decimals + 4)
