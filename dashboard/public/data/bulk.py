"""Everything at once: the long table, the workbook, the DfE's layout, and what describes them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard.downloads.separated import Rows, csv_bytes
from dashboard.downloads.spreadsheet import workbook_bytes
from dashboard.public.data.about import source_lines
from dashboard.public.data.archive import zip_bytes
from dashboard.public.data.books import whole_book
from dashboard.public.data.dictionary import dictionary_rows
from dashboard.public.data.downloads import CSV, JSON, XLSX, ZIP, Link, download
from dashboard.public.data.json_files import all_json
from dashboard.public.data.metadata import meta_bytes
from dashboard.public.data.package import (
    long_resource,
    package_json,
    plain_resource,
    tidy_resource,
)
from dashboard.public.data.tidy import TidyTable, tidy_tables
from dashboard.public.files import DATA, PublicFile
from dashboard.public.release import PublicRelease
from schemas.measure import Measure


@dataclass(frozen=True)
class TidyFile:
    """A table in the DfE's layout with the two files that hold it."""

    table: TidyTable
    data: PublicFile
    meta: PublicFile


@dataclass(frozen=True)
class Bulk:
    """`links` are to what most people want, from the first page of the door; `dictionary` is one
    of the files."""

    files: tuple[PublicFile, ...]
    links: tuple[Link, ...]
    tidy: tuple[TidyFile, ...]
    dictionary: PublicFile


def bulk_of(release: PublicRelease, measures: Sequence[Measure], rows: Rows) -> Bulk:
    """
    Args:
        rows: the long table of every measure.
    """
    tidy = tuple(_tidy_file(table) for table in tidy_tables(release))
    tables, words = [one.table for one in tidy], dictionary_rows(measures)
    sources = source_lines((*release.own, *release.beside))
    book = whole_book(release, tables, words, sources)
    parts = [one for pair in tidy for one in (pair.data, pair.meta)]
    inside = [(one.path.removeprefix(f"{DATA}/"), one.body) for one in parts]
    long = _file("all.csv", CSV, csv_bytes(rows))
    dictionary = _file("dictionary.csv", CSV, csv_bytes(words))
    named = [
        ("Every figure, one a row", long),
        ("Every table, one a sheet", _file("all.xlsx", XLSX, workbook_bytes(book))),
        ("Every figure with definitions", _file("all.json", JSON, all_json(release, rows.rows))),
        (
            "Every table in the Department for Education’s layout",
            _file(f"send-{release.area.slug}.zip", ZIP, zip_bytes(inside)),
        ),
        ("The data dictionary", dictionary),
    ]
    described = [*_described(long, dictionary, words, tidy)]
    package = _file("datapackage.json", JSON, package_json(release, described))
    named.append(("A description of the files for machines, datapackage.json", package))
    return Bulk(
        files=(*(one for _, one in named), *parts),
        links=tuple(download(one, about) for about, one in named),
        tidy=tidy,
        dictionary=dictionary,
    )


def _file(name: str, kind: str, body: bytes) -> PublicFile:
    return PublicFile(f"{DATA}/{name}", kind, body)


def _tidy_file(table: TidyTable) -> TidyFile:
    data = _file(f"{table.name}.csv", CSV, csv_bytes(table.data))
    return TidyFile(table, data, _file(f"{table.name}.meta.csv", CSV, meta_bytes(table.meta)))


def _described(
    long: PublicFile, dictionary: PublicFile, words: Rows, tidy: Sequence[TidyFile]
) -> Iterator[dict[str, object]]:
    yield long_resource(long)
    yield plain_resource(dictionary, "dictionary", "What every measure counts", words)
    for one in tidy:
        table = one.table
        yield tidy_resource(one.data, table)
        about = f"What the columns are: {table.about}"
        yield plain_resource(one.meta, f"{table.name}.meta", about, table.meta)
