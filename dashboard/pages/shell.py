"""What stands round every page of an area: header, ways on, the edition it shows, the notice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.address import Address
from dashboard.pages.notices import next_update, page_notices
from dashboard.pages.site import Editions, Site
from dashboard.public.files import DATA, EASY_READ, door_address
from dashboard.public.standing import get_standing

_FEW = 4  # areas that fit in a header; with more there is one link to them all


@dataclass(frozen=True)
class Link:
    """Somewhere to go; `here` when it is what is shown now."""

    words: str
    url: str
    here: bool = False


def shell_facts(
    site: Site, address: Address, editions: Editions, invented: bool, trail: Sequence[Link]
) -> Mapping[str, Any]:
    """What `page.html` needs beside what is particular to a page."""
    return {
        "address": address,
        "area": address.area,
        "areas": _areas(site, address),
        "ways": [*_ways(address), *_for_everyone(site, address)],
        "trail": [Link("Home", "/"), *trail],
        "invented": invented,
        "edition": editions.shown,
        "same_page": _same_page(address, editions),
        "newer": address.with_query(edition="").url if _is_older(editions) else "",
        "since_then": _since_then(editions),
        "notices": page_notices(site, address, editions),
        "update": next_update(site, address, editions),
        "banner": site.banner,
    }


def _for_everyone(site: Site, address: Address) -> list[Link]:
    """To the pages for families and the open data, once they are out; not from a preview."""
    area = address.area
    if area.public is None or address.base:
        return []
    with site.database.reading() as connection:
        out = get_standing(connection, area.code).latest
    doors = ((EASY_READ, "Easy read"), (DATA, "Open data"))
    return [Link(words, door_address(door, area.slug)) for door, words in doors] if out else []


def area_link(address: Address, here: bool = False) -> Link:
    return Link(address.area.name, address.to("overview").url, here)


def page_title(address: Address, what: str) -> str:
    """The title of a page in the browser's tab, most particular first."""
    return f"{what} – {address.area.name} – {address.area.site_name}"


def _areas(site: Site, address: Address) -> list[Link]:
    areas = site.settings.areas
    if len(areas) == 1 or address.base:  # a preview is of one area
        return []
    if len(areas) > _FEW:
        return [Link("All areas", "/")]
    return [
        Link(one.name, _same_in(address, code, site), code == address.area.code)
        for code, one in areas.items()
    ]


def _same_in(address: Address, code: str, site: Site) -> str:
    """The same page of another area; its overview when it does not send that measure."""
    area = site.settings.areas[code]
    sent = address.measure is None or address.measure.source.extract in area.extracts
    page = address.page if sent else "overview"
    return Address(area, page, address.measure if sent else None).url


def _ways(address: Address) -> list[Link]:
    names = {
        "overview": "Overview",
        "gaps": "Where are the gaps?",
        "plan": "Improvement plan",
        "planner": "What if?",
    }
    if not address.base:  # a preview has none
        names["packs"] = "Packs for meetings"
    return [
        Link(words, address.to(page).url, address.page == page) for page, words in names.items()
    ]


def _same_page(address: Address, editions: Editions) -> str:
    """The address that will show exactly this again, whatever is published later. Nothing that is
    yet to be published has one."""
    shown = editions.shown
    if shown is None or not shown.published_at:
        return ""
    return address.with_query(edition=str(shown.name)).url


def _since_then(editions: Editions) -> str:
    """What came after the edition that was asked for."""
    asked, newest = editions.asked, editions.newest
    if asked is None or newest is None:
        return ""
    if (asked.term, asked.number) != (newest.term, newest.number):
        return f"{newest.words} has come out"
    return "published figures, dated notes, the improvement plan or owners’ words have changed"


def _is_older(editions: Editions) -> bool:
    return bool(editions.asked and editions.newest and editions.asked.name != editions.newest.name)
