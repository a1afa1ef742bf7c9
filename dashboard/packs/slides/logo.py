"""An area's logo on the cover, as pixels on white, whatever its file is."""

import io
from typing import Final

import resvg_py
from pptx.dml.color import RGBColor
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.slide import Slide
from pptx.util import Emu, Pt

from dashboard.packs.slides.alt import describe
from dashboard.packs.slides.text import fill_xml
from schemas.resources import resource_folder

_LEFT, _TOP, _TALL, _MOST = 66.0, 30.0, 54.0, 400.0  # points
_EDGE: Final = 7.0  # points of white round it
_PIXELS: Final = 450


def draw_logo(slide: Slide, file: str, words: str) -> None:
    """
    Args:
        file: its name in `assets/`, SVG or PNG.
        words: what it shows.
    """
    picture = slide.shapes.add_picture(
        io.BytesIO(_pixels(file)), Pt(_LEFT), Pt(_TOP), height=Pt(_TALL)
    )
    if picture.width > Pt(_MOST):
        picture.height = Emu(round(picture.height * Pt(_MOST) / picture.width))
        picture.width = Pt(_MOST)
    white = parse_xml(f"<a:root {nsdecls('a')}>{fill_xml('FFFFFF')}</a:root>")[0]
    picture.element.spPr.find(qn("a:prstGeom")).addnext(white)  # where the picture lets it through
    picture.line.color.rgb = RGBColor(255, 255, 255)
    picture.line.width = Pt(_EDGE)
    describe(picture, "Logo", words)


def _pixels(file: str) -> bytes:
    """The fonts of the machine it is made on do not matter."""
    assets = resource_folder("assets")
    content = (assets / file).read_bytes()
    if not file.endswith(".svg"):
        return content
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=content.decode(),
            height=_PIXELS,
            background="white",
            skip_system_fonts=True,
            font_files=[str(path) for path in sorted((assets / "fonts").glob("*.ttf"))],
        )
    )
