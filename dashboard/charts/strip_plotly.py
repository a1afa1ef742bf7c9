"""A strip of areas as a Plotly figure: the same places as the SVG, and words for each area."""

from collections.abc import Iterator
from typing import Any

from dashboard.charts.axis import axis_words
from dashboard.charts.geometry import Size
from dashboard.charts.look import GRID, INK, SOFT_INK
from dashboard.charts.plotly_figure import frame_layout
from dashboard.charts.plotly_pixels import dot_at, line_at, upright_at, words_at
from dashboard.charts.plotly_traces import pixels, said
from dashboard.charts.strip import ROLES, SIZES, Role, Strip, StripMark, reference_look
from dashboard.charts.strip_places import (
    Places,
    end_words,
    order_words,
    own_leader,
    own_words,
    places_of,
    row_words,
)

Json = dict[str, Any]


def plotly_strip(strip: Strip, size: Size = "wide") -> Json:
    """Scatter traces only, one for each role."""
    places = places_of(strip, size)
    traces = [_trace(role, strip) for role in ROLES if strip.of_role(role)]
    return {"data": traces, "layout": _layout(places, size)}


def _trace(role: Role, strip: Strip) -> Json:
    look, marks = ROLES[role], strip.of_role(role)
    trace: Json = {
        "type": "scatter",
        "mode": "markers",
        "cliponaxis": False,
        "meta": {"series": role},
        "x": [place for place, _, _ in marks],
        "y": [round(value, 6) for _, value, _ in marks],
        "text": [said(area.words) for _, _, area in marks],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {"symbol": look.shape, "size": SIZES[role], "color": look.colour, "opacity": 1},
    }
    if any(area.low is not None for _, _, area in marks):
        trace["error_y"] = {
            "type": "data",
            "symmetric": False,
            "array": [_reach(area, area.high) for _, _, area in marks],
            "arrayminus": [_reach(area, area.low) for _, _, area in marks],
            "color": _faint(look.colour) if role == "other" else look.colour,
            "thickness": look.width,
            "width": 0,
        }
    return trace


def _reach(area: StripMark, end: float | None) -> float | None:
    return None if end is None or area.value is None else round(abs(end - area.value), 6)


def _faint(colour: str) -> str:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.55)"


def _layout(places: Places, size: Size) -> Json:
    strip, frame = places.strip, places.frame
    own = own_words(places)
    wide = [*end_words(places), *([own] if own else [])]
    rows = row_words(places)
    labels = wide if size == "wide" else [row for _, row in rows]
    quiet = [
        words_at(one.x, one.y, one.lines, frame, SOFT_INK, one.anchor)
        for one in order_words(places)
    ]
    return {
        **frame_layout(frame),
        "xaxis": {
            "range": [-0.5, len(strip.areas) - 0.5],
            "showticklabels": False,
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        "yaxis": {
            "range": [strip.axis.low, strip.axis.high],
            "tickmode": "array",
            "tickvals": list(strip.axis.ticks),
            "ticktext": [axis_words(strip.axis, t, strip.percent) for t in strip.axis.ticks],
            "ticklabelstandoff": 4,
            "gridcolor": GRID,
            "zeroline": False,
            "fixedrange": True,
        },
        "shapes": [*_shapes(places, size)],
        "annotations": [
            *(
                words_at(one.x, one.y, one.lines, frame, INK, one.anchor, one.bold)
                for one in labels
            ),
            *quiet,
        ],
    }


def _leader(places: Places) -> Iterator[Json]:
    own = own_words(places)
    found = own and own_leader(places, own)
    if found:
        x, start, end = found
        yield upright_at(x, (start, end), places.frame, ROLES["own"].colour)


def _shapes(places: Places, size: Size) -> Iterator[Json]:
    frame = places.frame
    across = (frame.left, frame.end)
    yield line_at(across, frame.base, frame, SOFT_INK, 1, "solid")
    for one in places.strip.references:
        look = reference_look(one)
        yield line_at(across, places.y(one.value), frame, look.colour, 2, pixels(look.dash))
    if size == "wide":
        yield from _leader(places)
        return
    for reference, row in row_words(places):
        ends = (row.x - 36, row.x - 8)
        if reference:
            look = reference_look(reference)
            yield line_at(ends, row.y, frame, look.colour, 2, pixels(look.dash))
        else:
            yield dot_at(row.x - 22, row.y, frame, ROLES["own"].colour, SIZES["own"])
