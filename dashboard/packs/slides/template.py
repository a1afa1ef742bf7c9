"""The deck that slides are put on: ours, or an area's own template, emptied of its slides."""

import io
from dataclasses import dataclass
from typing import Final
from zipfile import BadZipFile

from pptx import Presentation
from pptx.exc import PackageNotFoundError
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.slide import SlideLayout

from dashboard.packs.package import TemplateRefused, as_document
from dashboard.packs.slides.house import NAVY, open_house

_MAIN: Final = "application/vnd.openxmlformats-officedocument.presentationml."
_LEAST = (648.0, 360.0)  # points: 9 by 5 inches
_POINT = 12_700
_STALE: Final = (
    RELATIONSHIP_TYPE.THUMBNAIL,
    RELATIONSHIP_TYPE.PRINTER_SETTINGS,
    RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,
)
_NEEDED: Final = "The template needs a layout with a title, such as “Title Only”."


@dataclass(frozen=True)
class Inks:
    """Colours of words outside tables. On an area's own template all are its colour of text:
    nothing else is known to stand out from its background."""

    text: str = "0B0C0C"
    soft: str = "484949"
    strong: str = NAVY
    warning: str = "A8400A"


OWN_INKS: Final = Inks("tx1", "tx1", "tx1", "tx1")


def open_template(template: bytes | None) -> Deck:
    """A deck without slides.

    Raises:
        TemplateRefused: not a PowerPoint template or presentation, too small, or without a layout
            that has a title.
    """
    if template is None:
        deck = open_house()
    else:
        deck = _open(template)
        _empty(deck)
        if any(
            size is None or size / _POINT < least
            for size, least in zip((deck.slide_width, deck.slide_height), _LEAST, strict=True)
        ):
            raise TemplateRefused("The slides of the template must be at least 9 by 5 inches.")
    _forget_stale(deck)
    return deck


def find_layout(deck: Deck, *kinds: str) -> SlideLayout:
    """The first layout of one of these types (`p:sldLayout/@type`) that has a title, in their
    order; else any layout with a title."""
    layouts: list[SlideLayout] = [
        one for master in deck.slide_masters for one in master.slide_layouts
    ]
    titled = [one for one in layouts if _titled(one)]
    for kind in kinds:
        for layout in titled:
            if layout.element.get("type") == kind:
                return layout
    if not titled:
        raise TemplateRefused(_NEEDED)
    return min(titled, key=lambda layout: len(layout.placeholders))


def _open(template: bytes) -> Deck:
    try:
        content = as_document(
            template, f"{_MAIN}template.main+xml", f"{_MAIN}presentation.main+xml"
        )
        return Presentation(io.BytesIO(content))
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError, SyntaxError) as fault:
        raise TemplateRefused(
            "This is not a PowerPoint template (.potx) or presentation (.pptx)."
        ) from fault


def _empty(deck: Deck) -> None:
    """Its own slides, and the shows and sections made of them, are left out."""
    for show in deck.element.xpath("./p:custShowLst"):
        deck.element.remove(show)
    listed = deck.slides.element
    for slide in list(listed):
        deck.part.drop_rel(slide.get(qn("r:id")))
        listed.remove(slide)
    for section in deck.element.xpath('.//*[local-name()="sectionLst"]'):
        extension = section.getparent()
        extension.getparent().remove(extension)


def _titled(layout: SlideLayout) -> bool:
    return bool(layout.element.xpath('.//p:ph[@type="title" or @type="ctrTitle"]'))


def _forget_stale(deck: Deck) -> None:
    """A picture of a first slide, a printer's settings, counts of words: all of another paper."""
    for owner in (deck.part.package, deck.part):
        for number, link in list(owner._rels.items()):
            if link.reltype in _STALE:
                owner._rels.pop(number)
