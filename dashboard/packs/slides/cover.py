"""The first slide, and the slide that opens a section."""

from collections.abc import Iterator
from dataclasses import replace

from pptx.slide import Slide
from pptx.util import Pt

from dashboard.packs.pack import Pack, Section
from dashboard.packs.slides.deck import Deck
from dashboard.packs.slides.flow import fitted
from dashboard.packs.slides.logo import draw_logo
from dashboard.packs.slides.pages import draw_words
from dashboard.packs.slides.text import FLOOR, Para, words

_COVER_SIZES = (44, 40, 36, 32, 28, 24)
_SECTION_SIZES = (40, 36, 32, 28, 24)
_POINT = 12_700
_INSETS = 16.0  # points a placeholder keeps free, both sides together
_FOOT = 64.0  # points kept free for the footer


def draw_cover(deck: Deck, pack: Pack) -> None:
    """Title, what it is, whose it is, of which edition, and who may see its numbers. An area's own
    template has its own logo."""
    slide = deck.add(pack.title, "cover", _COVER_SIZES)
    said = list(_cover_words(pack))
    if not _say(deck, slide, said):
        _say(deck, slide, [para.smaller(para.size - FLOOR) for para in said[:-1]], whole=False)
    if pack.logo and deck.is_house:
        draw_logo(slide, pack.logo, pack.logo_words)


def draw_section(deck: Deck, section: Section) -> None:
    """Its title and its sentences; those that do not fit stand on a slide of their own."""
    slide = deck.add(section.title, "section", _SECTION_SIZES)
    said = [replace(words(one, 22), before=10) for one in section.intro]
    if not _say(deck, slide, said):
        deck.fill(slide, ())
        draw_words(deck, f"{section.title}: in short", [(para,) for para in said])


def _cover_words(pack: Pack) -> Iterator[Para]:
    yield words(pack.subtitle, 24)
    yield replace(words(pack.partnership, 20, bold=True), before=14)
    yield words(pack.edition, 16)
    yield replace(words(pack.marking, 16, bold=True), before=14)
    if pack.invented:
        yield words(pack.invented, 16, bold=True)


def _say(deck: Deck, slide: Slide, paras: list[Para], whole: bool = True) -> bool:
    """In the layout's own place for words below the title, made taller when it has to be; else in
    the room of a page. False, and nothing is written, when it does not fit."""
    place = next((one for one in slide.placeholders if one.placeholder_format.idx != 0), None)
    room, tall = deck.body.width, deck.body.height
    if place is not None:
        box = [one / _POINT for one in (place.left, place.top, place.width, place.height)]
        box[3] = max(box[3], deck.height - _FOOT - box[1])
        room, tall = box[2] - _INSETS, box[3] - _INSETS / 2
        place.left, place.top, place.width, place.height = (Pt(one) for one in box)
    said = fitted([(para,) for para in paras], deck.letters, room, tall)
    if said is None and whole:
        return False
    said = paras if said is None else said
    if not deck.fill(slide, said) and said:
        deck.write(slide, deck.body, said, "Words")
    return True
