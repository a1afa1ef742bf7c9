"""A pack as a PowerPoint file: native charts and tables, the same bytes for the same pack."""

import datetime as dt

from pptx.slide import Slide

from dashboard.packs.pack import MeasurePage, Pack, PackPage, Section, SummaryPage
from dashboard.packs.package import fixed_package
from dashboard.packs.slides.contents import Contents, entries_of
from dashboard.packs.slides.cover import draw_cover, draw_section
from dashboard.packs.slides.deck import Deck
from dashboard.packs.slides.measure import draw_measure
from dashboard.packs.slides.pages import draw_page
from dashboard.packs.slides.plain import plain_pack
from dashboard.packs.slides.sections import name_sections
from dashboard.packs.slides.summary import draw_summary


def draw_slides(pack: Pack, template: bytes | None = None) -> bytes:
    """
    Args:
        template: an area's own .potx or .pptx: its master, its layouts by their type and its size
            of slide are used; its own slides are left out.

    Raises:
        TemplateRefused: the template cannot be used; says why.
    """
    pack = plain_pack(pack)
    deck = Deck(pack, template)
    draw_cover(deck, pack)
    contents = Contents(deck, [*entries_of(pack)])
    sections = [("Cover and contents", len(deck.slides))]
    targets: list[Slide] = []
    for section in pack.sections:
        targets += _draw_section(deck, section)
        sections.append((section.title, len(deck.slides)))
    contents.fill(targets)
    name_sections(deck.made, sections)
    _describe(deck, pack)
    return fixed_package(deck.save(), pack.published_on)


def _draw_section(deck: Deck, section: Section) -> list[Slide]:
    """The first slide of the section and of each of its pages. A section that is one page, with
    nothing to say before it, begins with that page."""
    start = len(deck.slides)
    if len(section.pages) == 1 and not section.intro:
        return 2 * [_draw_page(deck, section.pages[0])]
    draw_section(deck, section)
    return [deck.slides[start], *(_draw_page(deck, page) for page in section.pages)]


def _draw_page(deck: Deck, page: PackPage) -> Slide:
    if isinstance(page, MeasurePage):
        return draw_measure(deck, page)
    if isinstance(page, SummaryPage):
        return draw_summary(deck, page)
    return draw_page(deck, page)


def _describe(deck: Deck, pack: Pack) -> None:
    """The file's properties, of the day that its edition was published and of no other."""
    facts = deck.made.core_properties
    made_at = dt.datetime.combine(pack.published_on, dt.time())
    facts.title, facts.subject = pack.title[:255], pack.subtitle[:255]
    facts.author = facts.last_modified_by = pack.partnership[:255]
    facts.created = facts.modified = made_at
    facts.keywords, facts.comments = pack.edition[:255], pack.marking[:255]
    facts.category, facts.language, facts.revision = "", "en-GB", 1
