"""Numbers of headings (`1`, `1.1`) and marks of lists, in the program's own numbering."""

from collections.abc import Sequence
from typing import Any

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.parts.numbering import NumberingPart

_LEVELS = (("%1", 567), ("%1.%2", 794))  # what a heading is numbered, and how wide that stands


def number_headings(document: Document, styles: Sequence[Any]) -> bool:
    """Sections `1`, their pages `1.1`; not where the headings of a template have numbers.

    Returns:
        whether the numbers are ours.
    """
    if any(style.find(f".//{qn('w:numPr')}") is not None for style in styles):
        return False
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        f'<w:pStyle w:val="{style.get(qn("w:styleId"))}"/><w:lvlText w:val="{shown}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{wide}" w:hanging="{wide}"/></w:pPr></w:lvl>'
        for level, ((shown, wide), style) in enumerate(zip(_LEVELS, styles, strict=True))
    )
    number = _add(document, "multilevel", levels)
    for level, style in enumerate(styles):
        _give(style, number, level)
    return True


def start_bullets(document: Document, style: Any) -> None:
    """A round mark before each item; not where a template's own list has its mark."""
    if style.find(f".//{qn('w:numPr')}") is not None:
        return
    level = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/>'
        '<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="340" w:hanging="227"/></w:pPr></w:lvl>'
    )
    _give(style, _add(document, "hybridMultilevel", level), 0)


def _give(style: Any, number: int, level: int) -> None:
    """The properties of a paragraph stand in an order of their own."""
    shape = style.get_or_add_pPr()
    made = parse_xml(
        f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    )
    shape._insert_numPr(made)


def _add(document: Document, kind: str, levels: str) -> int:
    """All kinds of numbering stand before all uses of them."""
    numbering = _numbering(document)
    kinds = [int(one.get(qn("w:abstractNumId"))) for one in numbering.iter(qn("w:abstractNum"))]
    uses = numbering.findall(qn("w:num"))
    ident = max(kinds, default=-1) + 1
    number = max((int(one.get(qn("w:numId"))) for one in uses), default=0) + 1
    made = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{ident}">'
        f'<w:multiLevelType w:val="{kind}"/>{levels}</w:abstractNum>'
    )
    if uses:
        uses[0].addprevious(made)
    else:
        numbering.append(made)
    numbering.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{ident}"/></w:num>'
        )
    )
    return number


def _numbering(document: Document) -> Any:
    """python-docx makes no part for numbers where a template has none."""
    for link in document.part.rels.values():
        if link.reltype == RELATIONSHIP_TYPE.NUMBERING:
            return link.target_part.element
    part = NumberingPart.load(
        PackURI("/word/numbering.xml"),
        CONTENT_TYPE.WML_NUMBERING,
        f"<w:numbering {nsdecls('w')}/>".encode(),
        document.part.package,
    )
    document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
    return part.element
