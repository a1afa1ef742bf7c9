"""What the comparison of an area with others shows: plain records, no database, no Dash."""

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.analysis.benchmark import Method, NeighboursValue
from dashboard.analysis.rank import Apart, Rank, Span
from dashboard.analysis.reason import Reason
from dashboard.charts.strip import Role
from dashboard.view import Point
from schemas.area_settings import AreaSettings
from schemas.measure import Measure


@dataclass(frozen=True)
class Choice:
    """What an address asks for; "" takes the default.

    `among` is `england`, `neighbours`, `region`, `chosen` or the key of an own group; `chosen` are
    the codes for `chosen`; `ranked` asks for ranks where neither high nor low is better.
    """

    period: str = ""
    basis: str = ""
    among: str = "england"
    chosen: tuple[str, ...] = ()
    method: Method | None = None
    ranked: bool = False


@dataclass(frozen=True)
class PublishedPeriod:
    """A period with published figures, and how many councils have a number for it."""

    basis: str
    period: str
    areas: int


@dataclass(frozen=True)
class ComparedArea:
    """One area: its published figure, or none at all. Only a number has a rank and a span."""

    code: str
    name: str
    role: Role
    point: Point | None
    rank: Rank | None = None
    span: Span | None = None

    @property
    def value(self) -> float | None:
        return self.point.value if self.point else None


@dataclass(frozen=True)
class CompareView:
    """One measure and period in the area and those it is set among.

    `choice` is what is shown, with every default filled in. `areas` are those with a number, by
    rank or else by name; `without` the others, by name. `near` are the statistical neighbours,
    nearest first. `known` are the codes of councils that the publisher names for this period.
    """

    measure: Measure
    settings: AreaSettings
    choice: Choice
    method: Method
    periods: tuple[PublishedPeriod, ...]
    areas: tuple[ComparedArea, ...]
    without: tuple[ComparedArea, ...]
    england: Point | None
    region: Point | None
    region_name: str
    near: tuple[ComparedArea, ...]
    neighbours: NeighboursValue
    apart: Apart | None
    no_spans: Reason | None
    remarks: tuple[str, ...]
    known: frozenset[str]

    @property
    def is_count(self) -> bool:
        """Counts are not ranked: bigger areas have more of everything."""
        return self.measure.unit == "count"

    @property
    def is_ranked(self) -> bool:
        return not self.is_count and (self.measure.polarity != "neutral" or self.choice.ranked)

    @property
    def own(self) -> ComparedArea:
        return next(one for one in self.all_areas() if one.role == "own")

    @property
    def has_spans(self) -> bool:
        return any(one.span for one in self.areas)

    @property
    def values(self) -> tuple[float, ...]:
        return tuple(one.value for one in self.areas if one.value is not None)

    def listed(self) -> Iterator[ComparedArea]:
        """Those that the publisher names for this period, and the area itself."""
        yield from (one for one in self.all_areas() if one.point or one.role == "own")

    def all_areas(self) -> Iterator[ComparedArea]:
        yield from self.areas
        yield from self.without
