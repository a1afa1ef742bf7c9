"""Everything behind a measure's page, one observation a row, unrounded, symbols beside values."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dashboard.analysis.intervals import Counts, proportion_intervals, rate_intervals
from dashboard.analysis.spread import Kind, counts_of, kind_of, why_no_interval
from dashboard.charts.path import path_line
from dashboard.charts.table import Raw, row_period
from dashboard.downloads import observed
from dashboard.downloads.separated import Rows
from dashboard.view import Line, MeasureView, Point
from schemas.area import ENGLAND
from schemas.measure import Measure

HEADINGS = (
    "area_code",
    "area_name",
    *observed.ABOUT,
    "breakdown",
    "category",
    "category_words",
    *observed.HEADINGS,
    "invented",
    "note",
    "edition",
)
Intervals = Mapping[Counts, tuple[float, float]]


@dataclass(frozen=True)
class _Slice:
    """One line of numbers and what all of them are of."""

    line: Line
    basis: str
    breakdown: str
    category: str
    label: str


def tidy_rows(view: MeasureView, edition: str) -> Rows:
    """The area's own headline on every basis, what it is set beside, its parts, an agreed path.

    Args:
        edition: the name of what was published when, the same in every row.
    """
    slices = [*_own(view), *_beside(view), *_parts(view), *_path(view)]
    found = _intervals((point for one in slices for point in one.line.points), view.measure)
    rows = (_row(one, point, view, found) for one in slices for point in one.line.points)
    return Rows(HEADINGS, tuple((*row, edition) for row in rows))


def _own(view: MeasureView) -> Iterator[_Slice]:
    for line in (view.terms, *([view.months] if view.months else []), *view.sums):
        yield _headline(line, view)


def _beside(view: MeasureView) -> Iterator[_Slice]:
    for line in view.comparators:
        yield _headline(line, view)


def _headline(line: Line, view: MeasureView) -> _Slice:
    headline, basis = view.measure.headline, line.basis
    if basis == "monthly":
        basis = "snapshot" if view.measure.basis == "snapshot" else "in_month"
    return _Slice(line, basis, headline.breakdown, headline.category, view.headline_label)


def _parts(view: MeasureView) -> Iterator[_Slice]:
    """Without the part that is the headline: its terms are there already."""
    measure, headline = view.measure, view.measure.headline
    for breakdown in view.breakdowns:
        for part in breakdown.parts:
            if (breakdown.id, part.category) != (headline.breakdown, headline.category):
                line = Line("own", view.settings.name, measure.basis, part.history)
                yield _Slice(line, measure.basis, breakdown.id, part.category, part.label)


def _path(view: MeasureView) -> Iterator[_Slice]:
    """No figures: a basis of their own says so in every row."""
    if path := path_line(view):
        yield _headline(path, view)


def _row(one: _Slice, point: Point, view: MeasureView, found: Intervals) -> Iterator[Raw]:
    line, measure, own = one.line, view.measure, one.line.key == "own"
    yield from _area(line, view)
    yield measure.id
    yield measure.title
    yield point.period
    yield row_period(point.period, one.basis, own)
    yield from (point.start, point.end, one.basis, one.breakdown, one.category, one.label)
    counts = counts_of(point)
    yield from observed.observed_cells(point, found.get(counts) if counts else None)
    invented = view.invented if own else line.key == "path" and line.note == "invented"
    yield "yes" if invented else "no"
    remarks = (point.note, line.note, "" if line.comparable else "for context only", point.remark)
    yield "; ".join(dict.fromkeys(remark for remark in remarks if remark))


def _area(line: Line, view: MeasureView) -> tuple[str, str]:
    """Code and name; the statistical neighbours together have no code."""
    codes = {"england": ENGLAND, "region": view.settings.region_code, "neighbours": ""}
    if line.key in ("own", "published", "path"):
        return view.settings.code, view.settings.name
    return codes.get(line.key, line.key), line.label


def _intervals(points: Iterable[Point], measure: Measure) -> Intervals:
    """Every interval of the file at once: one by one they would take longer than all the rest."""
    counted = ((counts_of(point), why_no_interval(point, measure)) for point in points)
    wanted = list(dict.fromkeys(counts for counts, why in counted if counts and not why))
    if not wanted:
        return {}
    make = proportion_intervals if kind_of(measure) is Kind.share else rate_intervals
    low, high = make([one.number for one in wanted], [one.of for one in wanted], measure.multiplier)
    ends = zip(low.tolist(), high.tolist(), strict=True)
    return dict(zip(wanted, ends, strict=True))
