"""What a page of an area is told to say beside its figures: corrected, withdrawn, next update."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dashboard.address import Address
from dashboard.edition import Edition
from dashboard.pages.page import Page
from dashboard.pages.site import Editions, Site
from dashboard.queries.editions import is_withdrawn
from dashboard.queries.notices import (
    Told,
    get_announced,
    get_notices,
    get_shown_versions,
)
from dashboard.words.notices import notice_lead, notice_parts, update_words

_KEPT_UP = dt.timedelta(days=365)  # how long the overview tells of a correction
_Shown = Mapping[str, tuple[int, bool]]


@dataclass(frozen=True)
class Notice:
    """Ready to be read: one sentence, then what people wrote, each part with its heading."""

    lead: str
    parts: tuple[tuple[str, str], ...]


def page_notices(site: Site, address: Address, editions: Editions) -> list[Notice]:
    """Every page says what was withdrawn and is missing from it. An earlier edition says which of
    its figures were corrected since, the overview which were corrected of late."""
    with site.database.reading() as connection:
        told = get_notices(connection, site.viewer, address.area.code)
        if not told:
            return []
        shown = get_shown_versions(connection, site.viewer, address.area.code, editions.asked)
    since = (site.settings.today() - _KEPT_UP).isoformat()
    return [
        ready_notice(one) for one in told if _concerns(one, shown, address, editions.asked, since)
    ]


def _concerns(
    one: Told, shown: _Shown, address: Address, asked: Edition | None, since: str
) -> bool:
    number, withheld = shown.get(one.term, (0, False))
    if one.is_withdrawal:
        return withheld and one.number == number
    if asked:
        return not withheld and 0 < number < one.number
    if withheld or one.number != number or address.page != "overview":
        return False
    return not one.published_at or one.published_at >= since


def ready_notice(one: Told) -> Notice:
    """A notice in words."""
    day = one.written_at if one.is_withdrawal else one.published_at
    parts = notice_parts(one.kind, one.what, one.found_on, one.cause, one.effect)
    return Notice(notice_lead(one.kind, one.term, day), tuple(parts))


def next_update(site: Site, address: Address, editions: Editions) -> str:
    """When new figures come out, for the overview of the newest; "" when nobody named a day, and in
    a preview, which is of that very update."""
    if address.page != "overview" or editions.asked or site.viewer.preview:
        return ""
    with site.database.reading() as connection:
        found = get_announced(connection, address.area.code)
    return update_words(found.term, found.on_day, site.settings.today()) if found else ""


def withdrawn_page(site: Site, address: Address) -> Page | None:
    """In the place of a page of an edition that was withdrawn: which, when and why; None for all
    other pages."""
    name = address.edition
    if name is None:
        return None
    with site.database.reading() as connection:
        if not is_withdrawn(connection, address.area.code, name):
            return None
        told = get_notices(connection, site.viewer, address.area.code)
    notices = [*_about(told, name.term, name.number)]
    newest = address.with_query(edition="").url
    facts = {"area": address.area, "notices": notices, "newest": newest, "banner": site.banner}
    title = f"Withdrawn – {address.area.name} – {address.area.site_name}"
    return Page(title, "withdrawn.html", "This edition was withdrawn.", facts)


def _about(told: list[Told], term: str, number: int) -> Iterator[Notice]:
    for one in told:
        if one.is_withdrawal and (one.term, one.number) == (term, number):
            yield ready_notice(one)
