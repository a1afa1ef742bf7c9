"""A comparison as a workbook: its sentences, its sources, the page's table and tidy rows."""

from collections.abc import Iterator

from dashboard.charts.compared_table import compare_table
from dashboard.compared import CompareView
from dashboard.downloads.compared import compared_rows
from dashboard.downloads.measure_book import cover_entries, made_at, symbol_notes
from dashboard.downloads.separated import rows_of
from dashboard.downloads.spreadsheet import Book, Entry, Sheet
from dashboard.edition import Edition
from dashboard.words.compared import describe_compared
from dashboard.words.periods import day_words, period_words
from dashboard.words.rank import pool_title, spans_sentence, standing_sentence
from dashboard.words.sentences import polarity_words


def compare_book(view: CompareView, edition: Edition | None, path: str) -> Book:
    """
    Args:
        path: the address that will always show exactly this.
    """
    measure, choice = view.measure, view.choice
    return Book(
        title=f"{measure.title}: {view.settings.name} compared with other areas",
        made_at=made_at(edition),
        cover=[
            ("Area", view.settings.full_name),
            ("Measure", measure.short_title),
            ("Among", pool_title(view)),
            ("Period", period_words(choice.period, choice.basis)),
            *cover_entries(edition, path, invented=False),
        ],
        notes=[*_notes(view), *symbol_notes()],
        sources=[*_sources(view)],
        sheets=[
            Sheet("Data", "The table of the page, one area a row", rows_of(compare_table(view))),
            Sheet(
                "Tidy data",
                "The same and what it is set beside, with sources",
                compared_rows(view, str(edition.name) if edition else ""),
            ),
        ],
    )


def _notes(view: CompareView) -> Iterator[Entry]:
    measure = view.measure
    said = [
        ("In short", standing_sentence(view)),
        ("How sure", spans_sentence(view)),
        ("In words", describe_compared(view)),
        ("What it is", measure.description),
        ("Reading it", polarity_words(measure.polarity)),
        ("How it can mislead", measure.can_mislead),
    ]
    yield from ((about, words) for about, words in said if words)
    yield from (("Remark", words) for words in view.remarks)


def _sources(view: CompareView) -> Iterator[str]:
    points = [one.point for one in view.all_areas()]
    found = (point for point in (*points, view.england, view.region) if point)
    yield from dict.fromkeys(
        f"Source: {point.source}, {point.vintage}, as at {day_words(point.as_at_on)}."
        for point in found
    )
