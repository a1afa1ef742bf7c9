"""One breakdown of the latest term as bars, each with its value in words."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from dashboard.charts.hover import counted_words
from dashboard.view import Breakdown, MeasureView, Part
from dashboard.words.periods import period_words
from dashboard.words.values import figure_words
from schemas.measure import Measure
from schemas.observation import JOIN

_MANY = 6


@dataclass(frozen=True)
class Bar:
    """`share` is the bar's length in per cent of the scale; None where there is no number."""

    label: str
    words: str
    detail: str
    share: float | None


@dataclass(frozen=True)
class Bars:
    """`choices` are the breakdowns that can be shown, by id and title."""

    id: str
    title: str
    period: str
    bars: tuple[Bar, ...]
    choices: tuple[tuple[str, str], ...]


def build_bars(view: MeasureView, wanted: str = "") -> Bars | None:
    """The breakdown asked for, or the first, of those by one filter; None when there is none."""
    single = sorted((b for b in view.breakdowns if JOIN not in b.id), key=_place(view.measure))
    if not single:
        return None
    chosen = next((one for one in single if one.id == wanted), single[0])
    return Bars(
        id=chosen.id,
        title=chosen.title,
        period=period_words(chosen.period, view.measure.basis),
        bars=tuple(_bars(chosen, view.measure)),
        choices=tuple((one.id, one.title) for one in single),
    )


def _place(measure: Measure) -> Callable[[Breakdown], int]:
    """In the order of the measure's definition, what its headline is about first."""
    names = [measure.headline.breakdown, *(JOIN.join(one) for one in measure.source.breakdowns)]
    return lambda one: names.index(one.id) if one.id in names else len(names)


def _bars(breakdown: Breakdown, measure: Measure) -> Iterator[Bar]:
    parts = _ordered(breakdown.parts)
    values = [part.point.value for part in parts if part.point.value is not None]
    top = max([100.0 if measure.unit == "percent" else 0.0, *values]) or 1.0
    for part in parts:
        value = part.point.value
        share = None if value is None else round(100 * value / top, 2)
        yield Bar(
            capital(part.label),
            figure_words(part.point, measure),
            counted_words(part.point, measure),
            share,
        )


def _ordered(parts: Sequence[Part]) -> Sequence[Part]:
    """A few categories keep their own order; many are sorted, the largest first."""
    if len(parts) <= _MANY:
        return parts
    return sorted(parts, key=lambda part: -(part.point.value or 0))


def capital(label: str) -> str:
    return label[:1].upper() + label[1:]
