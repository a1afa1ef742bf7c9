"""What the files of a measure's page hold: exactly what the page at the same address shows."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dashboard.address import Address
from dashboard.analysis.verdict import Verdicts, judge
from dashboard.charts.chart import Chart
from dashboard.charts.description import describe
from dashboard.charts.table import DataTable, build_table
from dashboard.downloads.measure_book import HANDLING, INVENTED, edition_words, measure_book
from dashboard.downloads.picture import picture_svg
from dashboard.downloads.separated import csv_bytes
from dashboard.downloads.spreadsheet import Entry, workbook_bytes
from dashboard.downloads.tidy import tidy_rows
from dashboard.edition import Edition
from dashboard.pages.site import VIEWER, Site, find_editions
from dashboard.pages.sources import source_lines
from dashboard.pages.statements import statements
from dashboard.pages.trend import hidden_keys, subtitle, trend_chart
from dashboard.view import MeasureView
from dashboard.views.measure import get_measure_view
from dashboard.words.headlines import change_headline


@dataclass(frozen=True)
class Shown:
    """A measure's page before it is HTML. `address` is of exactly this, whatever comes out later;
    `edition` is the one shown, asked for or not."""

    address: Address
    view: MeasureView
    verdicts: Verdicts
    chart: Chart | None
    table: DataTable
    edition: Edition | None


def read_shown(site: Site, address: Address) -> Shown | None:
    """What the page at this address shows; None when it shows no figures."""
    measure, area = address.measure, address.area
    assert measure is not None
    with site.database.reading() as connection:
        editions = find_editions(connection, address)
        if editions is None:
            return None
        view = get_measure_view(
            connection, VIEWER, measure, area, site.settings.notes, editions.asked
        )
    if view.latest is None:
        return None
    verdicts = judge(view, screened=area.screened_limits)
    chart = trend_chart(view, verdicts, hidden_keys(address))
    lasting = lasting_address(address, editions.shown)
    return Shown(lasting, view, verdicts, chart, build_table(view), editions.shown)


def lasting_address(address: Address, edition: Edition | None) -> Address:
    """With the edition, and nothing in the query that changes nothing."""
    query = {
        "by": address.query.get("by", ""),
        "hide": ",".join(sorted(hidden_keys(address))),
        "edition": str(edition.name) if edition else "",
    }
    return replace(address, query=query, file="")


def tidy_file(shown: Shown) -> bytes:
    return csv_bytes(tidy_rows(shown.view, shown.address.query["edition"]))


def workbook_file(shown: Shown) -> bytes:
    view, address = shown.view, shown.address
    book = measure_book(
        view,
        shown.edition,
        address.url,
        said=_said(shown),
        sources=source_lines(view),
        table=shown.table,
        tidy=tidy_rows(view, address.query["edition"]),
    )
    return workbook_bytes(book)


def _said(shown: Shown) -> Iterator[Entry]:
    """The page's own sentences."""
    for one in statements(shown.view, shown.verdicts):
        said_twice = not one.phrase or one.words.startswith(one.phrase)
        yield one.about, one.words if said_twice else f"{one.phrase}. {one.words}"
    if shown.chart:
        yield "The chart in words", describe(shown.view, shown.chart)


def chart_file(shown: Shown) -> str:
    """The chart as SVG; there must be one."""
    view, chart = shown.view, shown.chart
    assert chart is not None
    headline = change_headline(shown.verdicts.change)
    invented = [INVENTED] if view.invented else []
    return picture_svg(
        chart,
        f"{view.measure.title}: {headline[:1].lower()}{headline[1:]}",
        subtitle(view, chart),
        [*invented, *source_lines(view), HANDLING],
        f"{edition_words(shown.edition)}." if shown.edition else "",
        describe(view, chart),
    )
