"""Reads office files again as a person's program does: shapes, words, charts, workbooks."""

import io
from collections.abc import Iterator
from typing import Any
from zipfile import ZipFile

from openpyxl import load_workbook
from pptx import Presentation
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide

_POINT = 12_700
_DECORATIVE = "http://schemas.microsoft.com/office/drawing/2017/decorative"
TEMPLATE_TYPE = b"presentationml.template.main+xml"
DECK_TYPE = b"presentationml.presentation.main+xml"


def read_slides(data: bytes) -> Deck:
    return Presentation(io.BytesIO(data))


def titles(deck: Deck) -> list[str]:
    return [slide.shapes.title.text_frame.text for slide in deck.slides]


def slide_called(deck: Deck, title: str) -> Slide:
    return next(one for one in deck.slides if one.shapes.title.text_frame.text == title)


def words_of(slide: Slide) -> str:
    """Everything written on a slide, in the order in which it is read aloud."""
    return "\n".join(
        said
        for shape in slide.shapes
        for said in (
            [shape.text_frame.text]
            if shape.has_text_frame
            else [cell.text for row in shape.table.rows for cell in row.cells]
            if shape.has_table
            else []
        )
    )


def told(shape: Any) -> str:
    """The text alternative of a shape."""
    return str(shape.element.xpath(".//p:cNvPr")[0].get("descr") or "")


def is_decorative(shape: Any) -> bool:
    found = shape.element.xpath(".//p:cNvPr")[0].iter(f"{{{_DECORATIVE}}}decorative")
    return any(one.get("val") == "1" for one in found)


def charts_of(deck: Deck) -> Iterator[Any]:
    """Each frame that holds a native chart."""
    return (shape for slide in deck.slides for shape in slide.shapes if shape.has_chart)


def chart_rows(chart: Any) -> dict[str, tuple[float | None, ...]]:
    """Each series of a chart by its label, as the chart itself has it."""
    return {plot.name: tuple(plot.values) for plot in chart.plots[0].series}


def workbook_rows(chart: Any) -> list[tuple[Any, ...]]:
    """The rows of the workbook behind a chart: what a person sees who chooses Edit data."""
    book = load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    return [tuple(cell.value for cell in row) for row in book.active.iter_rows()]


def box_of(shape: Any) -> tuple[float, float, float, float]:
    """Left, top, right and bottom, in points."""
    left, top = shape.left / _POINT, shape.top / _POINT
    return left, top, left + shape.width / _POINT, top + shape.height / _POINT


def as_template(deck: Deck) -> bytes:
    """The deck as PowerPoint saves a template (.potx)."""
    saved, made = io.BytesIO(), io.BytesIO()
    deck.save(saved)
    with ZipFile(saved) as package, ZipFile(made, "w") as template:
        for name in package.namelist():
            content = package.read(name)
            if name == "[Content_Types].xml":
                assert DECK_TYPE in content
                content = content.replace(DECK_TYPE, TEMPLATE_TYPE)
            template.writestr(name, content)
    return made.getvalue()


def changed(data: bytes, old: bytes, new: bytes) -> bytes:
    """The package with `old` replaced in every member."""
    made = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as package, ZipFile(made, "w") as written:
        for name in package.namelist():
            written.writestr(name, package.read(name).replace(old, new))
    return made.getvalue()
