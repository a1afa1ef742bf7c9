"""The labels at the ends of lines: one for each line, beside its newest number, none covered."""

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.charts.chart import Chart, Series
from dashboard.charts.geometry import LINE, Scale, wrapped
from dashboard.charts.labels import spread
from dashboard.words.values import number

APART = 8.0  # pixels between the plot and its labels


@dataclass(frozen=True)
class EndLabel:
    """`y` is the middle of its lines. `key` names the series, or is `target`."""

    key: str
    lines: tuple[str, ...]
    y: float
    bold: bool


def end_labels(chart: Chart, scale: Scale) -> tuple[EndLabel, ...]:
    """In dark ink, as none of the palette's light colours may be used for words."""
    named = [*_named(chart)]
    frame = scale.frame
    room = frame.right - APART - 2
    lines = [
        tuple(part for line in words for part in wrapped(line, room, frame.font, key == "own"))
        for key, words, _ in named
    ]
    places = [scale.y(value) for _, _, value in named]
    sizes = [len(one) * frame.font * LINE for one in lines]
    places = spread(places, sizes, 2, frame.height - 2)
    return tuple(
        EndLabel(key, words, y, key == "own")
        for (key, _, _), words, y in zip(named, lines, places, strict=True)
    )


def _named(chart: Chart) -> Iterator[tuple[str, tuple[str, ...], float]]:
    levels = {level.key: level.label for level in chart.levels}
    path = (chart.path,) if chart.path else ()
    counted = () if chart.projected else (chart.own,)  # its line ends before the chart does
    for series in (*counted, *chart.comparators, *path, *chart.projected):
        if series.key in levels:
            yield series.key, (levels[series.key],), series.last.value
        elif not series.segments and series.key != "published":
            yield series.key, _words(chart, series), series.last.value
    if chart.target:
        yield "target", (chart.target.label,), chart.target.value


def _words(chart: Chart, series: Series) -> tuple[str, ...]:
    shown = number(series.last.value, chart.decimals) + ("%" if chart.percent else "")
    said = f"{series.label} {shown}"
    return (said,) if series.key == "own" else (said, f"in {series.last.period}")
