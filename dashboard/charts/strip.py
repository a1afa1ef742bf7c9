"""One measure in every area at one time, lowest first, with the area and its like marked out."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from dashboard.charts.axis import value_axis
from dashboard.charts.chart import Axis
from dashboard.charts.look import LOOKS, OTHER, Look
from schemas.measure import Measure

Role = Literal["own", "neighbour", "group", "other"]

# In the order in which they are drawn, so that the area itself lies on top.
ROLES: dict[Role, Look] = {
    "other": Look(OTHER, (), "circle", 1),
    "group": Look("#801650", (), "square", 1.5),
    "neighbour": Look("#28A197", (), "triangle-up", 1.5),
    "own": Look("#12436D", (), "circle", 2.5),
}
SIZES: dict[Role, float] = {"other": 4, "group": 7, "neighbour": 8, "own": 11}


@dataclass(frozen=True)
class StripMark:
    """One area's number; `low` and `high` are its 95% interval. `value` is None where it has no
    number, and then it is not drawn. `words` is what a reader is told who points at it."""

    code: str
    name: str
    value: float | None
    low: float | None
    high: float | None
    role: Role
    words: str


@dataclass(frozen=True)
class Reference:
    """A level line: `england`, `region` or `neighbours`, with its label."""

    key: str
    value: float
    label: str


@dataclass(frozen=True)
class Strip:
    """Areas with a number, lowest first; `own_label` stands beside the area's own mark."""

    areas: tuple[StripMark, ...]
    references: tuple[Reference, ...]
    axis: Axis
    percent: bool
    own_label: str

    @property
    def numbers(self) -> tuple[float, ...]:
        return tuple(area.value for area in self.areas if area.value is not None)

    def of_role(self, role: Role) -> list[tuple[int, float, StripMark]]:
        """Place, value and area of each area of a role."""
        places = enumerate(zip(self.numbers, self.areas, strict=True))
        return [(place, value, area) for place, (value, area) in places if area.role == role]


def build_strip(
    areas: Iterable[StripMark],
    references: Iterable[Reference],
    measure: Measure,
    own_label: str = "",
) -> Strip | None:
    """None when no area has a number. An area without one is left out, never put at nought."""
    shown = [area for area in areas if area.value is not None]
    if not shown:
        return None
    shown.sort(key=lambda area: (area.value or 0.0, area.name))
    given = tuple(references)
    values = [one.value for one in given]
    for area in shown:
        values += [end for end in (area.value, area.low, area.high) if end is not None]
    percent = measure.unit == "percent"
    axis = value_axis(values, measure.decimals, 100 if percent else None)
    return Strip(tuple(shown), given, axis, percent, own_label)


def reference_look(reference: Reference) -> Look:
    look = LOOKS[reference.key]
    dashes = {"england": (), "region": (9.0, 5.0), "neighbours": (3.0, 3.0)}
    return replace(look, dash=dashes.get(reference.key, ()), width=2)
