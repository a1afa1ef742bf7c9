"""Refuses bytes that are not the plain text of a CSV file, and says what they are instead."""

import re

from loaders.child_csv import decode_text
from loaders.problems import ExtractRejected

_SAVE = "open it in Excel, save it as .xlsx and send it again."
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
_WEB_PAGE = re.compile(
    r"\s*(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|table|div)\b", re.I | re.S
)


def check_text(content: bytes) -> None:
    """Raises ExtractRejected unless the bytes decode to text with no control characters in it."""
    try:
        text = decode_text(content)
    except UnicodeDecodeError:
        raise ExtractRejected(_NOISE) from None
    start = text[:4000]
    if _WEB_PAGE.match(start):
        raise ExtractRejected(f"This is a web page with a spreadsheet's name: {_SAVE}")
    if start.lstrip().startswith("<"):
        raise ExtractRejected(_describe_xml(start))
    if "\0" in text:
        raise ExtractRejected(
            "This file holds characters that text never holds: save it as “CSV UTF-8” or as .xlsx "
            "and send it again."
        )
    if _CONTROLS.search(text):
        raise ExtractRejected(_NOISE)


_NOISE = f"This file is damaged or is not a spreadsheet: {_SAVE}"


def _describe_xml(start: str) -> str:
    if "urn:schemas-microsoft-com:office:spreadsheet" in start or "Excel.Sheet" in start:
        return f"This is an “XML Spreadsheet 2003” file, not a workbook: {_SAVE}"
    return f"This is an XML file, not a workbook: {_SAVE}"
