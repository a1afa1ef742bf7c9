"""The agreed path to a target as a line of its own: what was agreed, never what was counted."""

from collections.abc import Iterator

from dashboard.charts.chart import Mark, Series, Tick
from dashboard.charts.marks import middle
from dashboard.view import Line, MeasureView, PathPoint, Point
from dashboard.words.periods import period_short
from dashboard.words.values import capital, format_value
from schemas.measure import Measure
from schemas.term import Term, parse_term

LABEL = "Agreed path"
BASIS = "agreed_path"  # in files, so that nobody takes a path for a figure


def path_line(view: MeasureView) -> Line | None:
    """None without a path, and where the area's own terms are not shown."""
    if not view.path or view.published_only:
        return None
    found = ((point, parse_term(point.term)) for point in view.path)
    points = tuple(_point(one, term, view.measure) for one, term in found if term)
    note = "invented" if any(one.invented for one in view.path) else ""
    return Line("path", LABEL, BASIS, points, note) if points else None


def path_series(view: MeasureView) -> Series | None:
    """All its points joined, also those of terms to come."""
    line = path_line(view)
    if line is None:
        return None
    marks = tuple(_mark(point, view.measure) for point in line.points)
    return Series("path", LABEL, line.note, runs=(marks,))


def path_ticks(view: MeasureView) -> Iterator[Tick]:
    """The terms that it runs through after the area's newest term, so that the time axis names
    them."""
    line = path_line(view)
    last = parse_term(line.points[-1].period) if line else None
    newest = [parse_term(label) for label in (*view.missing_terms, *_sent(view))]
    known = max((term for term in newest if term), default=None)
    while last and known and known < last:
        known = known.shifted(1)
        point = _point(PathPoint(known.label, 0, "", False), known, view.measure)
        name, year = known.short_title.split(" ")
        yield Tick(middle(point), name, year)


def _sent(view: MeasureView) -> Iterator[str]:
    yield from (point.period for point in view.terms.points)


def _point(one: PathPoint, term: Term, measure: Measure) -> Point:
    window = term.window(measure.clock)
    start = window.end if measure.basis == "snapshot" else window.start
    dates = start.isoformat(), window.end.isoformat()
    return Point(one.term, *dates, one.value, None, None, None, "", one.agreed, "", "")


def _mark(point: Point, measure: Measure) -> Mark:
    assert point.value is not None
    period = period_short(point.period, measure.basis)
    words = f"{LABEL}, {period}: {format_value(point.value, measure)}"
    return Mark(middle(point), point.value, period, words=capital(words))
