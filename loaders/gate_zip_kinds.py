"""Tells a workbook from other zips, and refuses the parts of one that could harm or hide."""

import re

from loaders.gate_ods import check_ods_content
from loaders.gate_xml import FORBIDDEN_IN_ODS, FORBIDDEN_IN_XLSX, LINKS, OBJECTS, check_part
from loaders.gate_zip import Archive
from loaders.problems import ExtractRejected

_SAVE = "open it in Excel, save it as .xlsx and send it again."
_NEW = "copy the figures into a new workbook as values, save it as .xlsx and send that."
MACROS = f"This workbook holds macros: {_SAVE}"
HIDDEN_COPY = (
    "This workbook keeps a hidden copy of other rows (a pivot table, data model or change "
    f"history), which may name children: {_NEW}"
)

# what a part's name says of the whole file
_XLSX_PARTS = {
    re.compile(r"vbaproject|/macrosheets/|/dialogsheets/|/vbadata", re.I): MACROS,
    re.compile(r"/externallinks/|/connections\.xml$|/querytables/", re.I): LINKS,
    re.compile(r"/embeddings/|/activex/|/ctrlprops/", re.I): OBJECTS,
    re.compile(r"/pivotcache/|xl/model/|/revisions/", re.I): HIDDEN_COPY,
}
_ODS_PARTS = {re.compile(r"^(basic|scripts|dialogs)/.", re.I): MACROS}

_OTHER_ZIPS = {
    "word/": f"This is a Word document, not a spreadsheet: {_SAVE}",
    "ppt/": f"This is a PowerPoint presentation, not a spreadsheet: {_SAVE}",
    "Index/": "This is a Numbers file: export it as .xlsx and send that.",
}


def name_the_zip(archive: Archive) -> str:
    """`xlsx` or `ods`. Raises ExtractRejected, saying what it is, for any other zip."""
    if archive.read("mimetype").strip() == b"application/vnd.oasis.opendocument.spreadsheet":
        return "ods"
    types = archive.read("[Content_Types].xml")
    if b"sheet.binary" in types or "xl/workbook.bin" in archive.names:
        raise ExtractRejected(f"This is a binary workbook (.xlsb): {_SAVE}")
    if b"macroEnabled" in types:
        raise ExtractRejected(MACROS)
    if re.search(rb"spreadsheetml\.(sheet|template)\.main\+xml", types):
        return "xlsx"
    for folder, sentence in _OTHER_ZIPS.items():
        if any(name.startswith(folder) for name in archive.names):
            raise ExtractRejected(sentence)
    if archive.read("mimetype").startswith(b"application/vnd.oasis"):
        raise ExtractRejected(f"This is not an OpenDocument spreadsheet: {_SAVE}")
    raise ExtractRejected(
        "This is a zip file, not a workbook: open it and send the workbook inside."
    )


def check_xlsx(archive: Archive) -> None:
    """Every part of a workbook is unpacked once and looked at; nothing in it is believed."""
    _refuse_parts(archive, _XLSX_PARTS)
    for part in archive.parts:
        check_part(archive, part, FORBIDDEN_IN_XLSX)


def check_ods(archive: Archive) -> None:
    """As for .xlsx; content.xml is looked at whole, for cells repeated a million times."""
    if b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise ExtractRejected(
            "This workbook has a password: remove the password, save it and send it again."
        )
    _refuse_parts(archive, _ODS_PARTS)
    if "content.xml" not in archive.names:
        raise ExtractRejected(f"This file is damaged or was not sent whole: {_SAVE}")
    for part in archive.parts:
        content = check_part(archive, part, FORBIDDEN_IN_ODS, part.name == "content.xml")
        if part.name == "content.xml":
            check_ods_content(content)


def _refuse_parts(archive: Archive, rules: dict[re.Pattern[str], str]) -> None:
    for pattern, sentence in rules.items():
        if any(pattern.search(name) for name in archive.names):
            raise ExtractRejected(sentence)
