"""Yearly counts and what they come to if growth goes on: a chart that says it is a projection."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.analysis.projection import Step
from dashboard.charts.axis import value_axis
from dashboard.charts.chart import Axis, Band, Chart, Mark, Series, Target, Tick
from dashboard.words.values import number
from schemas.term import sen2_census_on

_MOST_TICKS = 5


@dataclass(frozen=True)
class Counted:
    """A count of one January; `own` when it is the area's own and not a publisher's."""

    year: int
    value: float
    own: bool = False


def projection_chart(
    counted: Sequence[Counted],
    steps: Sequence[Step],
    what_if: Sequence[float] = (),
    places: tuple[float, str] | None = None,
) -> Chart:
    """
    Args:
        steps: of the years after the last that was counted.
        what_if: a person's own numbers for the same years.
        places: how many there are and what they are called.
    """
    last = counted[-1]
    years = [last.year + step.ahead for step in steps]
    middles = [step.middle for step in steps]
    projected = [_line("projection", "Projection", last, years, middles)]
    if what_if:
        projected.append(_line("what_if", "What if", last, years, what_if))
    return Chart(
        first=_day(counted[0].year),
        last=_day(years[-1]),
        ticks=tuple(_ticks([*(one.year for one in counted), *years])),
        axis=_axis(counted, steps, what_if, places),
        percent=False,
        decimals=0,
        own=Series("own", "Counted", runs=(tuple(_mark(one) for one in counted),)),
        months=None,
        comparators=(),
        levels=(),
        gaps=(),
        target=Target(places[0], places[1], _day(last.year)) if places else None,
        projected=tuple(projected),
        bands=(_band("95%", last, steps), _band("80%", last, steps)),
    )


def _day(year: int) -> dt.date:
    return sen2_census_on(year)


def _mark(one: Counted) -> Mark:
    """An area's own count is hollow."""
    words = f"January {one.year}: {number(one.value, 0)}"
    return Mark(_day(one.year), one.value, f"January {one.year}", one.own, words=words)


def _line(
    key: str, label: str, last: Counted, years: Sequence[int], values: Sequence[float]
) -> Series:
    """The projection begins at the last count, under its mark."""
    marks = tuple(
        Mark(_day(year), value, f"January {year}", words=f"{label}, January {year}")
        for year, value in zip(years, values, strict=True)
    )
    start = (Mark(_day(last.year), last.value, f"January {last.year}"),)
    before = start if key == "projection" else ()
    return Series(key, label, "nobody has counted these", runs=((*before, *marks),))


def _band(label: str, last: Counted, steps: Sequence[Step]) -> Band:
    start = (_day(last.year), last.value, last.value)
    wide = label == "95%"
    ends = (
        (
            _day(last.year + step.ahead),
            step.low95 if wide else step.low80,
            step.high95 if wide else step.high80,
        )
        for step in steps
    )
    return Band(f"{label} range", (start, *ends))


def _axis(
    counted: Sequence[Counted],
    steps: Sequence[Step],
    what_if: Sequence[float],
    places: tuple[float, str] | None,
) -> Axis:
    """From 0, so that growth looks as large as it is."""
    values = [one.value for one in counted] + [step.high95 for step in steps]
    return value_axis([0.0, *values, *what_if, *([places[0]] if places else [])], 0)


def _ticks(years: Sequence[int]) -> list[Tick]:
    """The newest years first, so few that a telephone has room for their names."""
    step = -(-len(years) // _MOST_TICKS)
    return [Tick(_day(year), "Jan", str(year)) for year in years[::-1][::step][::-1]]
