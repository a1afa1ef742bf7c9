"""Pictures of a workbook that is written again, kept byte for byte; and what could not be kept."""

import io
import re
from typing import Any
from zipfile import ZipFile

import openpyxl.reader.drawings
from openpyxl.drawing.image import Image

_KINDS = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpeg", b"GIF8": "gif"}
_SHAPE = re.compile(rb"<(?:\w+:)?(?:sp|cxnSp|grpSp)[ >]")
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >]")


class _Picture(Image):
    """A picture that nobody opens: openpyxl would need another library to."""

    def __init__(self, stream: io.BytesIO) -> None:
        self._bytes = stream.getvalue()
        found = [kind for start, kind in _KINDS.items() if self._bytes.startswith(start)]
        if not found:
            raise OSError("not a kind of picture that can be kept")
        self.format = found[0]
        self.width = self.height = 1  # its place is that of its anchor

    def _data(self) -> bytes:
        return self._bytes


def keep_pictures() -> None:
    """From now on, openpyxl keeps the pictures of the workbooks it reads in this process."""
    drawings: Any = openpyxl.reader.drawings
    drawings.PILImage = True
    drawings.Image = _Picture


def find_lost(content: bytes, book: Any) -> list[str]:
    """A sentence for each kind of thing that the marked copy does not have."""
    with ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        shapes = any(
            _SHAPE.search(archive.read(name))
            for name in names
            if re.fullmatch(r"xl/drawings/drawing\d+\.xml", name)
        )
        formulas = any(
            _FORMULA.search(archive.read(name)) for name in names if "worksheets/sheet" in name
        )
    sheets = book.worksheets
    lost = []
    if _count(names, "xl/media/") > sum(len(sheet._images) for sheet in sheets):
        lost.append("pictures")
    if _count(names, "xl/charts/chart") > sum(len(sheet._charts) for sheet in sheets):
        lost.append("charts")
    if shapes:
        lost.append("shapes and text boxes")
    if _count(names, "xl/ctrlProps/"):
        lost.append("buttons and boxes of a form")
    if _count(names, "xl/slicers/"):
        lost.append("slicers")
    said = [f"This copy could not keep: {', '.join(lost)}. Your own file has them."] if lost else []
    if any(sheet._charts for sheet in sheets):
        said.append("Charts are here, but may look different.")
    if formulas:
        said.append("Formulas are here: their results appear when the file is opened in Excel.")
    return said


def _count(names: list[str], start: str) -> int:
    return sum(name.startswith(start) for name in names)
