"""A pack as a file: slides, a document or paper, drawn when it is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.packs.asked import Asked
from dashboard.packs.pack import Pack
from schemas.area_settings import AreaSettings


@dataclass(frozen=True)
class Kind:
    """A kind of file: its name, what people do with it, and its media type."""

    name: str
    words: str
    media_type: str


_OFFICE = "application/vnd.openxmlformats-officedocument."
KINDS: Mapping[str, Kind] = {
    "pptx": Kind(
        "PowerPoint",
        "Slides with charts that can be edited, and notes for who presents them.",
        f"{_OFFICE}presentationml.presentation",
    ),
    "docx": Kind(
        "Word",
        "A paper with contents, headings and charts that can be edited.",
        f"{_OFFICE}wordprocessingml.document",
    ),
    "pdf": Kind(
        "PDF", "The same paper to print or to send: tagged, for screen readers.", "application/pdf"
    ),
}


@dataclass(frozen=True)
class OwnTemplates:
    """An area's own slides (`.potx`) and document (`.dotx`) to draw a pack on; None for ours."""

    slides: bytes | None = None
    document: bytes | None = None


def templates_of(area: AreaSettings) -> OwnTemplates:
    """Those that the area's settings name."""
    packs = area.packs
    return OwnTemplates(packs.template(packs.slides), packs.template(packs.document))


def draw_file(pack: Pack, kind: str, templates: OwnTemplates) -> bytes:
    """
    Args:
        kind: a key of `KINDS`.

    Raises:
        TemplateRefused: an own template is no file of that kind.
    """
    if kind == "pptx":  # each brings a library that takes its time
        from dashboard.packs.slides.draw import draw_slides

        return draw_slides(pack, templates.slides)
    if kind == "docx":
        from dashboard.packs.document.draw import draw_document

        return draw_document(pack, templates.document)
    from dashboard.packs.paper.draw import draw_paper

    return draw_paper(pack)


def file_name(area: AreaSettings, asked: Asked, edition: str, kind: str) -> str:
    """`darlington-exceptions-true-2025-26-summer.1.34.6.pptx`."""
    parts = (area.slug, asked.template, asked.theme.replace("_", "-"), asked.numbers, edition)
    return f"{'-'.join(part for part in parts if part)}.{kind}"
