"""A drawing as a whole SVG file: title, source and date inside it, so that it can travel alone."""

import re
from collections.abc import Sequence
from html import escape

from dashboard.charts.geometry import wrapped
from dashboard.charts.look import FONT, INK, PAPER, SOFT_INK
from dashboard.charts.svg_parts import tag

_EDGE = 24.0
_TITLE, _SUBTITLE, _SOURCE = 20.0, 15.0, 13.0
_NARROWEST = 480.0
_LINE = 1.35

_VIEW = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


def standalone_svg(
    drawing: str,
    title: str,
    subtitle: str,
    source_lines: Sequence[str],
    date_words: str,
    description: str = "",
) -> str:
    """For a download, and to be made into a PNG.

    Args:
        drawing: what `trend_svg` and its like give.
        description: what a person hears who cannot see it.
    """
    found = _VIEW.search(drawing)
    assert found is not None
    across, tall = float(found[1]), float(found[2])
    width = max(across, _NARROWEST) + 2 * _EDGE
    room = width - 2 * _EDGE
    above, start = _lines([(title, _TITLE, True), (subtitle, _SUBTITLE, False)], room, _EDGE)
    told = [(line, _SOURCE, False) for line in (*source_lines, date_words) if line]
    below, end = _lines(told, room, start + tall + 16, SOFT_INK)
    inner = drawing[drawing.index(">", found.end()) + 1 : drawing.rindex("</svg>")]
    height = end + _EDGE
    parts = [
        tag("title", escape(title, quote=False), id="title"),
        tag("desc", escape(description or subtitle, quote=False), id="desc"),
        tag("rect", width=width, height=height, fill=PAPER),
        above,
        tag("g", inner, transform=f"translate({_EDGE:g} {start + 8:g})"),
        below,
    ]
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tag(
        "svg",
        "".join(parts),
        xmlns="http://www.w3.org/2000/svg",
        width=width,
        height=height,
        viewBox=(0, 0, width, height),
        role="img",
        aria_labelledby="title desc",
        font_family=FONT,
        fill=INK,
        lang="en-GB",
    )


def _lines(
    texts: Sequence[tuple[str, float, bool]], room: float, y: float, ink: str = INK
) -> tuple[str, float]:
    """Words in lines that fit, one under the other, and where they end."""
    drawn = []
    for text, size, bold in texts:
        for line in wrapped(text, room, size, bold):
            y += size * _LINE
            drawn.append(
                tag(
                    "text",
                    escape(line, quote=False),
                    x=_EDGE,
                    y=y - size * 0.3,
                    font_size=size,
                    font_weight="700" if bold else None,
                )
            )
    return tag("g", "".join(drawn), fill=ink) if drawn else "", y
