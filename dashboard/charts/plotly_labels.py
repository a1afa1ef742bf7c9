"""The words inside a Plotly figure: at the ends of lines, and where numbers are missing."""

from collections.abc import Iterator, Sequence
from typing import Any

from dashboard.charts.chart import Chart, Segment, Series
from dashboard.charts.labels import spread
from dashboard.charts.look import INK, SOFT_INK
from dashboard.words.values import number

Json = dict[str, Any]

_HEIGHT = 420 - 62  # pixels between the ends of the value axis, as the style sheet has it
_LINE = 18  # pixels a line of a label takes


def end_labels(chart: Chart, ends: Sequence[float]) -> list[Json]:
    """One for each line, in dark ink, beside its newest number; a level names its year."""
    levels = {level.key: level.label for level in chart.levels}
    named = [
        (series.last.value, levels.get(series.key) or _own_words(chart, series), series.key)
        for series in (chart.own, *chart.comparators)
        if series.key in levels or (not series.segments and series.key != "published")
    ]
    if chart.target:
        named.append((chart.target.value, chart.target.label, "target"))
    texts = [_wrapped(text) for _, text, _ in named]
    per_pixel = (ends[1] - ends[0]) / _HEIGHT
    sizes = [(text.count("<br>") + 1) * _LINE * per_pixel for text in texts]
    places = spread([value for value, _, _ in named], sizes, ends[0], ends[1] + sizes[0] / 2)
    return [
        _end_label(place, text, key)
        for place, text, (_, _, key) in zip(places, texts, named, strict=True)
    ]


def _own_words(chart: Chart, series: Series) -> str:
    last = series.last
    shown = number(last.value, chart.decimals) + ("%" if chart.percent else "")
    ended = "" if isinstance(last, Segment) or series.key == "own" else f"<br>in {last.period}"
    return f"{series.label} {shown}{ended}"


def _end_label(place: float, text: str, key: str) -> Json:
    return {
        "xref": "paper",
        "yref": "y",
        "x": 1,
        "y": place,
        "xanchor": "left",
        "yanchor": "middle",
        "xshift": 6,
        "align": "left",
        "text": f"<b>{text}</b>" if key == "own" else text,
        "showarrow": False,
        "font": {"size": 14, "color": INK},
    }


def _wrapped(text: str, width: int = 24) -> str:
    if "<br>" in text:
        return text
    lines = [""]
    for word in text.split(" "):
        fits = len(lines[-1]) + len(word) < width
        lines[-1:] = [f"{lines[-1]} {word}".strip()] if fits else [lines[-1], word]
    return "<br>".join(line for line in lines if line)


def gap_words(chart: Chart) -> Iterator[Json]:
    for gap in chart.gaps:
        yield {
            "xref": "x",
            "yref": "paper",
            "x": (gap.start + (gap.end - gap.start) / 2).isoformat(),
            "y": 0.5,
            "text": gap.words.capitalize().replace(" ", "<br>"),
            "showarrow": False,
            "font": {"size": 13, "color": SOFT_INK},
        }
