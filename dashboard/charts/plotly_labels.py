"""The words inside a Plotly figure: at the ends of lines, and where numbers are missing."""

from collections.abc import Iterator
from typing import Any

from dashboard.charts.chart import Chart
from dashboard.charts.ends import APART, end_labels
from dashboard.charts.gap_words import gap_words
from dashboard.charts.geometry import Scale
from dashboard.charts.look import INK, SOFT_INK
from dashboard.charts.plotly_pixels import words_at

Json = dict[str, Any]


def end_annotations(chart: Chart, scale: Scale) -> Iterator[Json]:
    """`name` says which series a label belongs to, so that a page can hide it."""
    x = scale.frame.end + APART
    for label in end_labels(chart, scale):
        placed = words_at(x, label.y, label.lines, scale.frame, INK, bold=label.bold)
        yield {"name": label.key, **placed}


def gap_annotations(chart: Chart, scale: Scale) -> Iterator[Json]:
    for one in gap_words(chart, scale):
        yield words_at(one.x, one.y, one.lines, scale.frame, SOFT_INK, "middle")
