"""A chart as pure data: marks on a real time axis, annual segments, levels and gaps."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Mark:
    """One number at its moment. `hollow` marks a provisional one; `period` is in words.

    `low` and `high` are the ends of its 95% interval, where there is one. `words` is what a reader
    is told who points at it.
    """

    on: dt.date
    value: float
    period: str
    hollow: bool = False
    low: float | None = None
    high: float | None = None
    words: str = ""


@dataclass(frozen=True)
class Segment:
    """One number that holds for a whole window of its own: an annual flow."""

    start: dt.date
    end: dt.date
    value: float
    period: str
    words: str = ""


@dataclass(frozen=True)
class Series:
    """One area's numbers. Marks are joined inside a run and never between runs.

    `key` is `own`, `months`, `published`, `england`, `region`, `neighbours`, `path`, `projection`
    or `what_if`; a renderer gives each its own shape, dash and colour. `note` says how the
    numbers were made.
    """

    key: str
    label: str
    note: str = ""
    runs: tuple[tuple[Mark, ...], ...] = ()
    segments: tuple[Segment, ...] = ()

    @property
    def marks(self) -> tuple[Mark, ...]:
        return tuple(mark for run in self.runs for mark in run)

    @property
    def last(self) -> Mark | Segment:
        """The newest number: what the direct label stands beside."""
        return self.segments[-1] if self.segments else self.marks[-1]


@dataclass(frozen=True)
class Level:
    """A thin line that repeats a series' latest number after its period; never data."""

    key: str
    value: float
    start: dt.date
    end: dt.date
    label: str


@dataclass(frozen=True)
class Gap:
    """A stretch without numbers, and why."""

    start: dt.date
    end: dt.date
    words: str


@dataclass(frozen=True)
class Target:
    """A line to reach, from the day it holds."""

    value: float
    label: str
    since: dt.date | None = None


@dataclass(frozen=True)
class Limit:
    """A line of a control chart: `mean`, or a limit (`upper`, `lower`). `trial` limits are made
    from few numbers and are drawn dashed."""

    key: str
    value: float
    start: dt.date
    end: dt.date
    trial: bool


@dataclass(frozen=True)
class Flag:
    """A dated note, drawn as a numbered upright line; `breaks` when numbers on either side may
    not be compared."""

    on: dt.date
    number: int
    words: str
    breaks: bool


@dataclass(frozen=True)
class Band:
    """A range that widens with time, shaded: `ends` are moments with its low and high end."""

    label: str
    ends: tuple[tuple[dt.date, float, float], ...]


@dataclass(frozen=True)
class Axis:
    """The value axis: its ends and the values it names."""

    low: float
    high: float
    ticks: tuple[float, ...]


@dataclass(frozen=True)
class Tick:
    """A named place on the time axis: a term, at the middle of its window or its last day."""

    on: dt.date
    name: str
    year: str


@dataclass(frozen=True)
class Chart:
    """Everything a renderer needs. `percent` and `decimals` are for the axis only.

    `path` is what was agreed. `projected` are numbers nobody has counted, with their ranges in
    `bands`, the wider first.
    """

    first: dt.date
    last: dt.date
    ticks: tuple[Tick, ...]
    axis: Axis
    percent: bool
    decimals: int
    own: Series
    months: Series | None
    comparators: tuple[Series, ...]
    levels: tuple[Level, ...]
    gaps: tuple[Gap, ...]
    target: Target | None
    limits: tuple[Limit, ...] = ()
    flags: tuple[Flag, ...] = ()
    path: Series | None = None
    projected: tuple[Series, ...] = ()
    bands: tuple[Band, ...] = ()

    @property
    def series(self) -> tuple[Series, ...]:
        """Every series in the order of the key."""
        months = (self.months,) if self.months else ()
        path = (self.path,) if self.path else ()
        return (self.own, *months, *self.comparators, *path, *self.projected)
