"""Packs for meetings: choose what the paper says and take it as slides, document or PDF."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Any

from sqlalchemy import Connection
from werkzeug.exceptions import ServiceUnavailable

from dashboard.address import Address
from dashboard.edition import Edition
from dashboard.packs.asked import NUMBERS, TEMPLATES, Asked, ask, subtitle_of, theme_choices
from dashboard.packs.editions import get_edition_of_term, get_published_terms
from dashboard.packs.files import KINDS, draw_file, file_name, templates_of
from dashboard.packs.gather import build_pack, pack_address
from dashboard.packs.protected import why_not_protected
from dashboard.packs.refused import PackRefused
from dashboard.pages.kept import Answer, make_answer
from dashboard.pages.page import Page
from dashboard.pages.shell import Link, area_link, page_title, shell_facts
from dashboard.pages.site import Editions, Site, find_editions
from dashboard.queries.editions import get_areas_shown
from schemas.term import parse_term

_AT_ONCE = 2  # papers drawn at the same time on one server
_PLACES = BoundedSemaphore(_AT_ONCE)
_ASK_AGAIN = 60  # seconds
_TERMS = 4  # of which a pack is offered: a year, and the newest term a year before


def packs_page(site: Site, address: Address) -> Page | None:
    """`?template=exceptions|full|theme|profile`, `?theme=` and `?numbers=true|protected` choose;
    a preview has no packs."""
    if address.base:
        return None
    area = address.area
    asked = ask(area, site.settings.measures_of(area), address.query)
    with site.database.reading() as connection:
        editions = find_editions(connection, site, address)
        if editions is None:
            return None
        shown = get_areas_shown(connection, site.viewer, [area.code], editions.asked)
        facts = _facts(connection, site, address, editions, asked)
    invented = area.code in shown and shown[area.code].invented
    trail = [area_link(address), Link("Packs for meetings", "")]
    said = f"{TEMPLATES[asked.template]}. {NUMBERS[asked.numbers]}."
    facts = {**shell_facts(site, address, editions, invented, trail), **facts}
    return Page(page_title(address, "Packs for meetings"), "packs.html", said, facts)


def packs_file(site: Site, address: Address) -> Answer | None:
    """One file. Without an edition in the address that of the newest.

    Raises:
        ServiceUnavailable: two are being made already.
    """
    area = address.area
    if address.base:
        return None
    asked = ask(area, site.settings.measures_of(area), address.query)
    with site.database.reading() as connection:
        editions = find_editions(connection, site, address)
    edition = editions.shown if editions else None
    if edition is None:
        return None
    try:
        with _a_place():
            pack = build_pack(site.database, site.settings, area, edition, asked)
            body = draw_file(pack, address.file, templates_of(area))
    except PackRefused as refused:
        return make_answer(refused.words.encode(), "text/plain; charset=utf-8", 404)
    name = file_name(area, asked, str(edition.name), address.file)
    return make_answer(body, KINDS[address.file].media_type, name=name)


@contextmanager
def _a_place() -> Iterator[None]:
    """Drawing takes seconds of a processor: who finds no place free is told when to ask again,
    rather than made to wait while the pages of others wait too."""
    if not _PLACES.acquire(blocking=False):
        raise ServiceUnavailable(retry_after=_ASK_AGAIN)
    try:
        yield
    finally:
        _PLACES.release()


def _facts(
    connection: Connection, site: Site, address: Address, editions: Editions, asked: Asked
) -> Mapping[str, Any]:
    area, edition = address.area, editions.shown
    measures = site.settings.measures_of(area)
    why = ""
    if edition and asked.numbers == "protected":
        why = why_not_protected(connection, area, edition)
    return {
        "choices": [
            ("What it is for", [*_templates(address, asked)]),
            *_themes(address, asked, theme_choices(area, measures)),
            ("Figures", [*_numbers(address, asked)]),
            ("Term", [*_terms(connection, address, edition)]),
        ],
        "asked": asked,
        "subtitle": subtitle_of(asked, area, measures),
        "why_not": why,
        "files": _files(address, edition, asked) if edition and not why else [],
    }


def _templates(address: Address, asked: Asked) -> Iterator[Link]:
    for key, words in TEMPLATES.items():
        url = address.with_query(template="" if key == "exceptions" else key, theme="").url
        yield Link(words, url, key == asked.template)


def _themes(
    address: Address, asked: Asked, choices: Mapping[str, str]
) -> Iterator[tuple[str, Sequence[Link]]]:
    if asked.template == "theme":
        links = [
            Link(words, address.with_query(theme=key).url, key == asked.theme)
            for key, words in choices.items()
        ]
        yield "Theme", links


def _numbers(address: Address, asked: Asked) -> Iterator[Link]:
    for key, words in NUMBERS.items():
        url = address.with_query(numbers="" if key == "true" else key).url
        yield Link(words, url, key == asked.numbers)


def _terms(connection: Connection, address: Address, shown: Edition | None) -> Iterator[Link]:
    """The newest terms: each as it was shown until the next came out."""
    for number, label in enumerate(get_published_terms(connection, address.area.code)[:_TERMS]):
        edition = get_edition_of_term(connection, address.area.code, label)
        term = parse_term(label)
        if edition and term:
            url = address.with_query(edition=str(edition.name) if number else "").url
            yield Link(term.short_title, url, bool(shown and shown.term == label))


def _files(address: Address, edition: Edition, asked: Asked) -> list[tuple[Link, str]]:
    """Each with its kind and what is in it; the address has the edition, so it stays the same."""
    lasting = pack_address(address.area, edition, asked)
    return [
        (Link(f"{one.name} (.{kind})", lasting.as_file(kind).url), one.words)
        for kind, one in KINDS.items()
    ]
