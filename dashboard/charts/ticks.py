"""Which terms the time axis names, so that no name touches the next."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from dashboard.charts.chart import Chart, Tick
from dashboard.charts.geometry import Scale, width_of

_APART = 5.0  # pixels between two names
_SHOWN = 3  # letters of a term's name

Named = tuple[Tick, tuple[str, str]]


def named_ticks(chart: Chart, scale: Scale) -> tuple[Named, ...]:
    """Every term where there is room, else autumns, else every second, third … autumn. The year
    stands once, under its first term: `2025/26`, or `25/26` where space is short."""
    autumns = [tick for tick in chart.ticks if tick.name == "Autumn"] or list(chart.ticks[-1:])
    fewer = (autumns[::-1][::step][::-1] for step in range(1, len(autumns) + 1))
    for ticks in (chart.ticks, *fewer):
        for cut in (0, 2):
            named = tuple(_named(ticks, cut, scale))
            if _fits(named, scale):
                return named
    return ()


def _named(ticks: Sequence[Tick], cut: int, scale: Scale) -> Iterator[Named]:
    before = ""
    for place, tick in enumerate(ticks):
        year = tick.year[cut:] if tick.year != before else ""
        if place == 0 and _crowds(ticks, year, scale):
            year = ""  # the next term's year says it as well
        yield tick, (tick.name[:_SHOWN], year)
        before = tick.year


def _crowds(ticks: Sequence[Tick], year: str, scale: Scale) -> bool:
    turn = next((tick for tick in ticks if tick.year != ticks[0].year), None)
    if turn is None:
        return False
    apart = scale.x(turn.on) - scale.x(ticks[0].on)
    return apart < width_of(year, scale.frame.font) + _APART


def _fits(named: Sequence[Named], scale: Scale) -> bool:
    for line in (0, 1):
        shown = [(scale.x(tick.on), lines[line]) for tick, lines in named if lines[line]]
        for (left, first), (right, second) in pairwise(shown):
            half = (len(first) + len(second)) / 2
            if right - left < half * width_of("0", scale.frame.font) + _APART:
                return False
    return True
