"""Finds the cell styles of a workbook that keep a value from being seen."""

import re
from typing import Any

_SHOWS_SOMETHING = re.compile(r"[0#?@]|general|[dmyhsbge]", re.I)
_LITERALS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_WHITE_INDEXES = (1, 9)


def find_hiding_styles(workbook: Any) -> frozenset[int]:
    """Numbers of the styles that are white on no fill, or whose number format shows no number."""
    white = {i for i, font in enumerate(workbook._fonts) if _is_white(font.color)}
    plain = {i for i, fill in enumerate(workbook._fills) if getattr(fill, "fill_type", "x") is None}
    silent = {164 + i for i, code in enumerate(workbook._number_formats) if not shows_numbers(code)}
    return frozenset(
        i
        for i, style in enumerate(workbook._cell_styles)
        if (style.fontId in white and style.fillId in plain) or style.numFmtId in silent
    )


def shows_numbers(code: str) -> bool:
    """`;;;` and `"c"` show no digit of the number beneath; `0 "days"` does."""
    first = _LITERALS.sub("", code).split(";")[0]
    return _SHOWS_SOMETHING.search(first) is not None


def _is_white(color: Any) -> bool:
    if color is None:
        return False
    if color.type == "rgb":
        return str(color.rgb).upper()[-6:] == "FFFFFF"
    if color.type == "theme":
        return bool(color.theme == 0 and not color.tint)
    return color.indexed in _WHITE_INDEXES
