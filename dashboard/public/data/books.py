"""Workbooks for people who like spreadsheets: one measure, or all tables one a sheet."""

from collections.abc import Iterable, Iterator, Sequence

from dashboard.charts.table import DataTable
from dashboard.downloads.separated import Rows, rows_of
from dashboard.downloads.spreadsheet import Book, Entry, Sheet
from dashboard.public.data.about import (
    INVENTED,
    attribution,
    correction_entries,
    edition_words,
    made_at,
    settings_of,
    symbol_entries,
)
from dashboard.public.data.methods import method_entries
from dashboard.public.data.tidy import TidyTable
from dashboard.public.release import PublicRelease
from dashboard.words.definition import definition_entries, keeping_entries, limits_entries
from schemas.measure import Measure

_LONGEST = 31  # letters of a sheet’s name
_READ = (  # of the long table, what a person reads; all of it in a workbook takes twice as long
    "area_name",
    "figures_from",
    "period_words",
    "basis_words",
    "breakdown_words",
    "category_words",
    "numerator",
    "denominator",
    "value",
    "unit",
    "symbol",
    "unreliable",
    "status",
    "source",
    "as_at_on",
)


def measure_book(
    release: PublicRelease, measure: Measure, table: DataTable, rows: Rows, sources: Sequence[str]
) -> Book:
    return Book(
        title=f"{measure.title}: {release.area.name}",
        made_at=made_at(release),
        cover=[("Measure", measure.short_title), *_cover(release)],
        notes=[
            ("What it is", measure.description),
            *definition_entries(measure),
            *limits_entries(measure),
            *keeping_entries(measure),
            *_left_out(release, (measure.id,)),
            *_symbols(),
        ],
        sources=sources,
        sheets=[
            Sheet("Data", "The table of the page, newest first", rows_of(table)),
            Sheet("All figures", "Every figure, one a row, with its source", _read(rows)),
        ],
    )


def _read(rows: Rows) -> Rows:
    places = [rows.headings.index(name) for name in _READ]
    return Rows(_READ, tuple(tuple(row[place] for place in places) for row in rows.rows))


def whole_book(
    release: PublicRelease,
    tables: Iterable[TidyTable],
    dictionary: Rows,
    sources: Sequence[str],
) -> Book:
    held = list(tables)
    return Book(
        title=f"SEND in {release.area.name}: open data",
        made_at=made_at(release),
        cover=[*_cover(release)],
        notes=[
            *method_entries(release),
            *_left_out(release, release.measures),
            *_corrections(release),
            *_symbols(),
        ],
        sources=sources,
        sheets=[
            Sheet("Columns", "What every column of the tables holds", _columns(held)),
            Sheet("Measures", "What every measure counts, and how it can mislead", dictionary),
            *(Sheet(sheet_name(one), one.about, one.data) for one in held),
        ],
    )


def sheet_name(table: TidyTable) -> str:
    """`Therapy waits, terms`; what is too long for a sheet’s name loses the end of its subject."""
    subject, _, kind = table.about.rpartition(", ")
    ending = f", {kind}"
    return subject[: _LONGEST - len(ending)].rstrip() + ending


def _cover(release: PublicRelease) -> Iterator[Entry]:
    yield "Area", release.area.full_name
    yield "Published by", release.area.partnership
    yield "Edition", edition_words(release)
    if release.invented:
        yield "Invented figures", INVENTED
    yield "Licence", f"{settings_of(release).licence}. {attribution(release)}"


def _left_out(release: PublicRelease, wanted: Iterable[str]) -> Iterator[Entry]:
    names = set(wanted)
    for one in release.left_out:
        if one.measure_id in names:
            yield f"Not shown: {release.measures[one.measure_id].short_title}", one.words


def _corrections(release: PublicRelease) -> Iterator[Entry]:
    for lead, parts in correction_entries(release.corrected):
        yield lead, " ".join(words for _, words in parts)


def _symbols() -> Iterator[Entry]:
    for symbol, meaning in symbol_entries():
        yield f"Symbol {symbol}" if symbol != "empty" else "Empty cell", f"{meaning}."


def _columns(tables: Iterable[TidyTable]) -> Rows:
    rows = (
        (sheet_name(table), str(row[0]), str(row[1]), str(row[2]), str(row[4]))
        for table in tables
        for row in table.meta.rows
    )
    return Rows(("sheet", "column", "kind", "label", "unit"), tuple(rows))
