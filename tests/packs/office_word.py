"""A Word document read again: its headings, tables, charts and what is said of its pictures."""

import io
from dataclasses import dataclass
from typing import Any
from zipfile import ZipFile

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from openpyxl import load_workbook

DOCUMENT = "word/document.xml"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"


@dataclass(frozen=True)
class ReadChart:
    """One native chart: the words for those who do not see it, its numbers, and the same of the
    workbook behind it."""

    words: str
    categories: list[str]
    series: dict[str, list[float | None]]
    workbook: list[list[Any]]


def read(document: bytes) -> Document:
    return docx.Document(io.BytesIO(document))


def part(document: bytes, name: str) -> str:
    with ZipFile(io.BytesIO(document)) as package:
        return package.read(name).decode()


def headings(document: bytes) -> list[tuple[int, str]]:
    """Level and words of each heading of the body, in order."""
    return [
        (int(one.style.name.removeprefix("Heading ")), one.text)
        for one in read(document).paragraphs
        if one.style is not None and one.style.name.startswith("Heading ")
    ]


def contents(document: bytes) -> list[tuple[str, str]]:
    """Each line of the contents and the bookmark that it leads to."""
    body = read(document).element.body
    listed = body.find(qn("w:sdt"))
    return [
        (
            "".join(said.text or "\t" for said in one.iter(qn("w:t"), qn("w:tab"))),
            str(one.get(qn("w:anchor"))),
        )
        for one in listed.iter(qn("w:hyperlink"))
    ]


def bookmarks(document: bytes) -> set[str]:
    body = read(document).element.body
    return {str(one.get(qn("w:name"))) for one in body.iter(qn("w:bookmarkStart"))}


def undescribed(document: bytes) -> list[str]:
    """Names of drawings that neither say what they show nor that they mean nothing."""
    told = read(document).element.body.iter(qn("wp:docPr"))
    return [
        str(one.get("name"))
        for one in told
        if not one.get("descr") and next(one.iter(_DECORATIVE), None) is None
    ]


def charts(document: bytes) -> list[ReadChart]:
    made = read(document)
    found = []
    for drawing in made.element.body.iter(qn("wp:inline")):
        chart = next(drawing.iter(f"{_CHART}chart"), None)
        if chart is not None:
            words = str(drawing.find(qn("wp:docPr")).get("descr"))
            found.append(_chart(words, made.part.related_parts[chart.get(qn("r:id"))]))
    return found


def _chart(words: str, drawn: Any) -> ReadChart:
    space = parse_xml(drawn.blob)
    link = space.find(f"{_CHART}externalData").get(qn("r:id"))
    sheet = load_workbook(io.BytesIO(drawn.rels[link].target_part.blob)).worksheets[0]
    every = [*space.iter(f"{_CHART}ser")]
    return ReadChart(
        words,
        [one.text for one in every[0].find(f"{_CHART}cat").iter(f"{_CHART}v")],
        {next(one.find(f"{_CHART}tx").iter(f"{_CHART}v")).text: _values(one) for one in every},
        [list(row) for row in sheet.iter_rows(values_only=True)],
    )


def _values(series: Any) -> list[float | None]:
    held = series.find(f"{_CHART}val")
    values: list[float | None] = [None] * int(next(held.iter(f"{_CHART}ptCount")).get("val"))
    for point in held.iter(f"{_CHART}pt"):
        values[int(point.get("idx"))] = float(point.find(f"{_CHART}v").text)
    return values
