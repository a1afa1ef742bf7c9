"""The SEND gap as SVG: the area's marks and England's, each tied to its pupils with no SEN."""

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.charts.axis import axis_words
from dashboard.charts.gap import GapChart, GapRow, GapValue
from dashboard.charts.geometry import Frame, Size, width_of
from dashboard.charts.look import GRID, INK, LOOKS, SOFT_INK
from dashboard.charts.svg_parts import drawing, polyline, short, tag, words
from dashboard.charts.svg_shapes import marks_path

_ROW = {"wide": 50.0, "narrow": 66.0}  # with the area's lane alone
_LANE = 26.0  # between the area's mark and England's
_KEY = 30.0
_AXIS = 30.0
_SIZE = 12.0
_LANES = ("own", "england")


@dataclass(frozen=True)
class _Places:
    frame: Frame
    gap: GapChart
    size: Size

    def x(self, value: float) -> float:
        axis, frame = self.gap.axis, self.frame
        share = (value - axis.low) / (axis.high - axis.low)
        return frame.left + share * (frame.end - frame.left)

    def y(self, row: int, lane: int) -> float:
        """A wide one has its labels on the left, a narrow one above each row."""
        top = self.frame.top + row * _row_height(self.gap, self.size)
        return top + (26 if self.size == "wide" else 42) + lane * _LANE


def gap_svg(gap: GapChart, size: Size) -> str:
    """The picture alone: its box gives it a name, its width and a white ground."""
    places = _places(gap, size)
    frame = places.frame
    content = [
        _grid(places),
        *(_series(lane, places) for lane in range(len(_LANES))),
        *(_label(n, row, places) for n, row in enumerate(gap.rows)),
        *_key(places),
    ]
    body = tag("g", "".join(content), font_size=frame.font)
    return drawing(frame.width, frame.height, f"chart-svg chart-svg-{size}", body)


def _places(gap: GapChart, size: Size) -> _Places:
    height = _KEY + len(gap.rows) * _row_height(gap, size) + _AXIS
    font = 15 if size == "wide" else 14
    longest = max(width_of(row.label, font, bold=True) for row in gap.rows)
    both = (one for row in gap.rows for one in (row.local, row.england))
    said = max(len(one.words) for one in both if one.value is not None)
    left = longest + 16 if size == "wide" else 14
    right = width_of("0" * said, font, bold=True) + 20
    width = 800 if size == "wide" else 320
    return _Places(Frame(width, height, round(left), round(right), _KEY, _AXIS, font), gap, size)


def _row_height(gap: GapChart, size: Size) -> float:
    return _ROW[size] + (_LANE if _has_england(gap) else 0)


def _has_england(gap: GapChart) -> bool:
    return any(row.england.words for row in gap.rows)


def _grid(places: _Places) -> str:
    frame, axis = places.frame, places.gap.axis
    ticks = axis.ticks if places.size == "wide" else (axis.ticks[0], axis.ticks[-1])
    path = "".join(f"M{short(places.x(t))} {short(frame.top)}V{short(frame.base)}" for t in ticks)
    y = frame.base + 18
    names = (
        words(places.x(t), y, (axis_words(axis, t, places.gap.percent),), frame.font) for t in ticks
    )
    named = tag("g", "".join(names), fill=SOFT_INK, text_anchor="middle")
    return tag("path", d=path, stroke=GRID, shape_rendering="crispEdges") + named


def _series(lane: int, places: _Places) -> str:
    """All of one area's marks, and the thin lines from its pupils with no SEN to the others."""
    key = _LANES[lane]
    look = LOOKS[key]
    values = [_value(row, lane) for row in places.gap.rows]
    base = values[-1].value if values else None
    lines, marks, said = [], [], []
    for n, one in enumerate(values):
        y = places.y(n, lane)
        if one.value is None:
            start = places.frame.left + 4
            why = words(start, y, (one.words,), places.frame.font, fill=SOFT_INK)
            said += [why] if one.words else []
            continue
        x = places.x(one.value)
        if base is not None and n < len(values) - 1:
            lines.append(polyline([(places.x(base), y), (x, y)]))
        marks.append((x, y))
        after = x if base is None else max(x, places.x(base))
        weight = "700" if key == "own" else None
        said.append(words(after + 12, y, (one.words,), places.frame.font, font_weight=weight))
    thin = tag("path", d="".join(lines), stroke=look.colour, stroke_width=2) if lines else ""
    path = tag("path", d=marks_path(marks, look.shape, _SIZE), fill=look.colour) if marks else ""
    return tag("g", thin + path + "".join(said), class_="series", data_series=key)


def _value(row: GapRow, lane: int) -> GapValue:
    return row.local if lane == 0 else row.england


def _label(n: int, row: GapRow, places: _Places) -> str:
    font = places.frame.font
    if places.size == "wide":
        y = (places.y(n, 0) + places.y(n, 1 if _has_england(places.gap) else 0)) / 2
        return words(0, y, (row.label,), font, font_weight="700")
    return words(0, places.y(n, 0) - 26, (row.label,), font, font_weight="700")


def _key(places: _Places) -> Iterator[str]:
    x, font = 8.0, places.frame.font
    for lane, name in enumerate((places.gap.area, "England")):
        look = LOOKS[_LANES[lane]]
        if lane and not _has_england(places.gap):
            continue
        yield tag("path", d=marks_path([(x, 12)], look.shape, _SIZE), fill=look.colour)
        yield words(x + 12, 12, (name,), font, fill=INK)
        x += width_of(name, font) + 40
