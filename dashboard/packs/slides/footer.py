"""The foot of every slide: who may see its numbers, what is invented, its edition, its number."""

from typing import Any

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.slide import Slide

from dashboard.packs.pack import Pack
from dashboard.packs.slides.letters import LINE, Letters
from dashboard.packs.slides.text import FLOOR, LANGUAGE, fill_xml, paragraphs_xml, words

_POINT = 12_700
_FIELD = "{C1FF6DA9-008F-8B48-92A6-B652298478BF}"
_NUMBER_WIDE, _BETWEEN, _EDGE = 60.0, 10.0, 8.0
_SIDE = 0.045  # of a slide's width


class Footer:
    """The marking and the edition; the sentence about invented figures on a line of its own."""

    def __init__(self, pack: Pack, letters: Letters, width: float, height: float) -> None:
        self._lines = [one for one in (f"{pack.marking} {pack.edition}", pack.invented) if one]
        self._left, self._room = width * _SIDE, width * (1 - 2 * _SIDE) - _NUMBER_WIDE - _BETWEEN
        tall = sum(letters.height(line, FLOOR, self._room) for line in self._lines)
        self._tall = max(tall, FLOOR * LINE)
        self.top = height - self._tall - _EDGE

    def add(self, slide: Slide, number: int, colour: str) -> None:
        """In the layout's own places for a footer and a number, moved so that everything fits."""
        place = (self._left, self.top, self._room, self._tall)
        said = paragraphs_xml([words(line, FLOOR, colour=colour) for line in self._lines])
        _add(slide, "ftr", "Footer", place, said)
        left = self._left + self._room + _BETWEEN
        place = (left, self.top, _NUMBER_WIDE, FLOOR * LINE)
        _add(slide, "sldNum", "Slide number", place, _field(number, colour))


def _field(number: int, colour: str) -> str:
    look = f'lang="{LANGUAGE}" sz="{round(FLOOR * 100)}"'
    return (
        f'<a:p><a:pPr algn="r"/><a:fld id="{_FIELD}" type="slidenum"><a:rPr {look}>'
        f"{fill_xml(colour)}</a:rPr><a:t>{number}</a:t></a:fld></a:p>"
    )


def _add(
    slide: Slide, kind: str, name: str, box: tuple[float, float, float, float], said: str
) -> None:
    tree = slide.shapes.element
    number = max(int(one) for one in tree.xpath("//@id") if one.isdigit()) + 1
    left, top, wide, tall = (round(one * _POINT) for one in box)
    tree.append(
        parse_xml(
            f'<p:sp {nsdecls("p", "a", "r")}><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/>'
            f'<p:cNvSpPr txBox="0"><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>{_holder(slide, kind)}'
            f'</p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x="{left}" y="{top}"/>'
            f'<a:ext cx="{wide}" cy="{tall}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
            '</a:prstGeom></p:spPr><p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" '
            f'anchor="t"><a:normAutofit/></a:bodyPr><a:lstStyle/>{said}</p:txBody></p:sp>'
        )
    )


def _holder(slide: Slide, kind: str) -> str:
    """The layout's place of that kind, "" where it has none: then it is words in a box."""
    found: list[Any] = slide.slide_layout.element.xpath(f'.//p:ph[@type="{kind}"]')
    if not found:
        return ""
    return f'<p:ph type="{kind}" sz="quarter" idx="{found[0].get("idx")}"/>'
