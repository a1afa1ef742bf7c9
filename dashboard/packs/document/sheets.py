"""Sheets upright and across, and what stands at the head and the foot of every one of them."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section

from dashboard.packs.document.styles import Styles
from dashboard.packs.document.wording import field, para, run
from dashboard.packs.pack import Pack

_SIDE_ACROSS = 510  # twentieths of a point: the summary needs the whole width
_ACROSS: Final = (
    '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>',
    f'<w:pgMar w:top="624" w:right="{_SIDE_ACROSS}" w:bottom="737" w:left="{_SIDE_ACROSS}" '
    'w:header="283" w:footer="283" w:gutter="0"/>',
)
_UPRIGHT: Final = (
    '<w:pgSz w:w="11906" w:h="16838"/>',
    '<w:pgMar w:top="1191" w:right="1021" w:bottom="1247" w:left="1021" w:header="567" '
    'w:footer="454" w:gutter="0"/>',
)
ACROSS_WIDTH = (16838 - 2 * _SIDE_ACROSS) / 20
ACROSS_HEIGHT = (11906 - 624 - 737) / 20
"""The room for words on a sheet across, in points."""


@dataclass(frozen=True)
class Sheets:
    """Section properties as elements, and how wide words run on an upright sheet, in points."""

    upright: Any
    across: Any
    width: float


def ready_sheets(document: Document, pack: Pack, styles: Styles, own: bool) -> Sheets:
    """Empties the document and gives it its heads and feet. A template keeps its size of paper,
    its margins and what stands at its own head and foot; the marking is added to every foot.

    Args:
        own: whether the document is ours, and no area's template.
    """
    section = document.sections[-1]
    _keep_references(document, section)
    _empty(document)
    properties = section._sectPr
    if own:
        _set_sheet(properties, _UPRIGHT)
        head = para(styles["header"], run(f"{pack.partnership} · {pack.title}"))
        _fill(section.header._element, head, own)
    for foot in _feet(document, section):
        _fill(foot._element, _foot(pack, styles["footer"]), own)
    across = deepcopy(properties)
    _set_sheet(across, _ACROSS)
    _drop(across, "w:titlePg")
    width = section.page_width - section.left_margin - section.right_margin  # type: ignore[operator]
    return Sheets(deepcopy(properties), across, width / 12_700)


def later(properties: Any) -> Any:
    """The same sheets where others come before them: they have no first page of their own."""
    made = deepcopy(properties)
    _drop(made, "w:titlePg")
    return made


def _keep_references(document: Document, last: Section) -> None:
    """A section without a foot has that of the one before it, which is about to go."""
    held: dict[tuple[str, str], Any] = {}
    for section in document.sections:
        for one in _references(section._sectPr):
            held[one.tag, one.get(qn("w:type"))] = one
    for one in _references(last._sectPr):
        last._sectPr.remove(one)
    for place, one in enumerate(held.values()):
        last._sectPr.insert(place, deepcopy(one))


def _references(properties: Any) -> list[Any]:
    names = (qn("w:headerReference"), qn("w:footerReference"))
    return [one for one in properties if one.tag in names]


def _empty(document: Document) -> None:
    body = document.element.body
    for one in list(body)[:-1]:
        body.remove(one)


def _set_sheet(properties: Any, sheet: tuple[str, str]) -> None:
    for part in sheet:
        made = parse_xml(part.replace(" ", f" {nsdecls('w')} ", 1))
        there = properties.find(made.tag)
        if there is None:
            properties.insert(len(_references(properties)) + (made.tag == qn("w:pgMar")), made)
        else:
            properties.replace(there, made)
    _drop(properties, "w:type")  # each of our sections begins a sheet


def _drop(properties: Any, name: str) -> None:
    for one in properties.findall(qn(name)):
        properties.remove(one)


def _feet(document: Document, section: Section) -> Iterator[Any]:
    """Every foot that can stand on a sheet of this document."""
    yield section.footer
    if section.different_first_page_header_footer:
        yield section.first_page_footer
    if document.settings.odd_and_even_pages_header_footer:
        yield section.even_page_footer


def _fill(part: Any, content: str, own: bool) -> None:
    for one in list(part) if own else ():
        part.remove(one)
    for one in parse_xml(f"<w:root {nsdecls('w')}>{content}</w:root>"):
        part.append(one)


def _foot(pack: Pack, style: str) -> str:
    line = '<w:pBdr><w:top w:val="single" w:sz="4" w:space="3" w:color="484949"/></w:pBdr>'
    lines = [
        [run(pack.marking, bold=True), run(f" {pack.invented}" if pack.invented else "")],
        [run(f"{pack.edition} · Page "), field("PAGE", "1"), run(" of "), field("NUMPAGES", "1")],
    ]
    return "".join(
        para(style, *runs, look="" if place else line) for place, runs in enumerate(lines)
    )
