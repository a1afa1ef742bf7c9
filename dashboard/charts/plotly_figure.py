"""A chart's description → a Plotly figure as a plain dict: nothing of Plotly is imported."""

from collections.abc import Iterator
from typing import Any

from dashboard.charts.axis import axis_words
from dashboard.charts.chart import Chart
from dashboard.charts.flag_places import RADIUS, flag_places
from dashboard.charts.geometry import Frame, Scale, Size, scale_of
from dashboard.charts.look import FONT, GRID, INK, PAPER, SOFT_INK
from dashboard.charts.plotly_labels import end_annotations, gap_annotations
from dashboard.charts.plotly_shapes import shapes
from dashboard.charts.plotly_traces import said, traces
from dashboard.charts.ticks import named_ticks

Json = dict[str, Any]

_NUMBER_FONT = 12


def plotly_figure(chart: Chart, size: Size = "wide") -> Json:
    """Drawn at the size of the SVG, in whose place it comes: the page scales both alike."""
    layout = wide_layout(chart) if size == "wide" else narrow_layout(chart)
    return {"data": [*traces(chart), *_flags(chart, scale_of(chart, size))], "layout": layout}


def wide_layout(chart: Chart) -> Json:
    """With labels at the ends of the lines."""
    scale = scale_of(chart, "wide")
    words = [*gap_annotations(chart, scale), *end_annotations(chart, scale)]
    return _layout(chart, scale) | {"annotations": words}


def narrow_layout(chart: Chart) -> Json:
    """For a telephone: the key above the chart instead of labels."""
    scale = scale_of(chart, "narrow")
    return _layout(chart, scale) | {"annotations": [*gap_annotations(chart, scale)]}


def frame_layout(frame: Frame) -> Json:
    """What every figure has: its size, type and colours; nothing to drag."""
    return {
        "autosize": False,
        "width": frame.width,
        "height": frame.height,
        "margin": {
            "l": frame.left,
            "r": frame.right,
            "t": frame.top,
            "b": frame.bottom,
            "pad": 0,
            "autoexpand": False,
        },
        "font": {"family": FONT, "size": frame.font, "color": SOFT_INK},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "showlegend": False,
        "hovermode": "closest",
        "hoverdistance": 30,
        "dragmode": False,
        "hoverlabel": {
            "bgcolor": PAPER,
            "bordercolor": INK,
            "align": "left",
            "font": {"family": FONT, "size": frame.font, "color": INK},
        },
    }


def _layout(chart: Chart, scale: Scale) -> Json:
    axes = {"xaxis": _time_axis(chart, scale), "yaxis": _value_axis(chart, scale)}
    return {**frame_layout(scale.frame), **axes, "shapes": [*shapes(chart, scale)]}


def _time_axis(chart: Chart, scale: Scale) -> Json:
    ticks = named_ticks(chart, scale)
    return {
        "type": "date",
        "range": [scale.first.isoformat(), scale.last.isoformat()],
        "tickmode": "array",
        "tickvals": [tick.on.isoformat() for tick, _ in ticks],
        "ticktext": ["<br>".join(lines) for _, lines in ticks],
        "tickangle": 0,
        "ticks": "outside",
        "tickcolor": SOFT_INK,
        "showgrid": False,
        "showline": True,
        "linecolor": SOFT_INK,
        "fixedrange": True,
    }


def _value_axis(chart: Chart, scale: Scale) -> Json:
    return {
        "range": [scale.low, scale.high],
        "tickmode": "array",
        "tickvals": list(chart.axis.ticks),
        "ticktext": [axis_words(chart.axis, tick, chart.percent) for tick in chart.axis.ticks],
        "ticklabelstandoff": 4,
        "gridcolor": GRID,
        "zeroline": False,
        "fixedrange": True,
    }


def _flags(chart: Chart, scale: Scale) -> Iterator[Json]:
    """Their numbers; a reader who points at one is told the note."""
    places = flag_places(chart.flags, scale)
    if not places:
        return
    breaks = [place.flag.breaks for place in places]
    yield {
        "type": "scatter",
        "mode": "markers+text",
        "cliponaxis": False,
        "meta": {"series": "notes"},
        "x": [scale.moment(place.x) for place in places],
        "y": [scale.value(place.y) for place in places],
        "text": [str(place.flag.number) for place in places],
        "customdata": [said(place.flag.words) for place in places],
        "hovertemplate": "%{customdata}<extra></extra>",
        "textfont": {
            "size": _NUMBER_FONT,
            "color": [PAPER if broken else INK for broken in breaks],
        },
        "marker": {
            "symbol": "circle",
            "size": 2 * RADIUS,
            "opacity": 1,
            "color": [INK if broken else PAPER for broken in breaks],
            "line": {"color": INK, "width": 1},
        },
    }
