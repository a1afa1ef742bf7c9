"""Looks through the bytes of one part for what no honest extract holds, without parsing them."""

import re

from loaders.gate_zip import Archive, Part, as_utf8
from loaders.problems import ExtractRejected

MAX_ROW = 99_999
MAX_COLUMN = 500  # SF
# how many tags each kind of part may hold: openpyxl's time is spent on tags, not on bytes
MAX_TAGS = 5_000_000  # in all; a sheet takes 0.5 to 2 microseconds each
MAX_TAGS_OF_STRINGS = 2_000_000
MAX_TAGS_ELSEWHERE = 200_000  # styles, names and the like become slow objects
MAX_KEPT = 64 * 1024 * 1024
OVERLAP = 1024

_SAVE = "open it in Excel, save it as .xlsx and send it again."
_NEW = "copy the figures into a new workbook as values, save it as .xlsx and send that."
LINKS = f"This workbook takes figures from other files: {_NEW}"
OBJECTS = f"This workbook has another file inside it: {_NEW}"
TOO_MUCH = f"This workbook holds far more than a termly return needs: {_NEW}"
_ENTITIES = (
    f"This workbook holds hidden instructions (a document type) that no return needs: {_NEW}"
)

_STRICT = (
    "This workbook was saved as “Strict Open XML Spreadsheet”, which cannot be read: open it in "
    "Excel, save it as “Excel Workbook (.xlsx)” and send it again."
)
_CHANGES = (
    "This workbook keeps a history of changes, which may name children: accept all changes, save "
    "it and send it again."
)
FORBIDDEN_IN_XLSX = {
    b"<!DOCTYPE": _ENTITIES,
    b"<!ENTITY": _ENTITIES,
    b"purl.oclc.org/ooxml/spreadsheetml": _STRICT,
    b"<ddeLink": LINKS,
    b"<externalBook": LINKS,
    b"<oleObject": OBJECTS,
}
FORBIDDEN_IN_ODS = {
    b"<!DOCTYPE": _ENTITIES,
    b"<!ENTITY": _ENTITIES,
    b"dde-link": LINKS,
    b"dde-connection": LINKS,
    b"dde-source": LINKS,
    b":=DDE(": LINKS,
    b"<table:table-source": LINKS,
    b"<table:cell-range-source": LINKS,
    b"'file:/": LINKS,
    b"&apos;file:/": LINKS,
    b"script:event-listener": f"This workbook holds macros: {_SAVE}",
    b"<table:tracked-changes": _CHANGES,
}

# a cell far out, and what follows when it holds a value; the rest of the row is not looked at
_FAR = rb"(?:[A-Z]{1,3}\d{6,}|[A-Z]{3}\d+|(?:S[G-Z]|[T-Z][A-Z])\d+)"
_HOLDS = rb"[^<>]*(?<!/)>\s*<(?:\w+:)?(?:v>[^<]|v [^/>]*>[^<]|f[ >/]|is>)"
_FAR_CELL = re.compile(rb'r="' + _FAR + rb'"' + _HOLDS)
_FAR_CELL_ODDLY_QUOTED = re.compile(rb"\br\s*=\s*['\"]" + _FAR + rb"['\"]" + _HOLDS)
_FORMULA_WITH_DDE = re.compile(rb"<(?:\w+:)?f\b[^>]*>[^<]*\|[^<]*!")
_RELATIONSHIP = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")


def check_part(
    archive: Archive, part: Part, forbidden: dict[bytes, str], keep: bool = False
) -> bytes:
    """Raises ExtractRejected for a part that could harm; returns its text only when `keep`."""
    kept: list[bytes] = []
    tail, tags, size = b"", 0, 0
    allowed = _allowed_tags(part.name)
    for chunk in as_utf8(archive.chunks(part)):
        if not size:
            _refuse_nested(chunk)
        _check_chunk(tail + chunk if tail else chunk, part.name, forbidden)
        tail, size, count = chunk[-OVERLAP:], size + len(chunk), chunk.count(b"<")
        tags += count
        archive.tags += count
        if tags > allowed or archive.tags > MAX_TAGS or (keep and size > MAX_KEPT):
            raise ExtractRejected(TOO_MUCH)
        if keep:
            kept.append(chunk)
    return b"".join(kept)


def _allowed_tags(name: str) -> int:
    name = name.lower()
    if "sharedstrings" in name:
        return MAX_TAGS_OF_STRINGS
    return MAX_TAGS if "sheet" in name or name == "content.xml" else MAX_TAGS_ELSEWHERE


def _refuse_nested(start: bytes) -> None:
    if start[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        raise ExtractRejected(OBJECTS)


def _check_chunk(text: bytes, name: str, forbidden: dict[bytes, str]) -> None:
    for mark, sentence in forbidden.items():
        if mark in text:
            raise ExtractRejected(sentence)
    if name.endswith(".rels"):
        _refuse_links(text)
    if b"|" in text and _FORMULA_WITH_DDE.search(text):
        raise ExtractRejected(LINKS)
    _refuse_far_cells(text)


def _refuse_links(text: bytes) -> None:
    """A hyperlink to a web page or an address is harmless; all else outside the file is not."""
    for relationship in _RELATIONSHIP.findall(text):
        outside = re.search(rb"TargetMode\s*=\s*['\"]External", relationship)
        if outside and not re.search(rb"/hyperlink['\"]", relationship):
            raise ExtractRejected(LINKS)


def _refuse_far_cells(text: bytes) -> None:
    """A sheet merely formatted to its last row has far cells too, but they hold nothing."""
    oddly_quoted = b"r='" in text or b"r =" in text or b"r= " in text
    if (_FAR_CELL_ODDLY_QUOTED if oddly_quoted else _FAR_CELL).search(text):
        raise ExtractRejected(
            f"A cell beyond row {MAX_ROW:,} or column {MAX_COLUMN} holds a value: clear the cells "
            "far below and to the right of the figures, save and send it again."
        )
