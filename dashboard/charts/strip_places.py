"""Where everything of a strip of areas stands, in pixels: both renderers draw from it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dashboard.charts.axis import axis_words
from dashboard.charts.geometry import LINE, Frame, Size, frame_of, width_of, wrapped
from dashboard.charts.labels import spread
from dashboard.charts.strip import Reference, Strip

APART = 8.0
_CLEAR = 12.0  # pixels from the middle of a label to what it must not touch
_ROWS = 46.0  # where the words of the rows above a narrow plot begin


@dataclass(frozen=True)
class Places:
    """Areas stand side by side, from the left edge of the plot to the right."""

    frame: Frame
    strip: Strip

    def x(self, place: float) -> float:
        share = (place + 0.5) / len(self.strip.areas)
        return self.frame.left + share * (self.frame.end - self.frame.left)

    def y(self, value: float) -> float:
        axis, frame = self.strip.axis, self.frame
        share = (value - axis.low) / (axis.high - axis.low)
        return frame.base - share * (frame.base - frame.top)


@dataclass(frozen=True)
class Words:
    """Lines of words; `x` is their `anchor` (`start`, `middle`, `end`), `y` their middle."""

    x: float
    y: float
    lines: tuple[str, ...]
    anchor: str = "start"
    bold: bool = False


def places_of(strip: Strip, size: Size) -> Places:
    """A narrow one has its labels in rows above the plot, where there is room for them."""
    words = [axis_words(strip.axis, tick, strip.percent) for tick in strip.axis.ticks]
    frame = replace(frame_of(size, words, 320, 320), bottom=32)
    if size == "narrow":
        lines = sum(len(one) for _, one in _rows(strip, frame.font))
        frame = replace(frame, top=round(14 + lines * frame.line), right=10)
    return Places(frame, strip)


def row_words(places: Places) -> list[tuple[Reference | None, Words]]:
    """The rows above a narrow plot; None for the area's own."""
    line, y, rows = places.frame.line, 6.0, []
    for reference, lines in _rows(places.strip, places.frame.font):
        tall = len(lines) * line
        rows.append((reference, Words(_ROWS, y + tall / 2, lines, bold=reference is None)))
        y += tall
    return rows


def _rows(strip: Strip, font: float) -> Iterator[tuple[Reference | None, tuple[str, ...]]]:
    room = 320 - _ROWS - 4
    if strip.own_label:
        yield None, wrapped(strip.own_label, room, font, bold=True)
    for reference in strip.references:
        yield reference, wrapped(reference.label, room, font)


def end_words(places: Places) -> list[Words]:
    """The labels at the right ends of a wide plot's level lines."""
    frame, references = places.frame, places.strip.references
    lines = [wrapped(one.label, frame.right - APART - 2, frame.font) for one in references]
    wanted = [places.y(one.value) for one in references]
    sizes = [len(one) * frame.font * LINE for one in lines]
    moved = spread(wanted, sizes, 2, frame.height - 2)
    return [Words(frame.end + APART, y, one) for y, one in zip(moved, lines, strict=True)]


def own_words(places: Places) -> Words | None:
    """The area's own label: above all the marks it stands over, or else below them."""
    strip, frame = places.strip, places.frame
    own = next(iter(strip.of_role("own")), None)
    if own is None or not strip.own_label:
        return None
    wide = width_of(strip.own_label, frame.font, bold=True)
    # Numbers rise to the right, so there is room on the left above, and on the right below.
    x = min(max(places.x(own[0]) - wide / 2, frame.left + 2), frame.end - wide - 2)
    over = [area for n, area in enumerate(strip.areas) if x - 4 < places.x(n) < x + wide + 4]
    highs = [places.y(max(_ends(area.value, area.high))) for area in over]
    lows = [places.y(min(_ends(area.value, area.low))) for area in over]
    lines = [places.y(one.value) for one in strip.references]
    y = _clear(min(highs) - _CLEAR, lines, -2)
    if y < frame.top + frame.font / 2:
        y = min(_clear(max(lows) + _CLEAR, lines, 2), frame.base - frame.font / 2)
    return Words(x, y, (strip.own_label,), bold=True)


def own_leader(places: Places, label: Words) -> tuple[float, float, float] | None:
    """A thin upright line that ties the label to its mark: `x` and both heights."""
    ((place, value, area),) = places.strip.of_role("own")[:1]
    above = label.y < places.y(value)
    edge = max(_ends(value, area.high)) if above else min(_ends(value, area.low))
    start, end = places.y(edge), label.y + (_CLEAR - 2) * (1 if above else -1)
    return (places.x(place), start, end) if abs(start - end) > 6 else None


def _clear(y: float, lines: Sequence[float], step: float) -> float:
    """Onwards from `y` to where no line runs through the words."""
    while any(abs(y - line) < _CLEAR for line in lines):
        y += step
    return y


def order_words(places: Places) -> list[Words]:
    """Which end is which."""
    frame, many = places.frame, len(places.strip.areas)
    y = frame.height - 14
    return [
        Words(frame.left, y, ("Lowest",)),
        Words(frame.end, y, (f"Highest of {many} areas",), "end"),
    ]


def _ends(value: float | None, end: float | None) -> list[float]:
    return [one for one in (value, end) if one is not None]
