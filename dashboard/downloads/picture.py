"""A chart as a picture that travels alone: SVG, and PNG at twice the size with fonts of our own."""

import re
from collections.abc import Sequence
from functools import cache

import resvg_py

from dashboard.charts.chart import Chart
from dashboard.charts.description import reading_notes
from dashboard.charts.standalone import standalone_svg
from dashboard.charts.svg import trend_svg
from schemas.resources import resource_folder

_FONT = "DejaVu Sans"
_TIMES = 2
_SIZE = re.compile(r' width="([\d.]+)" height="([\d.]+)"')


def picture_svg(
    chart: Chart, title: str, subtitle: str, sources: Sequence[str], date: str, said: str
) -> str:
    """The drawing of the page with the words it needs when nothing stands beside it."""
    drawing = trend_svg(chart, "wide", "trend")
    return standalone_svg(drawing, title, subtitle, [*reading_notes(chart), *sources], date, said)


def picture_png(svg: str) -> bytes:
    """The same picture as pixels; the fonts of the machine it is made on do not matter."""
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            zoom=_TIMES,
            skip_system_fonts=True,
            font_files=_fonts(),
            font_family=_FONT,
            sans_serif_family=_FONT,
        )
    )


def pixels(svg: str) -> tuple[int, int]:
    """How wide and tall the PNG of a picture is, without making it."""
    found = _SIZE.search(svg)
    assert found is not None
    wide, tall = (int(float(size) + 0.5) * _TIMES for size in found.groups())
    return wide, tall


@cache
def _fonts() -> list[str]:
    return [str(path) for path in sorted((resource_folder("assets") / "fonts").glob("*.ttf"))]
