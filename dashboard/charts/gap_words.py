"""Why numbers are missing, written inside each gap where no line runs through the words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dashboard.charts.chart import Chart, Gap, Series
from dashboard.charts.geometry import LINE, Scale, width_of, wrapped

_CLEAR = 5.0  # pixels between the words and a line
_STEP = 6

Box = tuple[float, float, float, float]  # left, right, upper edge, lower edge


@dataclass(frozen=True)
class GapWords:
    """`x` and `y` are the middle of the lines."""

    x: float
    y: float
    lines: tuple[str, ...]


def gap_words(chart: Chart, scale: Scale) -> tuple[GapWords, ...]:
    """None for a gap without a free place: its reason stands in the chart's description."""
    placed: list[tuple[Box, GapWords]] = []
    for gap in chart.gaps:
        found = _place(gap, chart, scale, [box for box, _ in placed])
        placed += [found] if found else []
    return tuple(words for _, words in placed)


def _place(
    gap: Gap, chart: Chart, scale: Scale, taken: Sequence[Box]
) -> tuple[Box, GapWords] | None:
    frame = scale.frame
    start, end = scale.band(gap)
    lines = wrapped(gap.words.capitalize(), max(end - start, 66), frame.font)
    half = max(width_of(line, frame.font) for line in lines) / 2
    x = min(max((start + end) / 2, frame.left + half), frame.end - half)
    tall = len(lines) * frame.font * LINE / 2
    lower, upper = round(frame.base - tall - 4), round(scale.y(chart.axis.high) + tall)
    middle = (lower + upper) / 2
    crossed = [*_heights(chart, scale, x - half, x + half)]
    for y in sorted(range(upper, lower, _STEP), key=lambda y: abs(y - middle)):
        box = (x - half, x + half, y - tall, y + tall)
        if _free(box, crossed) and not any(_meet(box, other) for other in taken):
            return box, GapWords(x, y, lines)
    return None


def _free(box: Box, heights: Sequence[float]) -> bool:
    return all(not box[2] - _CLEAR < height < box[3] + _CLEAR for height in heights)


def _meet(one: Box, other: Box) -> bool:
    beside = one[1] <= other[0] or other[1] <= one[0]
    return not (beside or one[3] <= other[2] or other[3] <= one[2])


def _heights(chart: Chart, scale: Scale, left: float, right: float) -> Iterator[float]:
    """How high every line stands between two places."""
    spans = [(level.start, level.end, level.value) for level in chart.levels]
    spans += [(limit.start, limit.end, limit.value) for limit in chart.limits]
    spans += [(s.start, s.end, s.value) for one in chart.series for s in one.segments]
    if chart.target:
        spans.append((chart.target.since or scale.first, scale.last, chart.target.value))
    for start, end, value in spans:
        if scale.x(start) < right and scale.x(end) > left:
            yield scale.y(value)
    for series in chart.series:
        yield from _run_heights(series, scale, left, right)


def _run_heights(series: Series, scale: Scale, left: float, right: float) -> Iterator[float]:
    for run in series.runs:
        places = [(scale.x(mark.on), scale.y(mark.value)) for mark in run]
        yield from (y for x, y in places if left - 8 < x < right + 8)
        for (x0, y0), (x1, y1) in pairwise(places):
            for x in (left, (left + right) / 2, right):
                if x0 <= x <= x1:
                    yield y0 + (y1 - y0) * (x - x0) / (x1 - x0)
