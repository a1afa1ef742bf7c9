"""An area among others for one measure and period: its rank, a strip of all, a table."""

from collections.abc import Iterator
from typing import Any

from dashboard.address import Address
from dashboard.compared import CompareView
from dashboard.downloads.compare_book import compare_book
from dashboard.downloads.compared import compared_rows
from dashboard.downloads.separated import csv_bytes
from dashboard.downloads.spreadsheet import workbook_bytes
from dashboard.pages.compare_choices import choice_rows, form_facts, parse_choice, plain_address
from dashboard.pages.compare_facts import compared_facts
from dashboard.pages.page import Page
from dashboard.pages.shell import Link, area_link, page_title, shell_facts
from dashboard.pages.site import Editions, Site, find_editions
from dashboard.pages.variants import variant_links
from dashboard.views.compare import get_compare_view
from dashboard.words.periods import period_words
from dashboard.words.rank import pool_title
from dashboard.words.values import file_size


def compare_page(site: Site, address: Address) -> Page | None:
    """`?period=&basis=&among=&with=&method=&rank=&edition=`; see `compare_choices`."""
    found = read_compare(site, address)
    if found is None:
        return None
    editions, view = found
    measure = address.measure
    assert measure is not None
    if view:
        address = plain_address(address, view.choice)
    trail = [
        area_link(address),
        Link(measure.short_title, address.of_measure(measure).url),
        Link("Compared with other areas", ""),
    ]
    facts = {
        **shell_facts(site, address, editions, False, trail),
        "measure": measure,
        "measure_url": address.of_measure(measure).url,
        "compare_url": address.url,
        "variants": variant_links(site, address),
        "view": view,
        **(compared_facts(view) | _links(address, view, editions) if view else {}),
    }
    title = page_title(address, f"{measure.title}: compared with other areas")
    status = f"Showing {pool_title(view)}, {_period(view)}." if view else "No published figures."
    return Page(title, "compare.html", status, facts)


def read_compare(site: Site, address: Address) -> tuple[Editions, CompareView | None] | None:
    """What the address asks for, for the page and its files; None when there is no such edition,
    and no view when nothing is published for single councils."""
    measure = address.measure
    assert measure is not None
    with site.database.reading() as connection:
        editions = find_editions(connection, site, address)
        if editions is None:
            return None
        choice = parse_choice(address)
        view = get_compare_view(connection, measure, address.area, choice, editions.asked)
        return editions, view


def _period(view: CompareView) -> str:
    return period_words(view.choice.period, view.choice.basis)


def _links(address: Address, view: CompareView, editions: Editions) -> dict[str, Any]:
    return {
        "rows": [*choice_rows(address, view)],
        "form": form_facts(address, view),
        "downloads": [*_files(address, view, editions)],
    }


def _files(address: Address, view: CompareView, editions: Editions) -> Iterator[Link]:
    """They hold what the page shows, whatever is published later."""
    lasting = lasting_address(address, view, editions)
    for kind, body in (
        ("csv", compare_csv(view, editions)),
        ("xlsx", compare_xlsx(address, view, editions)),
    ):
        words = f"Download this comparison ({kind.upper()}, {file_size(len(body))})"
        yield Link(words, lasting.as_file(kind).url)


def compare_csv(view: CompareView, editions: Editions) -> bytes:
    """The file whose size the page's link says."""
    name = str(editions.shown.name) if editions.shown else ""
    return csv_bytes(compared_rows(view, name))


def compare_xlsx(address: Address, view: CompareView, editions: Editions) -> bytes:
    """The same as a workbook, which names the address that will always show exactly this."""
    path = lasting_address(address, view, editions).url
    return workbook_bytes(compare_book(view, editions.shown, path))


def lasting_address(address: Address, view: CompareView, editions: Editions) -> Address:
    plain = plain_address(address, view.choice).as_file("")
    return plain.with_query(edition=str(editions.shown.name)) if editions.shown else plain
