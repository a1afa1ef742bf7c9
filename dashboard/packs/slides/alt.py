"""What a person who does not see a shape is told of it: its words, or that it means nothing."""

from typing import Any, Final

DECORATIVE: Final = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
    "</a:ext></a:extLst>"
)
"""The extension of a shape's properties by which Office passes over it when it reads aloud."""


def describe(shape: Any, name: str, words: str) -> None:
    """
    Args:
        name: as the list of a slide's objects has it.
        words: what it shows, "" for a shape whose own text says everything.
    """
    told = shape.element.xpath(".//p:cNvPr")[0]
    told.set("name", name)
    if words:
        told.set("descr", words)
