"""A strip of areas as SVG."""

from collections.abc import Iterator

from dashboard.charts.axis import axis_words
from dashboard.charts.geometry import Size
from dashboard.charts.look import GRID, INK, SOFT_INK
from dashboard.charts.strip import ROLES, SIZES, Role, Strip, reference_look
from dashboard.charts.strip_places import (
    Places,
    Words,
    end_words,
    order_words,
    own_leader,
    own_words,
    places_of,
    row_words,
)
from dashboard.charts.svg_parts import drawing, polyline, short, tag, words
from dashboard.charts.svg_series import whisker
from dashboard.charts.svg_shapes import marks_path

_FAINT = 0.55


def strip_svg(strip: Strip, size: Size) -> str:
    """The picture alone: its box gives it a name, its width and a white ground."""
    places = places_of(strip, size)
    labels = _wide(places) if size == "wide" else _narrow(places)
    content = [
        _grid(places),
        *_references(places),
        *(_areas(role, places) for role in ROLES),
        *labels,
        *(_said(one, places, SOFT_INK) for one in order_words(places)),
    ]
    body = tag("g", "".join(content), font_size=places.frame.font)
    kind = f"chart-svg chart-svg-{size}"
    return drawing(places.frame.width, places.frame.height, kind, body)


def _grid(places: Places) -> str:
    frame, strip = places.frame, places.strip
    heights = [places.y(tick) for tick in strip.axis.ticks]
    path = "".join(f"M{short(frame.left)} {short(y)}H{short(frame.end)}" for y in heights)
    names = (
        words(frame.left - 5, y, (axis_words(strip.axis, tick, strip.percent),), frame.font)
        for tick, y in zip(strip.axis.ticks, heights, strict=True)
    )
    named = tag("g", "".join(names), fill=SOFT_INK, text_anchor="end")
    base = tag("path", d=f"M{short(frame.left)} {short(frame.base)}H{short(frame.end)}")
    return (
        tag("path", d=path, stroke=GRID, shape_rendering="crispEdges")
        + tag("g", base, stroke=SOFT_INK)
        + named
    )


def _areas(role: Role, places: Places) -> str:
    look, marks = ROLES[role], places.strip.of_role(role)
    if not marks:
        return ""
    spans = "".join(
        whisker(places.x(place), places.y(area.low), places.y(area.high), cap=0)
        for place, _, area in marks
        if area.low is not None and area.high is not None
    )
    path = marks_path(
        ((places.x(place), places.y(value)) for place, value, _ in marks), look.shape, SIZES[role]
    )
    faint = _FAINT if role == "other" else None
    lines = tag("path", d=spans, stroke=look.colour, stroke_width=look.width, opacity=faint)
    drawn = tag("path", d=path, fill=look.colour)
    return tag("g", (lines if spans else "") + drawn, class_="series", data_series=role)


def _references(places: Places) -> Iterator[str]:
    frame = places.frame
    for one in places.strip.references:
        y, look = places.y(one.value), reference_look(one)
        path = polyline([(frame.left, y), (frame.end, y)])
        dash = look.dash
        yield tag("path", d=path, stroke=look.colour, stroke_width=2, stroke_dasharray=dash)


def _wide(places: Places) -> Iterator[str]:
    yield from (_said(one, places) for one in end_words(places))
    own = own_words(places)
    if own is None:
        return
    yield _said(own, places)
    leader = own_leader(places, own)
    if leader:
        x, start, end = leader
        path = polyline([(x, start), (x, end)])
        yield tag("path", d=path, stroke=ROLES["own"].colour)


def _narrow(places: Places) -> Iterator[str]:
    """Rows above the plot, each with its piece of line or its mark."""
    for reference, row in row_words(places):
        middle = row.x - 22
        if reference is None:
            path = marks_path([(middle, row.y)], ROLES["own"].shape, SIZES["own"])
            yield tag("path", d=path, fill=ROLES["own"].colour)
        else:
            look = reference_look(reference)
            path = polyline([(middle - 14, row.y), (middle + 14, row.y)])
            dash = look.dash
            yield tag("path", d=path, stroke=look.colour, stroke_width=2, stroke_dasharray=dash)
        yield _said(row, places)


def _said(one: Words, places: Places, ink: str = INK) -> str:
    return words(
        one.x,
        one.y,
        one.lines,
        places.frame.font,
        text_anchor=None if one.anchor == "start" else one.anchor,
        font_weight="700" if one.bold else None,
        fill=None if ink == INK else ink,
    )
