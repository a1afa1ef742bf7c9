"""Charts that can be edited and small pictures, in line with words, each with its words."""

import datetime as dt
import io
from typing import Any, Final
from xml.sax.saxutils import quoteattr

import resvg_py
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from pptx.chart.chart import Chart
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from dashboard.packs.pack import PackChart
from dashboard.packs.slides.alt import DECORATIVE
from dashboard.packs.slides.chart_data import chart_data
from dashboard.packs.slides.chart_style import SIZE, style_chart
from dashboard.packs.slides.letters import Letters

_POINT = 12_700
_TYPE = 9.0  # points: a chart's words are smaller on paper than on slides
_PLOT = 185.0  # points of a chart without its key
_SAMPLE = 55.0  # points of a line's sample in the key
_SHARP = 4  # pixels of a small picture for each of its points
_GRAPHIC: Final = "http://schemas.openxmlformats.org/drawingml/2006"
_NAMES: Final = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    f'xmlns:a="{_GRAPHIC}/main" xmlns:pic="{_GRAPHIC}/picture" xmlns:c="{_GRAPHIC}/chart" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


class Drawings:
    """What is drawn in one document; sizes are in points. `day` dates the charts' workbooks."""

    def __init__(self, document: Document, day: dt.date) -> None:
        self._part = document.part
        self._day = day
        self._drawn = self._charts = 0
        self._pictures: dict[str, str] = {}

    def chart(self, chart: PackChart, width: float) -> str:
        """A native chart with the workbook behind it, its key below it; its words are `alt`."""
        height = _PLOT + _key_rows(chart, width) * _TYPE * 1.45
        link = self._add_chart(chart, width)
        content = (
            f'<a:graphic><a:graphicData uri="{_GRAPHIC}/chart"><c:chart r:id="{link}"/>'
            "</a:graphicData></a:graphic>"
        )
        return self._inline("Chart", chart.alt, (width, height), "", content)

    def svg(self, drawn: str, words: str, width: float, height: float) -> str:
        """A small picture; without `words` it is passed over when the document is read aloud."""
        if drawn not in self._pictures:
            pixels = round(width * _SHARP)
            picture = bytes(resvg_py.svg_to_bytes(svg_string=drawn, width=pixels))
            self._pictures[drawn] = self._part.get_or_add_image(io.BytesIO(picture))[0]
        return self._picture(self._pictures[drawn], words, width, height)

    def svg_as_tall(self, drawn: str, words: str, height: float) -> str:
        """A picture as wide as its own shape makes it."""
        tall = round(height * _SHARP)
        return self.png(bytes(resvg_py.svg_to_bytes(svg_string=drawn, height=tall)), words, height)

    def png(self, content: bytes, words: str, height: float) -> str:
        """A picture as it is, as wide as its own shape makes it."""
        link, image = self._part.get_or_add_image(io.BytesIO(content))
        return self._picture(link, words, height * image.px_width / image.px_height, height)

    def _picture(self, link: str, words: str, width: float, height: float) -> str:
        lock = '<a:graphicFrameLocks noChangeAspect="1"/>'
        size = f'<a:ext cx="{round(width * _POINT)}" cy="{round(height * _POINT)}"/>'
        content = (
            f'<a:graphic><a:graphicData uri="{_GRAPHIC}/picture"><pic:pic><pic:nvPicPr>'
            '<pic:cNvPr id="0" name="Picture"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
            f'<a:blip r:embed="{link}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/>{size}</a:xfrm><a:prstGeom prst="rect">'
            "<a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>"
        )
        return self._inline("Picture", words, (width, height), lock, content)

    def _inline(
        self, name: str, words: str, size: tuple[float, float], lock: str, content: str
    ) -> str:
        self._drawn += 1
        told = quoteattr(words, {"\n": " "})
        wide, tall = (round(one * _POINT) for one in size)
        return (
            f'<w:r><w:drawing><wp:inline {_NAMES} distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent cx="{wide}" cy="{tall}"/><wp:docPr id="{self._drawn}" '
            f'name="{name} {self._drawn}" descr={told}>{"" if words else DECORATIVE}</wp:docPr>'
            f"<wp:cNvGraphicFramePr>{lock}</wp:cNvGraphicFramePr>{content}</wp:inline>"
            "</w:drawing></w:r>"
        )

    def _add_chart(self, chart: PackChart, width: float) -> str:
        self._charts += 1
        data = chart_data(chart, self._day)
        package, number = self._part.package, self._charts
        workbook = Part(
            PackURI(f"/word/embeddings/chart{number}.xlsx"),
            CONTENT_TYPE.SML_SHEET,
            data._workbook_writer.xlsx_blob,
            package,
        )
        part = Part(
            PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, b"", package
        )
        link = part.relate_to(workbook, RELATIONSHIP_TYPE.PACKAGE)
        drawn = data.xml_bytes(XL_CHART_TYPE.LINE_MARKERS)
        part._blob = _chart_xml(drawn, chart, width, link)
        return str(self._part.relate_to(part, RELATIONSHIP_TYPE.CHART))


def _key_rows(chart: PackChart, width: float) -> int:
    """Keys stand in columns as wide as the longest."""
    widest = max((Letters().width(one.label, _TYPE) for one in chart.series), default=0.0)
    columns = max(int(width / (widest + _SAMPLE)), 1)
    return -(-len(chart.series) // columns)


def _chart_xml(drawn: bytes, chart: PackChart, width: float, link: str) -> bytes:
    """With the looks of the slides' charts, and the way to its workbook."""
    space: Any = parse_xml(drawn)
    made = Chart(space, None)
    style_chart(made, chart, width * SIZE / _TYPE)
    _set_type(made)
    behind = f'<c:externalData {nsdecls("c", "r")} r:id="{link}"><c:autoUpdate val="0"/>'
    space.find(qn("c:txPr")).addnext(parse_xml(f"{behind}</c:externalData>"))
    return serialize_part_xml(space)


def _set_type(chart: Chart) -> None:
    """In the document's own letters, whatever those of its theme are."""
    chart.font.name, chart.font.size = "Arial", Pt(_TYPE)
    names = chart.category_axis
    names.tick_labels.font.size = Pt(_TYPE)
    for body in names._element.iter(qn("a:bodyPr")):
        body.set("rot", "0")  # flat, in two lines where there is room for them
    for label in chart._chartSpace.iter(qn("c:dLbl")):
        for look in label.iter(qn("a:defRPr")):
            look.set("sz", str(round((_TYPE + 1) * 100)))
