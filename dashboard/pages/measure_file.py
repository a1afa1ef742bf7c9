"""What a measure's page shows, before it is HTML, and its files, which hold exactly that."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from dashboard.address import Address
from dashboard.analysis.change import change_of_terms
from dashboard.analysis.runs import break_days
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
from dashboard.pages.published_years import published_year
from dashboard.pages.site import Editions, Site, find_editions
from dashboard.pages.sources import source_lines
from dashboard.pages.statements import statements
from dashboard.pages.trend import hidden_keys, subtitle, trend_chart
from dashboard.view import MeasureView
from dashboard.views.measure import get_measure_view
from dashboard.views.published import as_published
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

    @property
    def newest(self) -> Verdicts:
        """What heads the page: of the newest figure, whatever published year is looked at."""
        if not self.view.published_only:
            return self.verdicts
        days = break_days(self.view)
        return replace(self.verdicts, yearly=change_of_terms(self.view, days))


def read_shown(site: Site, address: Address) -> Shown | None:
    """What the page at this address shows; None when it shows no figures."""
    with site.database.reading() as connection:
        found = read_measure(connection, site, address)
    if found is None:
        return None
    editions, view = found
    return show_measure(address, view, editions.shown)


def read_measure(
    connection: Connection, site: Site, address: Address
) -> tuple[Editions, MeasureView] | None:
    """What is kept of the address's measure; None when there is no such edition."""
    measure, area = address.measure, address.area
    assert measure is not None
    editions = find_editions(connection, site, address)
    if editions is None:
        return None
    notes = site.settings.notes
    return editions, get_measure_view(connection, site.viewer, measure, area, notes, editions.asked)


def show_measure(address: Address, view: MeasureView, edition: Edition | None) -> Shown | None:
    """Judged and drawn as the address asks; None when there are no figures, published or own.

    Args:
        edition: the one shown, asked for or not.
    """
    shown = as_published(view)
    if shown.latest is None:
        return None
    screened, year = address.area.screened_limits, published_year(address, view)
    verdicts = judge(view, screened=screened, period=year)
    chart = trend_chart(shown, verdicts, hidden_keys(address))
    by = address.query.get("by", "")
    known = by if by in [one.id for one in shown.breakdowns] else ""
    lasting = lasting_address(address.with_query(by=known, year=year), edition)
    return Shown(lasting, shown, verdicts, chart, build_table(shown), edition)


def lasting_address(address: Address, edition: Edition | None) -> Address:
    """With the edition, and nothing in the query that changes nothing."""
    query = {
        "by": address.query.get("by", ""),
        "hide": ",".join(sorted(hidden_keys(address))),
        "year": address.query.get("year", ""),
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
    change = shown.newest.yearly if view.published_only else shown.newest.change
    headline = change_headline(change)
    invented = [INVENTED] if view.invented else []
    return picture_svg(
        chart,
        f"{view.measure.title}: {headline[:1].lower()}{headline[1:]}",
        subtitle(view, chart),
        [*invented, *source_lines(view), HANDLING],
        f"{edition_words(shown.edition)}." if shown.edition else "",
        describe(view, chart),
    )
