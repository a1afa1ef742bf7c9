"""What a page, a command or a report shows of a measure: plain records, no database, no Dash."""

from dataclasses import dataclass

from schemas.area_settings import AreaSettings
from schemas.measure import Measure
from schemas.note import Note
from schemas.term import Term, parse_period


@dataclass(frozen=True)
class Point:
    """One number of a line. `symbol` says why there is none; dates are ISO texts. `note` is ours,
    on how the number was made; `remark` is what the sender said of the file it came in."""

    period: str
    start: str
    end: str
    value: float | None
    symbol: str | None
    numerator: float | None
    denominator: float | None
    status: str
    source: str
    vintage: str
    as_at_on: str
    note: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Line:
    """One area's numbers on one basis, in time order.

    `key` is `own`, `england`, `region`, `neighbours` or an NHS area's code. `note` says how the
    number was made (neighbours) or what it cannot be used for (NHS areas).
    """

    key: str
    label: str
    basis: str
    points: tuple[Point, ...]
    note: str = ""
    comparable: bool = True

    @property
    def latest(self) -> Point | None:
        """The newest point that is a number."""
        return next((p for p in reversed(self.points) if p.value is not None), None)


@dataclass(frozen=True)
class Part:
    """One category of the latest period's breakdown, and all its terms, oldest first."""

    category: str
    label: str
    point: Point
    history: tuple[Point, ...] = ()


@dataclass(frozen=True)
class Breakdown:
    """The latest period by one breakdown."""

    id: str
    title: str
    period: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class PathPoint:
    """The value that a measure's headline should have in a term (`2025-26 summer`), in the
    measure's unit, on an agreed path to a target; `agreed` says by whom."""

    term: str
    value: float
    agreed: str
    invented: bool


@dataclass(frozen=True)
class MeasureView:
    """What a page, a command or a report needs of one measure in one area.

    `sums` are the area's own terms added up: the year to date and the last three terms. `notes`
    are the dated notes about this measure here, oldest first. `published_only` when the area has
    sent nothing and `terms` are what is published of it. `path` is the agreed path to a target,
    in time order.
    """

    measure: Measure
    settings: AreaSettings
    headline_label: str
    terms: Line
    months: Line | None
    comparators: tuple[Line, ...]
    breakdowns: tuple[Breakdown, ...]
    invented: bool
    area_latest_term: str = ""
    sums: tuple[Line, ...] = ()
    notes: tuple[Note, ...] = ()
    published_only: bool = False
    path: tuple[PathPoint, ...] = ()

    @property
    def missing_terms(self) -> tuple[str, ...]:
        """Terms the area has published since this measure was last sent: `2025-26 summer`."""
        term = parse_period(self.latest.period) if self.latest else None
        last = parse_period(self.area_latest_term)
        if not isinstance(term, Term) or not isinstance(last, Term):
            return ()
        return tuple(term.shifted(n).label for n in range(1, terms_between(term, last) + 1))

    @property
    def latest(self) -> Point | None:
        return self.terms.points[-1] if self.terms.points else None


def terms_between(first: Term, last: Term) -> int:
    """How many terms `last` is after `first`; negative when it is before."""
    return (last.start_year - first.start_year) * 3 + last.season - first.season
