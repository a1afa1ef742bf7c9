"""Where everything of a chart stands, in pixels: one place that both renderers draw from."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from dashboard.charts.axis import axis_words
from dashboard.charts.chart import Chart, Gap

Size = Literal["wide", "narrow"]

LINE = 1.3  # how far apart lines of words stand, in sizes of their type: what Plotly does
LETTER = 0.6  # a letter's width in sizes of its type, on average, with room to spare
BOLD = 0.66
_HEAD = 14.0  # pixels kept free above the highest value of the axis
_FLAGS = 30.0  # the same when numbered flags stand there
_SOME_DAYS = dt.timedelta(days=20)


@dataclass(frozen=True)
class Frame:
    """A picture's size and the room that words take round its plot; `font` is the type's size."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    font: float

    @property
    def end(self) -> float:
        """The plot's right edge."""
        return self.width - self.right

    @property
    def base(self) -> float:
        """The plot's lower edge."""
        return self.height - self.bottom

    @property
    def line(self) -> float:
        return self.font * LINE


@dataclass(frozen=True)
class Scale:
    """Dates and values → pixels from the picture's upper left corner."""

    frame: Frame
    first: dt.date
    last: dt.date
    low: float
    high: float

    def x(self, on: dt.date) -> float:
        share = (on - self.first).days / (self.last - self.first).days
        return self.frame.left + share * (self.frame.end - self.frame.left)

    def y(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return self.frame.base - share * (self.frame.base - self.frame.top)

    def value(self, y: float) -> float:
        """The value that stands at a height."""
        share = (self.frame.base - y) / (self.frame.base - self.frame.top)
        return self.low + share * (self.high - self.low)

    def moment(self, x: float) -> str:
        """The day and hour that stands at a place, as Plotly reads it."""
        share = (x - self.frame.left) / (self.frame.end - self.frame.left)
        start = dt.datetime.combine(self.first, dt.time())
        return (start + (self.last - self.first) * share).strftime("%Y-%m-%d %H:%M")

    def band(self, gap: Gap) -> tuple[float, float]:
        """A gap's edges; a single day is widened so that its band can be seen."""
        start = max(gap.start - _SOME_DAYS, self.first)
        end = min(gap.end + _SOME_DAYS, self.last)
        return self.x(start), self.x(end)


def scale_of(chart: Chart, size: Size) -> Scale:
    """With a little room at both ends of time, and above the values for flags."""
    words = (axis_words(chart.axis, tick, chart.percent) for tick in chart.axis.ticks)
    frame = frame_of(size, words)
    room = max(dt.timedelta(days=15), (chart.last - chart.first) * 0.025)
    tall = frame.base - frame.top
    spread = (chart.axis.high - chart.axis.low) * tall / (tall - _head(chart))
    low = chart.axis.low
    return Scale(frame, chart.first - room, chart.last + room, low, low + spread)


def _head(chart: Chart) -> float:
    return _FLAGS if chart.flags else _HEAD


def frame_of(size: Size, axis: Iterable[str], wide: int = 420, narrow: int = 320) -> Frame:
    """As much room on the left as the axis needs; on a wide one, on the right for labels."""
    if size == "wide":
        left = width_of(max(axis, key=len), 15) + 12
        return Frame(800, wide, round(left), 196, 14, 50, 15)
    left = width_of(max(axis, key=len), 14) + 10
    return Frame(320, narrow, round(max(left, 34)), 24, 14, 48, 14)


def width_of(words: str, font: float, bold: bool = False) -> float:
    return len(words) * font * (BOLD if bold else LETTER)


def wrapped(words: str, width: float, font: float, bold: bool = False) -> tuple[str, ...]:
    """Words in lines of at most so many pixels; a single longer word keeps a line of its own."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        fits = width_of(longer, font, bold) <= width
        lines[-1:] = [longer] if fits or not lines[-1] else [lines[-1], word]
    return tuple(lines)
