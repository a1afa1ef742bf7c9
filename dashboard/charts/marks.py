"""Points → marks at their moments, in runs without a gap, and the gaps with their reasons."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from dashboard.charts.chart import Gap, Mark
from dashboard.charts.hover import Interval, other_words, own_words
from dashboard.view import MeasureView, Point, terms_between
from dashboard.words.periods import period_short
from dashboard.words.values import symbol_words
from schemas.measure import Measure
from schemas.term import Month, Term, parse_period


def with_missing(view: MeasureView) -> list[Point]:
    """The area's points, with one that says so for every term that was not sent."""
    points: list[Point] = []
    for point in view.terms.points:
        points += _missing_between(points[-1], point, view.measure) if points else []
        points.append(point)
    terms = (parse_period(label) for label in view.missing_terms)
    return points + [_missing(term, view.measure) for term in terms if isinstance(term, Term)]


def _missing_between(before: Point, after: Point, measure: Measure) -> list[Point]:
    first, last = parse_period(before.period), parse_period(after.period)
    if not isinstance(first, Term) or not isinstance(last, Term):
        return []  # published years: what a publisher left out is not late
    return [_missing(first.shifted(n), measure) for n in range(1, terms_between(first, last))]


def _missing(term: Term, measure: Measure) -> Point:
    window = term.window(measure.clock)
    start = window.end if measure.basis == "snapshot" else window.start
    dates = start.isoformat(), window.end.isoformat()
    return Point(term.label, *dates, None, None, None, None, "", "", "", "")


def runs(
    points: Iterable[Point], marked: Callable[[Point], Mark], breaks: Sequence[dt.date] = ()
) -> Iterator[tuple[Mark, ...]]:
    """The marks of numbers that follow each other, run by run."""
    for held in following(points, breaks):
        yield tuple(marked(point) for point in held)


def following(points: Iterable[Point], breaks: Sequence[dt.date] = ()) -> Iterator[list[Point]]:
    """Numbers that follow each other, term after term or month after month, run by run. Years,
    Januaries and numbers on either side of a gap or of a break are never in one run."""
    run: list[Point] = []
    for point in points:
        if run and not (point.value is not None and _joins(run[-1], point, breaks)):
            yield run
            run = []
        if point.value is not None:
            run.append(point)
    if run:
        yield run


def _joins(before: Point, after: Point, breaks: Sequence[dt.date]) -> bool:
    broken = breaks and any(middle(before) < on <= middle(after) for on in breaks)
    return _follows(before, after) and not broken


def _follows(before: Point, after: Point) -> bool:
    first, second = parse_period(before.period), parse_period(after.period)
    if isinstance(first, Term) and isinstance(second, Term):
        return first.shifted(1) == second
    if isinstance(first, Month) and isinstance(second, Month):
        return first.window.end + dt.timedelta(days=1) == second.window.start
    return False


def own_mark(point: Point, measure: Measure, interval: Interval | None) -> Mark:
    """The area's own number, with its interval where there is one."""
    low, high = interval or (None, None)
    words = own_words(point, measure, interval)
    return replace(_mark(point, measure.basis), low=low, high=high, words=words)


def other_mark(point: Point, measure: Measure, basis: str, name: str) -> Mark:
    return replace(_mark(point, basis), words=other_words(name, point, measure, basis))


def _mark(point: Point, basis: str) -> Mark:
    assert point.value is not None
    words = period_short(point.period, basis)
    return Mark(middle(point), point.value, words, point.status == "provisional")


def middle(point: Point) -> dt.date:
    """The middle of a flow's window; a stock's window is its one day."""
    start, end = day(point.start), day(point.end)
    return start + (end - start) / 2


def gaps(points: Sequence[Point]) -> Iterator[Gap]:
    """Stretches without a number; neighbours with the same reason are one."""
    held: Gap | None = None
    for point in points:
        words = symbol_words(point.symbol) if point.symbol else "not sent"
        here = None if point.value is not None else Gap(day(point.start), day(point.end), words)
        if held and here and held.words == here.words:
            held = Gap(held.start, here.end, held.words)
            continue
        if held:
            yield held
        held = here
    if held:
        yield held


def day(iso: str) -> dt.date:
    return dt.date.fromisoformat(iso)
