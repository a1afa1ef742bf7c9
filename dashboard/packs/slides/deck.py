"""A deck as it grows: slides with titles of their own, words in boxes, a footer on every slide."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, Final

from pptx.enum.text import MSO_AUTO_SIZE
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.slide import Slide
from pptx.util import Pt

from dashboard.packs.pack import Pack
from dashboard.packs.slides.alt import describe
from dashboard.packs.slides.footer import Footer
from dashboard.packs.slides.letters import Letters
from dashboard.packs.slides.template import OWN_INKS, Inks, find_layout, open_template
from dashboard.packs.slides.text import Para, paragraphs_xml, words

_POINT = 12_700
_INSET = 7.2  # points that PowerPoint keeps free inside a placeholder, left and right
_ABOVE_FOOT = 16.0  # points
_LEAST = 0.55  # of a slide's height: with less between title and footer a layout is not used so
_TITLE_SIZES: Final = (28, 26, 24, 22, 20)


@dataclass(frozen=True)
class Box:
    """Points from the slide's upper left corner."""

    left: float
    top: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        return self.top + self.height


class Deck:
    """Slides one after the other. `body` is the room between a page's title and its footer."""

    def __init__(self, pack: Pack, template: bytes | None) -> None:
        self.pack = pack
        self.made = open_template(template)
        self.letters = Letters(wide=template is not None)
        self.inks = OWN_INKS if template else Inks()
        self.width = (self.made.slide_width or 0) / _POINT
        self.height = (self.made.slide_height or 0) / _POINT
        self._layouts = {
            "cover": find_layout(self.made, "title"),
            "section": find_layout(self.made, "secHead", "titleOnly"),
            "page": find_layout(self.made, "titleOnly", "obj"),
        }
        self.is_house = template is None
        self._own_ink = "" if self.is_house else self.inks.text
        self._footer = Footer(pack, self.letters, self.width, self.height)
        self.body = self._find_body()
        self.slides: list[Slide] = []
        self._titles: set[str] = set()

    def add(self, title: str, kind: str = "page", sizes: Sequence[float] = _TITLE_SIZES) -> Slide:
        """A slide with nothing but its title, which no other slide has."""
        slide: Slide = self.made.slides.add_slide(self._layouts[kind])
        self.slides.append(slide)
        holder = slide.shapes.title
        assert holder is not None
        room, tall = holder.width / _POINT - 2 * _INSET, holder.height / _POINT
        size, said = self._fit(title, room, tall, sizes)
        _set_paragraphs(holder, [words(said, size, bold=True)])
        describe(holder, "Title", "")
        if kind == "page":
            self.fill(slide, ())
        return slide

    def write(self, slide: Slide, box: Box, paras: Sequence[Para], name: str) -> Any:
        """Words in a box of their own without edges; the box is as large as is said."""
        shape = slide.shapes.add_textbox(Pt(box.left), Pt(box.top), Pt(box.width), Pt(box.height))
        frame = shape.text_frame
        frame.word_wrap = True
        frame.auto_size = MSO_AUTO_SIZE.NONE
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        _set_paragraphs(shape, paras)
        describe(shape, name, "")
        return shape

    def fill(self, slide: Slide, paras: Sequence[Para]) -> bool:
        """Words in the placeholder below a title, when its layout has one; others are removed."""
        below = [one for one in slide.placeholders if one.placeholder_format.idx != 0]
        chosen = next((one for one in below if one.has_text_frame and paras), None)
        for one in below:
            if one is not chosen:
                one.element.getparent().remove(one.element)
        if chosen is None:
            return False
        _set_paragraphs(chosen, paras)
        describe(chosen, "Words", "")
        return True

    def save(self) -> bytes:
        for number, slide in enumerate(self.slides, 1):
            colour = self._own_ink if slide.slide_layout == self._layouts["page"] else ""
            self._footer.add(slide, number, colour)
        made = io.BytesIO()
        self.made.save(made)
        return made.getvalue()

    def _fit(
        self, title: str, room: float, tall: float, sizes: Sequence[float]
    ) -> tuple[float, str]:
        """The title, numbered when there is one like it, as large as its place allows."""
        for number in count(1):
            ending = f" ({number})" if number > 1 else ""
            size, said = self._sized(title, ending, room, tall, sizes)
            if said not in self._titles:
                break
        self._titles.add(said)
        return size, said

    def _sized(
        self, title: str, ending: str, room: float, tall: float, sizes: Sequence[float]
    ) -> tuple[float, str]:
        """Only a title longer than any we make is cut: its dots say so."""
        for size in sizes:
            if self.letters.height(title + ending, size, room, bold=True) <= tall:
                return size, title + ending
        ending = f"…{ending}"
        while title and self.letters.height(title + ending, sizes[-1], room, bold=True) > tall:
            title = title[: len(title) - max(len(title) // 20, 1)].rstrip()
        return sizes[-1], title + ending

    def _find_body(self) -> Box:
        layout = self._layouts["page"]
        holders: Any = layout.placeholders
        title = holders[0]
        low = self._footer.top
        for one in holders:
            if one.element.xpath('.//p:ph[@type="ftr"]') and one.top is not None:
                low = min(low, one.top / _POINT)
        left = title.left / _POINT + _INSET
        top = (title.top + title.height) / _POINT + 4
        wide = title.width / _POINT - 2 * _INSET
        if low - top < _LEAST * self.height or wide < 0.8 * self.width:
            left, top, wide = 0.05 * self.width, 0.2 * self.height, 0.9 * self.width
        return Box(left, top, wide, low - _ABOVE_FOOT - top)


def link_out(slide: Slide, url: str) -> str:
    """The id by which a run leads to an address, "" for one that is not whole."""
    if not url.startswith(("https://", "http://")):
        return ""
    return str(slide.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))


def link_to(slide: Slide, other: Slide) -> str:
    """The id by which a run leads to another slide."""
    return str(slide.part.relate_to(other.part, RELATIONSHIP_TYPE.SLIDE))


def _set_paragraphs(shape: Any, paras: Sequence[Para]) -> None:
    body = shape.text_frame._txBody
    for old in list(body.p_lst):
        body.remove(old)
    made = parse_xml(f"<a:txBody {nsdecls('a', 'r')}>{paragraphs_xml(paras)}</a:txBody>")
    for para in list(made):
        body.append(para)
