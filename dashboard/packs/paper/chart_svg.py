"""A chart of a pack as SVG: axes, lines that differ in more than colour, a name at each line's end.

Terms stand at even distances, as in the charts of the slides and of the Word document.
"""

import math
from collections.abc import Iterator, Sequence

from dashboard.charts.axis import axis_words
from dashboard.charts.chart import Axis
from dashboard.charts.geometry import LINE, Frame, frame_of, width_of, wrapped
from dashboard.charts.labels import spread
from dashboard.charts.look import GRID, INK, PAPER, SOFT_INK
from dashboard.charts.svg_parts import Value, polyline, short, tag, words
from dashboard.charts.svg_shapes import OTHER_SIZE, OWN_SIZE, marks_path
from dashboard.packs.pack import PackChart, PackSeries
from dashboard.packs.paper.line_looks import look_of
from dashboard.words.values import number

FONT = "Arimo, DejaVu Sans"
_TALL = 350
_APART = 8.0  # pixels between the plot and the samples of its lines
_SAMPLE = 11.0  # half the length of a sample
_NAME = _APART + 2 * _SAMPLE + 6  # where the names begin
_ALONE = 20.0  # half the length of a whole year's dash where there is one term
_DASH = 0.32  # half the length of a whole year's dash, in distances between two terms
_STEPS = (1, 2, 2.5, 5, 10)

Places = Sequence[float]
Place = tuple[float, float]
Run = list[tuple[int, float]]


def chart_svg(chart: PackChart) -> str:
    """A whole picture; what it shows is said in words beside it."""
    axis = _axis(chart)
    said = [axis_words(axis, tick, chart.percent) for tick in axis.ticks]
    frame = frame_of("wide", said, wide=_TALL)
    across = _across(frame, len(chart.categories))
    drawn = [
        *_values(frame, axis, said),
        *_terms(frame, chart.categories, across),
        *(part for one in reversed(chart.series) for part in _series(frame, chart, one, across)),
        *_names(frame, chart),
    ]
    return tag(
        "svg",
        "".join(drawn),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=(0, 0, frame.width, frame.height),
        font_family=FONT,
        font_size=frame.font,
        fill=INK,
    )


def _axis(chart: PackChart) -> Axis:
    """Three to seven round values from the lowest to the highest of the axis."""
    spread_ = (chart.high - chart.low) or 1.0
    power = 10.0 ** math.floor(math.log10(spread_))
    steps = (factor * power * tenth for tenth in (0.1, 1) for factor in _STEPS)
    step = next(one for one in steps if spread_ / one <= 6)
    count = int(spread_ / step + 1e-9) + 1
    ticks = tuple(round(chart.low + step * place, 10) for place in range(count))
    return Axis(chart.low, chart.low + spread_, ticks)


def _across(frame: Frame, count: int) -> Places:
    """The middle of each term's place."""
    step = (frame.end - frame.left) / max(count, 1)
    return [frame.left + step * (place + 0.5) for place in range(count)]


def _height(frame: Frame, chart: Axis | PackChart, value: float) -> float:
    share = (value - chart.low) / ((chart.high - chart.low) or 1.0)
    return frame.base - share * (frame.base - frame.top)


def _values(frame: Frame, axis: Axis, said: Sequence[str]) -> Iterator[str]:
    for tick, one in zip(axis.ticks, said, strict=True):
        y = _height(frame, axis, tick)
        colour = SOFT_INK if tick == axis.low else GRID
        yield tag("path", d=polyline([(frame.left, y), (frame.end, y)]), stroke=colour)
        yield words(frame.left - 6, y, [one], frame.font, text_anchor="end")


def _terms(frame: Frame, categories: Sequence[str], across: Places) -> Iterator[str]:
    """The newest term is always named, and as many of the others as there is room for."""
    named = [one.split(" ", 1) for one in categories]
    widest = max((width_of(line, frame.font) for one in named for line in one), default=0.0)
    step = (frame.end - frame.left) / max(len(named), 1)
    every = max(1, -int(-(widest + 6) // step))
    for place in range(len(named) - 1, -1, -every):
        y = frame.base + frame.font * (0.9 + LINE * (len(named[place]) - 1) / 2)
        yield words(across[place], y, named[place], frame.font, text_anchor="middle")


def _series(frame: Frame, chart: PackChart, one: PackSeries, across: Places) -> Iterator[str]:
    """Its line, or a dash of its own for each place of a whole year, then its marks."""
    runs = [
        [(across[at], _height(frame, chart, value)) for at, value in run]
        for run in _runs(one.values)
    ]
    each = [place for run in runs for place in run]
    half = _DASH * (across[1] - across[0]) if len(across) > 1 else _ALONE
    joined = "".join(polyline(run) for run in runs if len(run) > 1)
    yield from _drawn(one, _dashes(each, half) if one.kind == "year" else joined, each)


def _drawn(one: PackSeries, path: str, marks: Sequence[Place]) -> Iterator[str]:
    look = look_of(one)
    line: dict[str, Value] = {
        "stroke": look.colour,
        "stroke_width": look.width,
        "stroke_dasharray": look.dash,
    }
    if path:
        yield tag("path", d=path, fill="none", **line)
    if look.shape and marks:
        size = OWN_SIZE if one.key == "own" else OTHER_SIZE
        fill = PAPER if look.shape.endswith("-open") else look.colour
        shapes = marks_path(marks, look.shape, size)
        yield tag("path", d=shapes, fill=fill, stroke=look.colour, stroke_width=1.5)


def _runs(values: Sequence[float | None]) -> Iterator[Run]:
    """Numbers that follow each other: nothing is drawn across a term without a number."""
    run: Run = []
    for place, value in enumerate(values):
        if value is not None:
            run.append((place, value))
        elif run:
            yield run
            run = []
    if run:
        yield run


def _dashes(places: Sequence[Place], half: float) -> str:
    return "".join(f"M{short(x - half)} {short(y)}H{short(x + half)}" for x, y in places)


def _names(frame: Frame, chart: PackChart) -> Iterator[str]:
    """Beside each line's newest number and behind a piece of the line, none covering another."""
    ends = [(one, value) for one in chart.series if (value := _newest(one)) is not None]
    sizes = [frame.font * (0.8 if look_of(one).quiet else 0.88) for one, _ in ends]
    lines = [
        _name(frame, chart, one, value, size)
        for (one, value), size in zip(ends, sizes, strict=True)
    ]
    talls = [len(name) * size * LINE + 3 for name, size in zip(lines, sizes, strict=True)]
    wished = [_height(frame, chart, value) for _, value in ends]
    places = spread(wished, talls, 2, frame.height - 2)
    for (one, _), name, size, y in zip(ends, lines, sizes, places, strict=True):
        yield from _sample(one, frame.end + _APART, y)
        weight = "700" if one.key == "own" else None
        x = frame.end + _NAME
        yield words(x, y, name, size, font_size=size, font_weight=weight)


def _sample(one: PackSeries, x: float, y: float) -> Iterator[str]:
    yield from _drawn(one, _dashes([(x + _SAMPLE, y)], _SAMPLE), [(x + _SAMPLE, y)])


def _newest(one: PackSeries) -> float | None:
    return next((value for value in reversed(one.values) if value is not None), None)


def _name(
    frame: Frame, chart: PackChart, one: PackSeries, value: float, size: float
) -> tuple[str, ...]:
    shown = number(value, chart.decimals) + ("%" if chart.percent else "")
    said = f"{one.label} {shown}" if one.kind in ("line", "year", "path") else one.label
    return wrapped(said, frame.right - _NAME - 2, size, one.key == "own")
