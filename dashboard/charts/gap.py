"""The SEND gap: one number for pupils with a plan, with support and with no SEN, here and there."""

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.charts.axis import value_axis
from dashboard.charts.chart import Axis
from schemas.measure import Measure


@dataclass(frozen=True)
class GapValue:
    """A number and the few words beside its mark; None where there is none, and the reason. An
    area whose words are all "" is not named in the key."""

    value: float | None
    words: str


@dataclass(frozen=True)
class GapRow:
    """One group of pupils: `EHC plan`, `SEN support`, `No SEN`."""

    label: str
    local: GapValue
    england: GapValue


@dataclass(frozen=True)
class GapChart:
    """The last row, pupils with no SEN, is what the others are set against."""

    area: str
    rows: tuple[GapRow, ...]
    axis: Axis
    percent: bool


def build_gap(rows: Iterable[GapRow], area: str, measure: Measure) -> GapChart | None:
    """None when no group has a number. `rows` end with the group the others are set against."""
    given = tuple(rows)
    found = [one.value for row in given for one in (row.local, row.england)]
    values = [value for value in found if value is not None]
    if not values:
        return None
    axis = value_axis([0.0, *values], measure.decimals, 100 if measure.unit == "percent" else None)
    return GapChart(area, given, axis, measure.unit == "percent")
