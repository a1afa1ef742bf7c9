"""A chart's description → a Plotly figure as a plain dict: nothing of Plotly is imported."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from dashboard.charts.chart import Chart, Gap, Level, Series, Tick
from dashboard.charts.look import FONT, GAP, GRID, INK, LOOKS, PAPER, SOFT_INK
from dashboard.charts.plotly_labels import Json, end_labels, gap_words
from dashboard.words.values import number

_DAY = dt.timedelta(days=1)


def plotly_figure(chart: Chart) -> Json:
    """Traces and the layout for a wide screen."""
    return {"data": [*_traces(chart)], "layout": wide_layout(chart)}


def wide_layout(chart: Chart) -> Json:
    """With every term named and labels at the ends of the lines."""
    layout = _layout(chart, "wide", chart.ticks)
    labels = end_labels(chart, layout["yaxis"]["range"])
    return layout | {"annotations": [*gap_words(chart), *labels]}


def narrow_layout(chart: Chart) -> Json:
    """For a telephone: fewer dates, and the key above the chart instead of labels."""
    autumns = [tick for tick in chart.ticks if tick.name == "Autumn"]
    few = autumns[:: -(-len(autumns) // 4) or 1]
    layout = _layout(chart, "narrow", few or chart.ticks[-1:])
    return layout | {"annotations": [*gap_words(chart)]}


def _traces(chart: Chart) -> Iterator[Json]:
    for level in chart.levels:
        yield _level(level)
    for series in (*reversed(chart.comparators), *([chart.months] if chart.months else [])):
        yield from _series(series)
    yield from _series(chart.own)


def _series(series: Series) -> Iterator[Json]:
    if series.segments:
        yield _segments(series)
        yield _middles(series)
    if series.runs:
        yield _marks(series)


def _marks(series: Series) -> Json:
    look = LOOKS[series.key]
    joined = any(len(run) > 1 for run in series.runs)
    points = [point for run in series.runs for point in (*run, None)][:-1]
    hollow = [point is not None and point.hollow for point in points]
    trace = _trace(
        x=[point.on.isoformat() if point else None for point in points],
        y=[point.value if point else None for point in points],
        mode="lines+markers" if joined and look.shape else "lines" if joined else "markers",
    )
    if joined:
        trace["line"] = {"color": look.colour, "width": look.width, "dash": look.dash}
    if look.shape:
        trace["marker"] = {
            "symbol": look.shape,
            "size": 10 if series.key == "own" else 9,
            "color": [PAPER if one else look.colour for one in hollow],
            "line": {"color": look.colour, "width": 2},
        }
    if series.key == "months":
        trace["opacity"] = 0.55
    return trace


def _segments(series: Series) -> Json:
    look = LOOKS[series.key]
    x: list[str | None] = []
    y: list[float | None] = []
    for segment in series.segments:
        x += [segment.start.isoformat(), segment.end.isoformat(), None]
        y += [segment.value, segment.value, None]
    line = {"color": look.colour, "width": look.width + 1, "dash": look.dash}
    return _trace(x=x, y=y, mode="lines", line=line)


def _middles(series: Series) -> Json:
    look = LOOKS[series.key]
    middles = [s.start + (s.end - s.start) / 2 for s in series.segments]
    return _trace(
        x=[middle.isoformat() for middle in middles],
        y=[segment.value for segment in series.segments],
        mode="markers",
        marker={"symbol": look.shape, "size": 9, "color": look.colour},
    )


def _level(level: Level) -> Json:
    return _trace(
        x=[level.start.isoformat(), level.end.isoformat()],
        y=[level.value, level.value],
        mode="lines",
        line={"color": LOOKS[level.key].colour, "width": 1.2, "dash": "3px,4px"},
    )


def _trace(**given: Any) -> Json:
    return {"type": "scatter", "connectgaps": False, "cliponaxis": False, **given}


def _layout(chart: Chart, size: str, ticks: Sequence[Tick]) -> Json:
    wide = size == "wide"
    margin = (chart.last - chart.first) * 0.025
    right = 190 if wide else 14
    low, high = chart.axis.low, chart.axis.high
    room = (high - low) * 0.04
    return {
        "autosize": True,
        "margin": {"l": 54 if wide else 46, "r": right, "t": 14, "b": 48, "pad": 0},
        "font": {"family": FONT, "size": 15 if wide else 14, "color": SOFT_INK},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "showlegend": False,
        "hovermode": False,
        "dragmode": False,
        "xaxis": {
            "type": "date",
            "range": [(chart.first - margin).isoformat(), (chart.last + margin).isoformat()],
            "tickmode": "array",
            "tickvals": [tick.on.isoformat() for tick in ticks],
            "ticktext": [*_tick_texts(ticks, wide)],
            "tickangle": 0,
            "ticks": "outside",
            "tickcolor": SOFT_INK,
            "showgrid": False,
            "showline": True,
            "linecolor": SOFT_INK,
            "fixedrange": True,
        },
        "yaxis": {
            "range": [low, high + room],
            "tickmode": "array",
            "tickvals": list(chart.axis.ticks),
            "ticktext": [_axis_words(chart, tick) for tick in chart.axis.ticks],
            "gridcolor": GRID,
            "zeroline": False,
            "fixedrange": True,
        },
        "shapes": [*_gap_bands(chart), *_target_line(chart)],
    }


def _tick_texts(ticks: Sequence[Tick], wide: bool) -> Iterator[str]:
    """The year stands once, under its first term: `2025/26`, or `25/26` where space is short."""
    year = ""
    for tick in ticks:
        shown = tick.year if wide else tick.year[2:]
        yield f"{tick.name[:3]}<br>{shown if tick.year != year else ''}"
        year = tick.year


def _axis_words(chart: Chart, tick: float) -> str:
    decimals = next((d for d in range(4) if all(_whole(t, d) for t in chart.axis.ticks)), 4)
    return number(tick, decimals) + ("%" if chart.percent else "")


def _whole(value: float, decimals: int) -> bool:
    return abs(round(value, decimals) - value) < 1e-9


def _gap_bands(chart: Chart) -> Iterator[Json]:
    for gap in chart.gaps:
        start, end = _gap_ends(gap)
        yield {
            "type": "rect",
            "xref": "x",
            "yref": "paper",
            "x0": start.isoformat(),
            "x1": end.isoformat(),
            "y0": 0,
            "y1": 1,
            "fillcolor": GAP,
            "line": {"width": 0},
            "layer": "below",
        }


def _gap_ends(gap: Gap) -> tuple[dt.date, dt.date]:
    """A stock's day is widened so that its band can be seen."""
    return gap.start - 20 * _DAY, gap.end + 20 * _DAY


def _target_line(chart: Chart) -> Iterator[Json]:
    if chart.target:
        yield {
            "type": "line",
            "xref": "x",
            "yref": "y",
            "x0": max(chart.target.since or chart.first, chart.first).isoformat(),
            "x1": chart.last.isoformat(),
            "y0": chart.target.value,
            "y1": chart.target.value,
            "line": {"color": INK, "width": 1.5, "dash": "10px,5px"},
        }
