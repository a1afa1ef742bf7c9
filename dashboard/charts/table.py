"""The numbers of a chart as a table, one period a row: what the page shows and a file holds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dashboard.charts.path import path_line
from dashboard.view import Line, MeasureView, Point
from dashboard.words.periods import period_words
from dashboard.words.values import format_value, number, symbol_words
from schemas.measure import Measure
from schemas.term import Month, parse_period

NONE = "no figure"

Raw = str | float
Key = tuple[str, str, str]  # last day, period, basis: sorts by time
Found = dict[str, tuple[Point, bool]]


@dataclass(frozen=True)
class Cell:
    """What the page shows, and what the file holds: a number unrounded, or a symbol."""

    words: str
    raw: Raw


@dataclass(frozen=True)
class DataTable:
    """The first cell of each row heads it."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def build_table(view: MeasureView) -> DataTable:
    """Newest first. Every number stands in the row of its own period, so none is carried over."""
    columns = [*_columns(view)]
    since = view.terms.points[0].start if view.terms.points else ""
    rows: dict[Key, Found] = {}
    for name, lines in columns:
        for line in lines:
            for point in line.points:
                if point.end >= since:
                    basis = _basis(line, view.measure)
                    row = rows.setdefault((point.end, point.period, basis), {})
                    row[name] = (point, line.comparable)
    names = [name for name, _ in columns]
    return DataTable(
        caption=f"{view.measure.title}: {view.settings.name} and published figures",
        headings=("Period", *_headings(names, view.measure)),
        rows=tuple(
            tuple(_row(period, basis, found, names, view))
            for (_, period, basis), found in sorted(rows.items(), reverse=True)
        ),
    )


def _columns(view: MeasureView) -> Iterator[tuple[str, list[Line]]]:
    own = [view.terms, *([view.months] if view.months else [])]
    yield view.settings.name, own
    for label in dict.fromkeys(line.label for line in view.comparators):
        yield label, [line for line in view.comparators if line.label == label]
    if path := path_line(view):
        yield f"{path.label} ({path.note})" if path.note else path.label, [path]


def _basis(line: Line, measure: Measure) -> str:
    return measure.basis if line.basis == "monthly" or line.key == "path" else line.basis


def _headings(names: list[str], measure: Measure) -> Iterator[str]:
    yield names[0]
    if measure.is_rate:
        yield "Number counted"
        yield "Out of"
    yield "Status"
    yield from names[1:]


def _row(
    period: str, basis: str, found: Found, names: list[str], view: MeasureView
) -> Iterator[Cell]:
    measure = view.measure
    words = row_period(period, basis, own=names[0] in found)
    yield Cell(words, words)
    point, _ = found.get(names[0], (None, True))
    yield _value(point, measure)
    if measure.is_rate:
        counted = point if point and point.value is not None else None
        yield _count(counted.numerator if counted else None)
        yield _count(counted.denominator if counted else None)
    yield _status(point, view.invented)
    for name in names[1:]:
        beside, comparable = found.get(name, (None, True))
        yield _value(beside, measure, "" if comparable else "for context")


def row_period(period: str, basis: str, own: bool) -> str:
    """A stock at a month's end and one at the January census are told apart."""
    words = period_words(period, basis)
    if basis == "snapshot" and isinstance(parse_period(period), Month):
        return f"End of {words}" if own else f"{words} census"
    return f"{words[0].upper()}{words[1:]}"


def _value(point: Point | None, measure: Measure, remark: str = "") -> Cell:
    if point is None:
        return Cell(NONE, "")
    if point.value is None:
        return Cell(symbol_words(point.symbol), point.symbol or "")
    remarks = [text for text in (point.note, remark) if text]
    words = format_value(point.value, measure) + (f" ({', '.join(remarks)})" if remarks else "")
    return Cell(words, unrounded(point.value))


def _count(value: float | None) -> Cell:
    return Cell(NONE, "") if value is None else Cell(number(value, 0), unrounded(value))


def _status(point: Point | None, invented: bool) -> Cell:
    parts: Iterable[str] = (point.status, "invented" if invented else "") if point else ()
    words = ", ".join(part for part in parts if part)
    return Cell(words or NONE, words)


def unrounded(value: float) -> float:
    """As it is kept; a whole number without a decimal point."""
    return int(value) if value == int(value) else value
