"""A measure's page as a workbook: what stands on the page, sheet by sheet."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from dashboard.charts.table import DataTable
from dashboard.downloads.separated import Rows, rows_of
from dashboard.downloads.spreadsheet import Book, Entry, Sheet
from dashboard.edition import Edition
from dashboard.view import MeasureView
from dashboard.words.definition import definition_entries, keeping_entries, limits_entries
from dashboard.words.periods import day_words
from schemas.measure import Measure
from schemas.note import Note
from schemas.symbol import Symbol

HANDLING = "For the partnership: small numbers are not hidden. Please do not share it any further."
INVENTED = "Invented sample data: the area’s own figures are made up and not real."
_LONG_AGO = dt.datetime(2000, 1, 1)


def measure_book(
    view: MeasureView,
    edition: Edition | None,
    path: str,
    said: Iterable[Entry],
    sources: Sequence[str],
    table: DataTable,
    tidy: Rows,
) -> Book:
    """
    Args:
        path: the address that will always show exactly this.
        said: the page's sentences, each with what it is about.
    """
    return Book(
        title=f"{view.measure.title}: {view.settings.name}",
        made_at=made_at(edition),
        cover=[
            ("Area", view.settings.full_name),
            ("Measure", view.measure.short_title),
            *cover_entries(edition, path, view.invented),
        ],
        notes=[*said, *_definition(view.measure), *_dated(view.notes), *symbol_notes()],
        sources=sources,
        sheets=[
            Sheet("Data", "The table of the page, newest first", rows_of(table)),
            Sheet("Tidy data", "Every figure behind the page, one a row, with its source", tidy),
        ],
    )


def cover_entries(edition: Edition | None, path: str, invented: bool) -> Iterator[Entry]:
    """What was published when, where it stays, and who it is for."""
    if edition:
        yield "Edition", edition_words(edition)
    yield "Permanent address", path
    if invented:
        yield "Invented figures", INVENTED
    yield "Who it is for", HANDLING
    yield "Licence", "Published figures are used under the Open Government Licence v3.0."


def edition_words(edition: Edition) -> str:
    """`Summer term 2025/26, version 1, published 12 October 2026`."""
    published = edition.published_at[:10]
    return f"{edition.words}, published {day_words(published)}" if published else edition.words


def made_at(edition: Edition | None) -> dt.datetime:
    """When the figures came out, not when the file was asked for."""
    if edition is None or not edition.published_at:
        return _LONG_AGO
    return dt.datetime.fromisoformat(edition.published_at).replace(tzinfo=None)


def symbol_notes() -> Iterator[Entry]:
    for symbol in Symbol:
        yield f"Symbol {symbol.value}", f"There is no number: {symbol.meaning}."
    yield "Empty cell", "No figure for that period."


def _definition(measure: Measure) -> Iterator[Entry]:
    yield "What it is", measure.description
    yield from definition_entries(measure)
    yield from limits_entries(measure)
    yield from keeping_entries(measure)


def _dated(notes: Iterable[Note]) -> Iterator[Entry]:
    for note in notes:
        breaks = " Figures on either side are not compared." if note.breaks else ""
        yield day_words(note.on.isoformat()), f"{note.words}{breaks} Source: {note.source}"
