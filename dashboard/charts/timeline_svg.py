"""A timeline as SVG: a row an action, its bar, a shape for how it stands, and today's line."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.charts.geometry import Frame, Scale, Size, width_of
from dashboard.charts.look import GRID, INK, SOFT_INK
from dashboard.charts.svg_parts import drawing, polyline, short, tag, words
from dashboard.charts.svg_shapes import marks_path
from dashboard.charts.timeline import Timeline, TimelineBar

_ROW = 27.0
_TOP, _AXIS = 30.0, 28.0
_SIZE = 13.0
_DASH = (3.0, 3.0)


@dataclass(frozen=True)
class StatusLook:
    """Colour and shape together; an open shape has a white ground."""

    colour: str
    shape: str

    @property
    def is_open(self) -> bool:
        return self.shape.endswith("-open")


# Each at least 3 to 1 on white.
STATUS_LOOKS = {
    "done": StatusLook("#0b5d3b", "circle"),
    "on_track": StatusLook("#12436d", "square"),
    "at_risk": StatusLook("#8a5a00", "diamond"),
    "late": StatusLook("#9a2c00", "triangle-up"),
    "overdue": StatusLook("#9a2c00", "triangle-up"),
    "not_started": StatusLook("#484949", "square-open"),
    "stopped": StatusLook("#484949", "circle-open"),
}


def timeline_svg(timeline: Timeline, size: Size) -> str:
    """The picture alone: its box gives it a name, and a table says the same in words."""
    scale = _scale(timeline, size)
    frame = scale.frame
    content = [
        _grid(timeline, scale),
        *(_row(place, bar, timeline, scale, size) for place, bar in enumerate(timeline.bars)),
        _today(timeline, scale),
    ]
    body = tag("g", "".join(content), font_size=frame.font)
    return drawing(frame.width, frame.height, f"chart-svg chart-svg-{size}", body)


def status_mark(status: str) -> str:
    """The shape alone, as small as a letter, to stand before its words."""
    look = STATUS_LOOKS[status]
    return tag(
        "svg",
        _shape(8, 8, look, 11),
        xmlns="http://www.w3.org/2000/svg",
        class_="status-mark",
        viewBox=(0, 0, 16, 16),
        aria_hidden="true",
        focusable="false",
    )


def _scale(timeline: Timeline, size: Size) -> Scale:
    """A wide one has the task beside the number, as far as there is room."""
    wide = size == "wide"
    font = 14
    longest = max(width_of(bar.number, font, bold=True) for bar in timeline.bars)
    left = 400 if wide else round(longest + 8)
    height = _TOP + len(timeline.bars) * _ROW + _AXIS
    frame = Frame(900 if wide else 320, height, left, 14, _TOP, _AXIS, font)
    return Scale(frame, timeline.first, timeline.last, 0, 1)


def _grid(timeline: Timeline, scale: Scale) -> str:
    frame = scale.frame
    faint = "".join(_upright(scale, day) for day in timeline.quarters)
    strong = "".join(_upright(scale, day) for day in timeline.years)
    named = "".join(
        words(scale.x(day), frame.base + 16, (str(day.year),), frame.font) for day in timeline.years
    )
    return (
        tag("path", d=faint, stroke=GRID, shape_rendering="crispEdges")
        + tag("path", d=strong, stroke="#8a8d8f", shape_rendering="crispEdges")
        + tag("g", named, fill=SOFT_INK, text_anchor="middle")
    )


def _upright(scale: Scale, day: dt.date) -> str:
    return f"M{short(scale.x(day))} {short(scale.frame.top)}V{short(scale.frame.base)}"


def _row(place: int, bar: TimelineBar, timeline: Timeline, scale: Scale, size: Size) -> str:
    y = scale.frame.top + (place + 0.5) * _ROW
    return _label(bar, y, scale, size) + "".join(_bar(bar, y, timeline, scale))


def _label(bar: TimelineBar, y: float, scale: Scale, size: Size) -> str:
    font = scale.frame.font
    number = words(0, y, (bar.number,), font, font_weight="700")
    if size == "narrow":
        return number
    start = 46.0
    room = scale.frame.left - start - 12
    return number + words(start, y, (_cut(bar.words, room, font),), font, fill=INK)


def _cut(text: str, room: float, font: float) -> str:
    """As many whole words as there is room for."""
    if width_of(text, font) <= room:
        return text
    shown = ""
    for word in text.split():
        longer = f"{shown} {word}".strip()
        if width_of(f"{longer}…", font) > room:
            break
        shown = longer
    return f"{shown}…"


def _bar(bar: TimelineBar, y: float, timeline: Timeline, scale: Scale) -> Iterator[str]:
    """An unbroken line where both ends are known, dashed where the plan names only one, and from
    a finish that has passed on to today."""
    look = STATUS_LOOKS[bar.mark]
    left, right = scale.frame.left, scale.frame.end
    start = scale.x(bar.start) if bar.start else None
    finish = scale.x(bar.finish) if bar.finish else None
    if start is not None and finish is not None:
        yield _line(start, finish, y, look.colour)
    elif start is not None:
        yield _line(start, right, y, look.colour, dashed=True)
    elif finish is not None:
        yield _line(left, finish, y, look.colour, dashed=True)
    if bar.mark == "overdue" and finish is not None:
        yield _line(finish, scale.x(timeline.today), y, look.colour, dashed=True)
    end = finish if finish is not None else start
    assert end is not None
    yield _shape(end, y, look, _SIZE)


def _line(start: float, end: float, y: float, colour: str, dashed: bool = False) -> str:
    return tag(
        "path",
        d=polyline([(start, y), (end, y)]),
        stroke=colour,
        stroke_width=2 if dashed else 6,
        stroke_dasharray=_DASH if dashed else None,
    )


def _shape(x: float, y: float, look: StatusLook, size: float) -> str:
    larger = 1.25 if look.shape == "triangle-up" else 1.0  # it looks smaller than the others
    path = marks_path([(x, y)], look.shape, size * larger)
    if look.is_open:
        return tag("path", d=path, fill="#ffffff", stroke=look.colour, stroke_width=2)
    return tag("path", d=path, fill=look.colour, stroke="#ffffff", stroke_width=1)


def _today(timeline: Timeline, scale: Scale) -> str:
    frame, x = scale.frame, scale.x(timeline.today)
    said = f"{timeline.today.day} {timeline.today:%B %Y}"
    half = width_of(said, frame.font) / 2
    middle = min(max(x, half), frame.width - half)
    line = tag(
        "path",
        d=f"M{short(x)} {short(frame.top)}V{short(frame.base)}",
        stroke=INK,
        stroke_width=1.5,
        stroke_dasharray=(6.0, 3.0),
    )
    return line + words(middle, 14, (said,), frame.font, text_anchor="middle", font_weight="700")
