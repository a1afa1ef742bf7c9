"""Our own slides: python-pptx's blank deck, made wide, in our colours, with three layouts."""

from typing import Any, Final

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.presentation import Presentation as Deck
from pptx.slide import SlideLayout, SlideMaster
from pptx.util import Pt

from dashboard.packs.slides.alt import DECORATIVE

WIDTH, HEIGHT = 960.0, 540.0  # points: 13.333 by 7.5 inches
NAVY: Final = "12436D"
_FONT: Final = "Arial"
_COLOURS: Final = {
    "dk1": "0B0C0C",
    "lt1": "FFFFFF",
    "dk2": NAVY,
    "lt2": "F4F8FB",
    "accent1": NAVY,
    "accent2": "F46A25",
    "accent3": "801650",
    "accent4": "28A197",
    "accent5": "3D3D3D",
    "accent6": "A285D1",
    "hlink": "1A65A6",
    "folHlink": "54319F",
}
_KEPT: Final = ("title", "secHead", "titleOnly")
_Box = tuple[float, float, float, float]
_TITLE: Final[_Box] = (36, 14, 888, 62)
_FOOTER: Final[_Box] = (36, 496, 800, 34)
_NUMBER: Final[_Box] = (844, 496, 80, 34)


def open_house() -> Deck:
    """A deck without slides whose layouts `title`, `secHead` and `titleOnly` are ours."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Pt(WIDTH), Pt(HEIGHT)
    deck.element.find(qn("p:sldSz")).attrib.pop("type", None)  # it said 4:3
    master = deck.slide_master
    _colour(master)
    _lay_out_master(master)
    for layout in list(master.slide_layouts):
        kind = layout.element.get("type")
        if kind not in _KEPT:
            master.slide_layouts.remove(layout)
            continue
        _drop(layout, "dt")
        {"title": _cover, "secHead": _section, "titleOnly": _page}[kind](layout)
    return deck


def _colour(master: SlideMaster) -> None:
    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = parse_xml(part.blob)
    scheme = theme.find(f".//{qn('a:clrScheme')}")
    for name, colour in _COLOURS.items():
        place = scheme.find(qn(f"a:{name}"))
        for child in list(place):
            place.remove(child)
        place.append(parse_xml(f'<a:srgbClr {nsdecls("a")} val="{colour}"/>'))
    for font in theme.iterfind(f".//{qn('a:fontScheme')}/*/{qn('a:latin')}"):
        font.set("typeface", _FONT)
    part.blob = serialize_part_xml(theme)


def _lay_out_master(master: SlideMaster) -> None:
    _drop(master, "dt")
    places = {"title": _TITLE, "body": (36, 96, 888, 386), "ftr": _FOOTER, "sldNum": _NUMBER}
    for kind, box in places.items():
        _place(_holder(master, kind), box)
    _look(_holder(master, "title"), "l", 28, "tx2", bold=True)
    _look(_holder(master, "ftr"), "l", 12, "tx1")
    _look(_holder(master, "sldNum"), "r", 12, "tx1")


def _cover(layout: SlideLayout) -> None:
    _paint(layout, NAVY)
    _bar(layout, (60, 236, 90, 7), "accent2")
    title, below = _holder(layout, "ctrTitle"), _holder(layout, "subTitle")
    _place(title, (53, 96, 850, 130))
    _look(title, "l", 44, "bg1", bold=True, anchor="b")
    _place(below, (53, 254, 850, 226))
    _look(below, "l", 22, "bg1", anchor="t")
    for kind in ("ftr", "sldNum"):
        _look(_holder(layout, kind), "l" if kind == "ftr" else "r", 12, "bg1")


def _section(layout: SlideLayout) -> None:
    _bar(layout, (0, 0, 22, HEIGHT), "accent1")
    _bar(layout, (22, 0, 6, HEIGHT), "accent2")
    title, below = _holder(layout, "title"), _holder(layout, "body")
    _place(title, (60, 120, 850, 100))
    _look(title, "l", 40, "tx2", bold=True, anchor="b", caps=False)
    _place(below, (60, 230, 850, 240))
    _look(below, "l", 22, "tx1", anchor="t")
    _place(_holder(layout, "ftr"), (60, 496, 776, 34))


def _page(layout: SlideLayout) -> None:
    _bar(layout, (0, 0, 110, 7), "accent2")  # each is put behind the one before
    _bar(layout, (0, 0, WIDTH, 7), "accent1")
    _bar(layout, (43, 490, 874, 0.75), "bg1", shade=True)


def _holder(of: SlideMaster | SlideLayout, kind: str) -> Any:
    return next(one for one in _holders(of) if _kind(one) == kind)


def _holders(of: SlideMaster | SlideLayout) -> list[Any]:
    holders: Any = of.placeholders
    return list(holders)


def _kind(holder: Any) -> str:
    return str(holder.element.xpath(".//p:ph/@type")[0])


def _drop(of: SlideMaster | SlideLayout, kind: str) -> None:
    for one in _holders(of):
        if _kind(one) == kind:
            one.element.getparent().remove(one.element)


def _place(holder: Any, box: _Box) -> None:
    holder.left, holder.top, holder.width, holder.height = (Pt(one) for one in box)


def _look(
    holder: Any,
    align: str,
    size: float,
    colour: str,
    *,
    bold: bool = False,
    anchor: str = "ctr",
    caps: bool = True,
) -> None:
    """Written into the placeholder itself, over what its master says."""
    body = holder.element.txBody
    body.bodyPr.set("anchor", anchor)
    for child in list(body.bodyPr):
        body.bodyPr.remove(child)
    cap = "" if caps else ' cap="none"'
    style = (
        f'<a:lstStyle {nsdecls("a")}><a:lvl1pPr marL="0" indent="0" algn="{align}"><a:buNone/>'
        f'<a:defRPr sz="{round(size * 100)}" b="{int(bold)}"{cap}><a:solidFill>'
        f'<a:schemeClr val="{colour}"/></a:solidFill></a:defRPr></a:lvl1pPr></a:lstStyle>'
    )
    body.replace(body.find(qn("a:lstStyle")), parse_xml(style))


def _paint(layout: SlideLayout, colour: str) -> None:
    ground = parse_xml(
        f'<p:bg {nsdecls("p", "a")}><p:bgPr><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
        "<a:effectLst/></p:bgPr></p:bg>"
    )
    layout.element.cSld.insert(0, ground)


def _bar(layout: SlideLayout, box: _Box, colour: str, shade: bool = False) -> None:
    """A coloured strip that means nothing."""
    left, top, wide, tall = (round(one * 12_700) for one in box)
    tree = layout.shapes.element
    number = len(tree) + 20
    dark = '<a:lumMod val="75000"/>' if shade else ""
    tree.insert(
        2,  # behind the words
        parse_xml(
            f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{number}" name="Strip {number}">'
            f'{DECORATIVE}</p:cNvPr><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>'
            f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{wide}" cy="{tall}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill>'
            f'<a:schemeClr val="{colour}">{dark}</a:schemeClr></a:solidFill>'
            "<a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
        ),
    )
