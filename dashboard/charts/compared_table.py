"""A comparison as a table, one area a row: those with a number, then those with a symbol."""

from collections.abc import Iterator

from dashboard.charts.table import NONE, Cell, DataTable, unrounded
from dashboard.compared import ComparedArea, CompareView
from dashboard.words.periods import period_words
from dashboard.words.rank import missing_words, pool_title, rank_words
from dashboard.words.values import capital, format_value, number, short_value


def compare_table(view: CompareView) -> DataTable:
    """Areas with a number as the page orders them, then the others, each with its reason."""
    headings = ["Area", *(["Rank"] if view.is_ranked else []), "Figure"]
    if view.has_spans:
        headings += ["95% interval, lower end", "95% interval, upper end"]
    if view.measure.is_rate:
        headings += ["Number counted", "Out of"]
    period = period_words(view.choice.period, view.choice.basis)
    return DataTable(
        caption=f"{view.measure.title}, {period}: {pool_title(view)}",
        headings=(*headings, "Status"),
        rows=tuple(tuple(_row(one, view)) for one in view.listed()),
    )


def _row(area: ComparedArea, view: CompareView) -> Iterator[Cell]:
    yield Cell(area.name, area.name)
    if view.is_ranked:
        yield _rank(area)
    yield _figure(area, view)
    if view.has_spans:
        for end in area.span or (None, None):
            yield _number(end, "" if end is None else short_value(end, view.measure))
    point = area.point
    if view.measure.is_rate:  # what is behind a hidden figure is hidden as well
        counted = point if point and point.value is not None else None
        for count in (counted.numerator, counted.denominator) if counted else (None, None):
            yield _number(count, "" if count is None else number(count, 0))
    status = point.status if point else ""
    yield Cell(status or NONE, status)


def _rank(area: ComparedArea) -> Cell:
    if area.rank is None:
        return Cell("no rank", "")
    return Cell(capital(rank_words(area.rank)), area.rank.place)


def _figure(area: ComparedArea, view: CompareView) -> Cell:
    if area.value is None:
        symbol = area.point.symbol if area.point else ""
        return Cell(capital(missing_words(area)), symbol or "")
    return Cell(format_value(area.value, view.measure), unrounded(area.value))


def _number(value: float | None, words: str) -> Cell:
    return Cell(NONE, "") if value is None else Cell(words, unrounded(value))
