"""Charts read back: the values that points and lines stand at, by the labels of the axis."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_SVG = re.compile(r"<svg[^>]*class=\"chart-svg.*?</svg>", re.S)
_SERIES = re.compile(r'<g class="series" data-series="([^"]+)">(.*?)</g>(?=<text|</g>)', re.S)
_MARK = re.compile(r"M[\d.]+ ([\d.]+)m-")
_WHISKER = re.compile(r"M[\d.]+ ([\d.]+)V([\d.]+)")
_LINE = re.compile(r"[ML][\d.]+ ([\d.]+)(?![\d.mV])")
_GRID = re.compile(r"M[\d.]+ ([\d.]+)H")
_TICK = re.compile(r"<text [^>]*>([−-]?[\d,.]+)%?</text>")


@dataclass(frozen=True)
class Chart:
    """`marks` and `lines` are values by series, `whiskers` the ends of intervals, `near` how well
    the drawing tells a value; `low`, `high` and `step` are the axis."""

    marks: Mapping[str, tuple[float, ...]]
    lines: Mapping[str, tuple[float, ...]]
    whiskers: tuple[tuple[float, float], ...]
    low: float
    high: float
    step: float
    near: float


def read_charts(page: str) -> list[Chart]:
    """Every chart of a page."""
    return [_chart(found[0]) for found in _SVG.finditer(page)]


def _chart(svg: str) -> Chart:
    grid = [float(y) for y in _GRID.findall(svg.split('class="series"')[0])]
    axis = svg.split('text-anchor="end"')[1].split("</g>")[0]
    ticks = [float(text.replace(",", "").replace("−", "-")) for text in _TICK.findall(axis)]
    assert len(grid) == len(ticks) > 1, "the labels of the axis do not belong to its lines"
    per_unit = (ticks[-1] - ticks[0]) / (grid[0] - grid[-1])

    def value(y: str) -> float:
        return ticks[0] + (grid[0] - float(y)) * per_unit

    every: dict[str, str] = dict(_SERIES.findall(svg))
    lines = {name: "".join(_paths(body)) for name, body in every.items()}
    return Chart(
        marks={name: tuple(map(value, _MARK.findall(body))) for name, body in every.items()},
        lines={name: tuple(map(value, _LINE.findall(line))) for name, line in lines.items()},
        whiskers=tuple(
            (value(a), value(b)) for body in every.values() for a, b in _WHISKER.findall(body)
        ),
        low=ticks[0],
        high=ticks[-1],
        step=ticks[1] - ticks[0],
        near=0.06 * per_unit + 1e-9,
    )


def _paths(body: str) -> list[str]:
    """The paths that join points, not the marks and whiskers."""
    return [path for path in re.findall(r'd="([^"]+)"', body) if not re.search("[aVvhm]", path)]
