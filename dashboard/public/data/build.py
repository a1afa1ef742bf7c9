"""build_files: every file of the open data of one publication, the same bytes each time."""

from collections.abc import Iterator, Sequence

from dashboard.charts.table import Raw
from dashboard.downloads.separated import Rows, csv_bytes
from dashboard.downloads.spreadsheet import workbook_bytes
from dashboard.public.data.books import measure_book
from dashboard.public.data.bulk import bulk_of
from dashboard.public.data.downloads import CSV, JSON, XLSX, download
from dashboard.public.data.index_page import index_page
from dashboard.public.data.json_files import measure_json
from dashboard.public.data.long import COLUMNS, measure_rows
from dashboard.public.data.measure_page import make, measure_page
from dashboard.public.data.style import icon_file, style_file
from dashboard.public.data.view import measure_view
from dashboard.public.data.word_pages import dictionary_page, methods_page
from dashboard.public.files import DATA, PublicFile
from dashboard.public.release import PublicRelease
from dashboard.view import MeasureView
from schemas.measure import Measure

_Cells = tuple[Raw, ...]


def build_files(release: PublicRelease) -> Iterator[PublicFile]:
    """The door `data/`: pages, the files of each measure, and everything at once."""
    rows = {one.id: tuple(measure_rows(release, one)) for one in _shown(release)}
    views = [measure_view(release, release.measures[name]) for name in rows]
    yield style_file()
    yield icon_file()
    for view in views:
        yield from _measure_files(release, view, rows[view.measure.id])
    everything = Rows(tuple(COLUMNS), tuple(row for found in rows.values() for row in found))
    bulk = bulk_of(release, [view.measure for view in views], everything)
    yield from bulk.files
    yield index_page(release, views, bulk)
    yield methods_page(release)
    yield dictionary_page(release, [view.measure for view in views], bulk.dictionary)


def _shown(release: PublicRelease) -> list[Measure]:
    """Measures that the publication holds figures of, or says why it does not."""
    held = {one.measure_id for one in (*release.own, *release.beside)}
    held |= {one.measure_id for one in release.left_out}
    return [one for one in release.measures.values() if one.id in held]


def _measure_files(
    release: PublicRelease, view: MeasureView, rows: Sequence[_Cells]
) -> Iterator[PublicFile]:
    measure = view.measure
    made = make(release, measure, view)
    table = Rows(tuple(COLUMNS), tuple(rows))
    book = measure_book(release, measure, made.table, table, made.sources)
    path = f"{DATA}/{measure.id}/{measure.id}"
    files = [
        PublicFile(f"{path}.csv", CSV, csv_bytes(table)),
        PublicFile(f"{path}.json", JSON, measure_json(release, measure, rows)),
        PublicFile(f"{path}.xlsx", XLSX, workbook_bytes(book)),
    ]
    about = f"Download the data for “{measure.short_title}”"
    links = [download(one, about, "../") for one in files]
    yield from files
    yield measure_page(release, measure, made, links)
