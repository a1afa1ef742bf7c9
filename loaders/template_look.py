"""How the template looks: colours that are explained in words, and which cells are locked."""

from typing import Any

import xlsxwriter

_BLUE = "#DCE6F1"
_YELLOW = "#FFF9DB"
_GREY = "#F2F2F2"
_EDGE = "#BFBFBF"
_DIM = "#6B6B6B"  # 5.3 to 1 on white

NUMBER_FORMATS = {"count": "#,##0", "sessions": "#,##0", "days": "#,##0.0", "weeks": "#,##0.0"}

_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "part": {"bold": True, "font_size": 12},
    "note": {"italic": True},
    "text": {"text_wrap": True, "valign": "top"},
    "mark": {"bold": True, "valign": "top"},
    "heading": {"bold": True, "bg_color": _BLUE, "text_wrap": True, "valign": "top", "border": 1},
    "fixed": {"bg_color": _GREY, "border": 1, "num_format": "@"},
    "words": {"bg_color": _YELLOW, "border": 1, "num_format": "@", "locked": False},
    "date": {"bg_color": _YELLOW, "border": 1, "num_format": "d mmmm yyyy", "locked": False},
    "last_heading": {"italic": True, "font_color": _DIM, "text_wrap": True, "valign": "top"},
    "yellow": {"bg_color": _YELLOW, "border": 1},
    "grey": {"bg_color": _GREY, "border": 1},
    "blue": {"bg_color": _BLUE, "border": 1},
    "dim": {"italic": True, "font_color": _DIM},
}


class Look:
    """The formats of one workbook, each made once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        """A look by its name; `input:days` and `last:days` carry the number format of a kind."""
        if name not in self._made:
            self._made[name] = self._book.add_format({"border_color": _EDGE} | _properties(name))
        return self._made[name]


def _properties(name: str) -> dict[str, Any]:
    look, _, kind = name.partition(":")
    if not kind:
        return _LOOKS[look]
    number = {"num_format": NUMBER_FORMATS[kind], "align": "right"}
    if look == "last":
        return _LOOKS["dim"] | number
    return number | {"bg_color": _YELLOW, "border": 1, "locked": False}
