"""Small pictures of a summary, as native shapes: the line of newest figures, the icon of change."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from pptx.enum.shapes import MSO_SHAPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.slide import Slide
from pptx.util import Pt

from dashboard.packs.slides.alt import DECORATIVE, describe
from dashboard.packs.slides.deck import Box
from dashboard.packs.slides.text import fill_xml

_POINT = 12_700
_OWN = "12436D"
_DOT = 2.5  # points: half of the mark on the newest figure
_FLAT = 0.1  # a line that moves by less than this share of its height is drawn nearly flat
_COLOURS: Final = {
    "common": "595959",
    "improvement": "2073BC",
    "concern": "B8450B",
    "neutral_special": "490092",
}
# Strokes of the pages' icons inside their circle, on a square of 24.
_STROKES: Final[dict[str, tuple[tuple[tuple[float, float], ...], ...]]] = {
    "common": (((5, 13.5), (9, 9.5), (13, 14.5), (16, 10.5), (19, 13)),),
    "improvement": (((6, 12.5), (10, 16.5), (18, 8)),),
    "concern": (((12, 5.5), (12, 13.5)), ((12, 17.2), (12, 17.8))),
    "neutral_special": (((7, 12), (17, 12)), ((12, 7), (12, 17))),
}

_Point = tuple[float, float]


def draw_icon(slide: Slide, icon: str, box: Box) -> None:
    """The icon of a variation. Its words stand beside it, so that it is passed over when the slide
    is read aloud; a kind without a picture draws nothing."""
    if icon not in _STROKES:
        return
    size = min(box.width, box.height)
    scale = size / 24
    paths = [_circle(size, size / 2, size / 2, 10.5 * scale)]
    paths += [
        _path(size, size, [(x * scale, y * scale) for x, y in stroke]) for stroke in _STROKES[icon]
    ]
    at = Box(box.left, box.top + (box.height - size) / 2, size, size)
    shape = _draw(slide, at, paths, "FFFFFF", _COLOURS[icon], 1.75)
    describe(shape, "Icon", "")
    told = shape.element.xpath(".//p:cNvPr")[0]
    told.append(parse_xml(DECORATIVE))


def draw_spark(slide: Slide, values: Sequence[float | None], box: Box, about: str) -> None:
    """A line no bigger than a word, scaled to its own range, with gaps; the newest is marked."""
    runs = list(_runs(values, box))
    if not runs:
        return
    paths = [_path(box.width, box.height, _drawn(run)) for run in runs]
    if values[-1] is not None:
        x, y = runs[-1][-1]
        paths.append(_circle(box.width, x, y, _DOT, box.height))
    shape = _draw(slide, box, paths, _OWN, _OWN, 1.75)
    describe(shape, "Newest figures", f"{about}: {spoken(values)}")


def spoken(values: Sequence[float | None]) -> str:
    """`newest figures, oldest first: 47.1, none, 50.2`."""
    figures = ", ".join("none" if value is None else _figure(value) for value in values)
    return f"newest figures, oldest first: {figures}"


def _figure(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 1000 else f"{value:.4g}"


def _runs(values: Sequence[float | None], box: Box) -> Iterator[list[_Point]]:
    """Figures that follow one another, as places inside the box."""
    there = [value for value in values if value is not None]
    if not there:
        return
    spread = max(max(there) - min(there), _FLAT * max(map(abs, there))) or 1.0
    low = (max(there) + min(there) - spread) / 2
    across = (box.width - 2 * _DOT) / max(len(values) - 1, 1)
    run: list[_Point] = []
    for number, value in enumerate(values):
        if value is None:
            if run:
                yield run
            run = []
            continue
        tall = (value - low) / spread * (box.height - 2 * _DOT)
        run.append((_DOT + number * across, box.height - _DOT - tall))
    if run:
        yield run


def _drawn(run: Sequence[_Point]) -> Sequence[_Point]:
    """A figure that stands alone is a short stroke: a line of no length would not be seen."""
    (x, y), *others = run
    return run if others else [(x - 1.5, y), (x + 1.5, y)]


def _path(wide: float, tall: float, points: Sequence[_Point]) -> str:
    steps = "".join(
        f"<a:{'lnTo' if number else 'moveTo'}>{_pt(point)}</a:{'lnTo' if number else 'moveTo'}>"
        for number, point in enumerate(points)
    )
    return f'<a:path w="{_emu(wide)}" h="{_emu(tall)}" fill="none">{steps}</a:path>'


def _circle(wide: float, x: float, y: float, radius: float, tall: float | None = None) -> str:
    across = _emu(radius)
    return (
        f'<a:path w="{_emu(wide)}" h="{_emu(tall or wide)}"><a:moveTo>{_pt((x - radius, y))}'
        f'</a:moveTo><a:arcTo wR="{across}" hR="{across}" stAng="10800000" swAng="21600000"/>'
        "<a:close/></a:path>"
    )


def _pt(point: _Point) -> str:
    return f'<a:pt x="{_emu(point[0])}" y="{_emu(point[1])}"/>'


def _emu(points: float) -> int:
    return round(points * _POINT)


def _draw(
    slide: Slide, box: Box, paths: Sequence[str], fill: str, stroke: str, width: float
) -> Any:
    shape = slide.shapes.add_shape(
        MSO_SHAPE.RECTANGLE, Pt(box.left), Pt(box.top), Pt(box.width), Pt(box.height)
    )
    drawn = (
        f"<a:custGeom {nsdecls('a')}><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
        f'<a:rect l="0" t="0" r="r" b="b"/><a:pathLst>{"".join(paths)}</a:pathLst></a:custGeom>'
    )
    element = shape.element
    place = element.spPr
    place.replace(place.find(qn("a:prstGeom")), parse_xml(drawn))
    line = f'<a:ln {nsdecls("a")} w="{_emu(width)}" cap="rnd">{fill_xml(stroke)}<a:round/></a:ln>'
    place.append(parse_xml(f"<a:root {nsdecls('a')}>{fill_xml(fill)}</a:root>")[0])
    place.append(parse_xml(line))
    for unused in (qn("p:style"), qn("p:txBody")):  # a theme's shadow; a place to type
        element.remove(element.find(unused))
    return shape
