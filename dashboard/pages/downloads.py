"""The files of a page: links that say how large each is, and the same bytes when asked for one."""

from collections.abc import Callable, Iterator, Mapping

from dashboard.address import Address
from dashboard.analysis.verdict import Verdicts
from dashboard.charts.chart import Chart
from dashboard.charts.table import DataTable
from dashboard.downloads.picture import picture_png, pixels
from dashboard.edition import Edition
from dashboard.pages.compare import compare_csv, compare_xlsx, read_compare
from dashboard.pages.kept import Answer, make_answer
from dashboard.pages.measure_file import (
    Shown,
    chart_file,
    lasting_address,
    read_shown,
    tidy_file,
    workbook_file,
)
from dashboard.pages.shell import Link
from dashboard.pages.site import Site
from dashboard.view import MeasureView
from dashboard.words.values import file_size, number

KINDS = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "svg": "image/svg+xml",
    "png": "image/png",
}
_MAKERS: Mapping[str, Callable[[Shown], bytes]] = {
    "csv": tidy_file,
    "xlsx": workbook_file,
    "svg": lambda shown: chart_file(shown).encode(),
    "png": lambda shown: picture_png(chart_file(shown)),
}
_PICTURES = ("svg", "png")


def measure_files(
    address: Address,
    view: MeasureView,
    verdicts: Verdicts,
    chart: Chart | None,
    table: DataTable,
    edition: Edition | None = None,
) -> list[Link]:
    """Links to the data and, where there is a chart, to its picture.

    Args:
        edition: the one shown, asked for or not.
    """
    lasting = lasting_address(address, edition)
    shown = Shown(lasting, view, verdicts, chart, table, edition)
    return [Link(words, lasting.as_file(kind).url) for kind, words in _named(shown)]


def _named(shown: Shown) -> Iterator[tuple[str, str]]:
    """The size of a PNG is in pixels: making one takes longer than the whole page."""
    name = f"“{shown.view.measure.short_title}”"
    for kind in ("csv", "xlsx"):
        size = file_size(len(_MAKERS[kind](shown)))
        yield kind, f"Download the data for {name} ({kind.upper()}, {size})"
    if shown.chart:
        svg = chart_file(shown)
        wide, tall = (number(size, 0) for size in pixels(svg))
        yield "svg", f"Download the chart of {name} (SVG, {file_size(len(svg.encode()))})"
        yield "png", f"Download the chart of {name} (PNG, {wide} by {tall} pixels)"


def build_file(site: Site, address: Address) -> Answer | None:
    """The file an address asks for; None when there is nothing to put in it."""
    compared = address.page == "compare"
    body = _compare_file(site, address) if compared else _measure_file(site, address)
    if body is None or address.measure is None:
        return None
    about = f"{address.measure.id}{'_compared' if compared else ''}"
    name = f"{about}_{address.area.code}.{address.file}"
    return make_answer(body, KINDS[address.file], name=name)


def _measure_file(site: Site, address: Address) -> bytes | None:
    shown = read_shown(site, address)
    if shown is None or (address.file in _PICTURES and shown.chart is None):
        return None
    return _MAKERS[address.file](shown)


def _compare_file(site: Site, address: Address) -> bytes | None:
    editions, view = read_compare(site, address) or (None, None)
    if editions is None or view is None or address.file in _PICTURES:
        return None
    if address.file == "csv":
        return compare_csv(view, editions)
    return compare_xlsx(address, view, editions)
