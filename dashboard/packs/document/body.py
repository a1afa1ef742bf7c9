"""Everything between the cover and the last page, in order, on sheets upright and across."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from dashboard.packs.document.contents import Heading, contents, heading
from dashboard.packs.document.cover import cover
from dashboard.packs.document.drawings import Drawings
from dashboard.packs.document.pages import Pages
from dashboard.packs.document.sheets import ACROSS_HEIGHT, ACROSS_WIDTH, Sheets, later
from dashboard.packs.document.styles import Styles
from dashboard.packs.document.summary import summary_table
from dashboard.packs.document.wording import para, paras
from dashboard.packs.pack import MeasurePage, Pack, PackPage, Section, SummaryPage
from dashboard.packs.slides.letters import Letters

_HEADS = 62.0  # points of the page's own heading, of two rows of headings, and left at ends
_SECTION = 36.0  # and of a section's heading
_LAST = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'

Part = tuple[bool, str]  # whether its sheet lies across, and its content


class Body:
    """Put together as one text, which is read into the document once: it is long."""

    def __init__(self, document: Document, pack: Pack, styles: Styles, sheets: Sheets) -> None:
        self._document, self._pack, self._styles, self._sheets = document, pack, styles, sheets
        self._drawings = Drawings(document, pack.published_on)
        self._pages = Pages(styles, self._drawings, sheets.width)
        self._headings = [*_headings(pack, styles.numbered)]
        self._written = 0

    def write(self) -> None:
        """Sheets that lie the same way and follow one another are one section."""
        groups = [
            (across, "".join(content for _, content in parts))
            for across, parts in groupby(self._parts(), key=lambda part: part[0])
        ]
        whole = "".join(
            content + (self._end(across, place) if place < len(groups) - 1 else "")
            for place, (across, content) in enumerate(groups)
        )
        body = self._document.element.body
        for one in parse_xml(f"<w:body {nsdecls('w', 'r')}>{whole}</w:body>"):
            body.insert(len(body) - 1, one)
        body.replace(body[-1], self._sheet(groups[-1][0], len(groups) - 1))

    def _end(self, across: bool, place: int) -> str:
        """A line of no height that ends a section."""
        return para("", look=_LAST + self._sheet(across, place).xml)

    def _sheet(self, across: bool, place: int) -> Any:
        sheet = self._sheets.across if across else self._sheets.upright
        return later(sheet) if place else sheet

    def _parts(self) -> Iterator[Part]:
        yield False, cover(self._pack, self._styles, self._drawings)
        yield False, contents(self._headings, self._styles)
        for section in self._pack.sections:
            yield from self._section(section)

    def _section(self, section: Section) -> Iterator[Part]:
        """Its heading stands on the sheet of its first page."""
        head = self._heading(new_sheet=True) + paras("", section.intro)
        if not section.pages:
            yield False, head
        for page in section.pages:
            across = isinstance(page, SummaryPage)
            above = _SECTION + _tall(section.intro, 10.5, 1.15, 6) if head else 0.0
            title = self._heading(new_sheet=not head)
            yield across, head + title + self._page(page, above)
            head = ""

    def _heading(self, new_sheet: bool) -> str:
        self._written += 1
        one = self._headings[self._written - 1]
        return heading(one, self._written, self._styles, new_sheet)

    def _page(self, page: PackPage, above: float) -> str:
        """`above` is how tall a section's heading is that stands on the same sheet, in points."""
        if isinstance(page, SummaryPage):
            said = paras(self._styles["Pack Small"], page.intro)
            room = 2 * ACROSS_HEIGHT - _HEADS - above - _tall(page.intro, 9, 1.1, 3)
            return said + summary_table(page, self._drawings, ACROSS_WIDTH, room)
        return (
            self._pages.measure(page) if isinstance(page, MeasurePage) else self._pages.words(page)
        )


def _tall(every: Sequence[str], size: float, line: float, after: float) -> float:
    """Points that paragraphs take on a sheet that lies across; lines are a little further apart
    than their type is tall."""
    lines = sum(len(Letters().wrap(one, size, ACROSS_WIDTH)) for one in every)
    return lines * size * line * 1.15 + len(every) * after


def _headings(pack: Pack, numbered: bool) -> Iterator[Heading]:
    for place, section in enumerate(pack.sections, 1):
        yield Heading(1, f"{place}" if numbered else "", section.title, f"_Toc{place:03}000")
        for at, page in enumerate(section.pages, 1):
            number = f"{place}.{at}" if numbered else ""
            yield Heading(2, number, page.title, f"_Toc{place:03}{at:03}")
