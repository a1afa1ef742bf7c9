"""Sections of PowerPoint: the slides of each section under its name, in the list beside them."""

from collections.abc import Sequence
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import quoteattr

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.presentation import Presentation

_EXTENSION = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
_NAMES = 'xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main"'


def name_sections(deck: Presentation, sections: Sequence[tuple[str, int]]) -> None:
    """Every slide belongs to one; the same sections get the same ids each time.

    Args:
        sections: each name and after how many slides of the deck its own end.
    """
    ids = [slide.get("id") for slide in deck.slides.element]
    ends = [end for _, end in sections]
    listed = "".join(
        _section(number, name, ids[start:end])
        for number, ((name, end), start) in enumerate(zip(sections, [0, *ends], strict=False))
    )
    element = deck.element
    extensions = element.find(qn("p:extLst"))
    if extensions is None:
        extensions = parse_xml(f"<p:extLst {nsdecls('p')}/>")
        element.append(extensions)
    extensions.append(
        parse_xml(
            f'<p:ext {nsdecls("p")} uri="{_EXTENSION}"><p14:sectionLst {_NAMES}>{listed}'
            "</p14:sectionLst></p:ext>"
        )
    )


def _section(number: int, name: str, ids: Sequence[str]) -> str:
    key = str(uuid5(NAMESPACE_URL, f"{number} {name}")).upper()
    members = "".join(f'<p14:sldId id="{one}"/>' for one in ids)
    return (
        f'<p14:section name={quoteattr(name)} id="{{{key}}}"><p14:sldIdLst>{members}'
        "</p14:sldIdLst></p14:section>"
    )
