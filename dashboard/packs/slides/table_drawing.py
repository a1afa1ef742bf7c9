"""A table put on a slide: header row and header column marked, every colour its own."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.slide import Slide
from pptx.util import Pt

from dashboard.packs.slides.alt import describe
from dashboard.packs.slides.house import NAVY
from dashboard.packs.slides.table import SIDE, Cell, Grid
from dashboard.packs.slides.text import Para, fill_xml, paragraphs_xml

_POINT = 12_700
_NO_STYLE: Final = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # none of the colours of a template
_INK, _PAPER, _BAND, _EDGE = "0B0C0C", "FFFFFF", "F4F8FB", "B1B4B6"


def draw_table(
    slide: Slide, grid: Grid, left: float, top: float, about: str, heads: bool = True
) -> None:
    """
    Args:
        left, top: points from the slide's upper left corner.
        about: what the table is of, told to a person who does not see it.
        heads: whether the first cell of a row heads it, and is written so.
    """
    frame = slide.shapes.add_table(1, 1, Pt(left), Pt(top), Pt(grid.width), Pt(grid.height))
    graphic = frame.element.find(f".//{qn('a:graphicData')}")
    graphic.replace(graphic.find(qn("a:tbl")), parse_xml("".join(_table(grid, heads))))
    describe(frame, "Table", about)


def _table(grid: Grid, heads: bool) -> Iterator[str]:
    yield f'<a:tbl {nsdecls("a", "r")}><a:tblPr firstRow="1" firstCol="{int(heads)}" bandRow="1">'
    yield f"<a:tableStyleId>{_NO_STYLE}</a:tableStyleId></a:tblPr><a:tblGrid>"
    for wide in grid.widths:
        yield f'<a:gridCol w="{round(wide * _POINT)}"/>'
    yield "</a:tblGrid>"
    for number, (row, tall) in enumerate(zip(grid.rows, grid.heights, strict=True)):
        yield f'<a:tr h="{round(tall * _POINT)}">'
        yield from (
            _cell(cell, number, heads and not column, grid.above) for column, cell in enumerate(row)
        )
        yield "</a:tr>"
    yield "</a:tbl>"


def _cell(cell: Cell, row: int, heads: bool, free: float) -> str:
    ink, ground = (_PAPER, NAVY) if not row else (_INK, _PAPER if row % 2 else _BAND)
    said = paragraphs_xml([_inked(para, ink, heads) for para in cell])
    side, above = round(SIDE * _POINT), round(free * _POINT)
    edges = "".join(f'<a:{edge} w="0"><a:noFill/></a:{edge}>' for edge in ("lnL", "lnR", "lnT"))
    return (
        f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{said}</a:txBody>"
        f'<a:tcPr marL="{side}" marR="{side}" marT="{above}" marB="{above}">{edges}'
        f'<a:lnB w="6350">{fill_xml(_EDGE)}</a:lnB>{fill_xml(ground)}</a:tcPr></a:tc>'
    )


def _inked(para: Para, ink: str, heads: bool) -> Para:
    """Words without a colour of their own in that of the row; a row's first cell is its head."""
    runs = (
        replace(run, bold=run.bold or heads, colour=run.colour or ("" if run.link else ink))
        for run in para.runs
    )
    return replace(para, runs=tuple(runs))
