"""Colours and notes in the cells of a workbook, and taking those of an earlier copy away."""

from collections.abc import Iterable, Mapping
from copy import copy
from typing import Any

from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Border, PatternFill, Side
from openpyxl.styles.colors import Color

AUTHOR = "SEND dashboard"
MUST, LOOK = "Must be mended: ", "Please look at this: "
_BEFORE = "\n\nThe note that was here before:\n"
_RED, _DARK_RED = "FFF4CCCC", "FF990000"
_YELLOW, _BROWN = "FFFFF2CC", "FF7F4F00"
_FILLS = {
    True: PatternFill("solid", fgColor=_RED),
    False: PatternFill("solid", fgColor=_YELLOW),
}
_SIDES = {
    True: Side(style="thick", color=_DARK_RED),
    False: Side(style="mediumDashed", color=_BROWN),
}
_BORDERS = {
    must: Border(left=side, right=side, top=side, bottom=side) for must, side in _SIDES.items()
}
_BLACK = Color(rgb="FF000000")
_NOTE_WIDTH = 340
_LETTERS_A_LINE = 52
_FAR = 30  # rows and columns in which to look for a cell of the same look

Place = tuple[str, str]


def mark_cells(sheets: Mapping[str, Any], things: list[dict[str, Any]]) -> dict[Place, str]:
    """Marks each cell once, with everything that is said of it.

    Returns:
        (sheet, cell) of the report → the cell that was marked: the first of those merged.
    """
    places: dict[Place, str] = {}
    by_cell: dict[Place, list[dict[str, Any]]] = {}
    for thing in things:
        name, cell = thing["sheet"], thing["cell"]
        if name in sheets and cell:
            places[name, cell] = anchor = _anchor(sheets[name], cell)
            by_cell.setdefault((name, anchor), []).append(thing)
    looks: dict[tuple[Any, bool], Any] = {}
    for (name, anchor), found in by_cell.items():
        _mark(sheets[name][anchor], found, looks)
    for thing in reversed(things):  # problems come first, and have the last word
        if thing["sheet"] in sheets:
            colour = _DARK_RED if thing["must"] else _BROWN
            sheets[thing["sheet"]].sheet_properties.tabColor = Color(rgb=colour)
    return places


def _anchor(sheet: Any, cell: str) -> str:
    if not isinstance(sheet[cell], MergedCell):
        return cell
    merged = next(one for one in sheet.merged_cells.ranges if cell in one)
    return str(merged.start_cell.coordinate)


def _mark(cell: Any, things: list[dict[str, Any]], looks: dict[tuple[Any, bool], Any]) -> None:
    must = any(thing["must"] for thing in things)
    key = (cell.style_id, must)
    if key not in looks:
        font = copy(cell.font)
        font.color = _BLACK  # white on white would hide what is wrong
        cell.font, cell.fill, cell.border = font, _FILLS[must], _BORDERS[must]
        looks[key] = copy(cell._style)
    cell._style = copy(looks[key])
    words = "\n\n".join((MUST if t["must"] else LOOK) + t["message"] for t in things)
    if cell.comment and cell.comment.text.strip():
        words += _BEFORE + cell.comment.text
    lines = sum(1 + len(line) // _LETTERS_A_LINE for line in words.split("\n"))
    cell.comment = Comment(words, AUTHOR, height=20 * lines + 16, width=_NOTE_WIDTH)


def remove_marks(sheets: Iterable[Any]) -> None:
    """Takes the colours and notes of an earlier marked copy away, and keeps the sender's notes."""
    for sheet in sheets:
        noted = [c for c in sheet._cells.values() if getattr(c, "comment", None) and _is_ours(c)]
        for cell in noted:
            before = cell.comment.text.partition(_BEFORE)[2]
            author = cell.comment.author if before else ""
            cell.comment = Comment(before, author) if before else None
        for cell in noted:
            if _has_our_fill(cell):
                _look_as_before(sheet, cell)
        tab = sheet.sheet_properties.tabColor
        if tab is not None and tab.rgb in (_DARK_RED, _BROWN):
            sheet.sheet_properties.tabColor = None


def _is_ours(cell: Any) -> bool:
    return bool(cell.comment.text.startswith((MUST, LOOK)))


def _has_our_fill(cell: Any) -> bool:
    return cell.fill.fgColor.rgb in (_RED, _YELLOW)


def _look_as_before(sheet: Any, cell: Any) -> None:
    """The look of the nearest cell of the same kind that bears no mark, or none."""
    for step in range(1, _FAR):
        for row, column in ((step, 0), (-step, 0), (0, step), (0, -step)):
            near = sheet._cells.get((cell.row + row, cell.column + column))
            if near is None or isinstance(near, MergedCell) or _has_our_fill(near):
                continue
            if near.number_format == cell.number_format and near.font.b == cell.font.b:
                cell._style = copy(near._style)
                return
    cell.fill, cell.border = PatternFill(), Border()
