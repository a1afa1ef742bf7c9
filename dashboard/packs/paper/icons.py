"""The pages' icons of variation as pictures of their own."""

import re
from functools import cache
from pathlib import Path

from dashboard.charts.svg_parts import tag

_ICONS = Path(__file__).resolve().parents[2] / "templates" / "icons.html"
_ONE = re.compile(r'<symbol id="icon-(\w+)" viewBox="0 0 24 24">(.*?)</symbol>')


def icon_svg(name: str) -> str:
    """The picture of that name, "" where there is none; words stand beside it."""
    return _icons().get(name, "")


@cache
def _icons() -> dict[str, str]:
    xmlns = "http://www.w3.org/2000/svg"
    found = _ONE.findall(_ICONS.read_text(encoding="utf-8"))
    box = (0.0, 0.0, 24.0, 24.0)
    return {name: tag("svg", drawn, xmlns=xmlns, viewBox=box) for name, drawn in found}
