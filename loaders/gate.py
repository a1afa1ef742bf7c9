"""Says what a received file really is, or refuses it in a sentence, before any parser sees it."""

from enum import StrEnum
from pathlib import PurePath

from loaders.gate_text import check_text
from loaders.gate_zip import Archive
from loaders.gate_zip_kinds import check_ods, check_xlsx, name_the_zip
from loaders.problems import ExtractRejected

MAX_BYTES = 10 * 1024 * 1024


class FileKind(StrEnum):
    """The three kinds of file that are read."""

    xlsx = "xlsx"
    ods = "ods"
    csv = "csv"


def check_gate(content: bytes, name: str) -> FileKind:
    """The kind of a safe file. Raises ExtractRejected with one sentence for anything else.

    `name` is used for its ending only. Never holds more than one part of the file, inflated, in
    memory (1 MB at a time for .xlsx; content.xml, at most 64 MB, for .ods).
    """
    if not content.strip(b"\0 \t\r\n"):
        raise ExtractRejected("This file is empty: check that it was saved, and send it again.")
    if len(content) > MAX_BYTES:
        raise ExtractRejected(
            f"This file is larger than {MAX_BYTES // 1024**2} MB: send only the sheets of counts, "
            "without pictures or past versions."
        )
    _refuse_other_kinds(content)
    kind = _check_archive(content) if content[:2] == b"PK" else _check_plain(content)
    _refuse_wrong_name(kind, name)
    return kind


_SAVE = "open it in Excel, save it as .xlsx and send it again."
_OTHER_KINDS = {
    b"%PDF": f"This is a PDF, which cannot be read as a spreadsheet: {_SAVE}",
    b"{\\rtf": f"This is a rich text document, not a spreadsheet: {_SAVE}",
    b"ID;P": f"This is a SYLK file, not a workbook: {_SAVE}",
    b"\x1f\x8b": "This is a compressed file: open it and send the workbook inside.",
    b"7z\xbc\xaf": "This is a compressed file: open it and send the workbook inside.",
    b"Rar!": "This is a compressed file: open it and send the workbook inside.",
    b"\x89PNG": "This is a picture: send the spreadsheet it was made from.",
    b"\xff\xd8\xff": "This is a picture: send the spreadsheet it was made from.",
    b"GIF8": "This is a picture: send the spreadsheet it was made from.",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _refuse_other_kinds(content: bytes) -> None:
    if content.startswith(_OLE):
        raise ExtractRejected(_describe_ole(content))
    for start, sentence in _OTHER_KINDS.items():
        if content.startswith(start):
            raise ExtractRejected(sentence)


def _describe_ole(content: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "This workbook has a password: remove the password, save it and send it again."
    if "WordDocument".encode("utf-16-le") in content:
        return f"This is a Word document, not a spreadsheet: {_SAVE}"
    return f"This is an old Excel workbook (.xls), which is no longer read: {_SAVE}"


def _check_archive(content: bytes) -> FileKind:
    archive = Archive(content)
    if name_the_zip(archive) == "ods":
        check_ods(archive)
        return FileKind.ods
    check_xlsx(archive)
    return FileKind.xlsx


def _check_plain(content: bytes) -> FileKind:
    check_text(content)
    return FileKind.csv


def _refuse_wrong_name(kind: FileKind, name: str) -> None:
    ending = PurePath(name).suffix.lower().lstrip(".")
    if ending == kind:
        return
    if ending in set(FileKind):
        raise ExtractRejected(
            f"The name of this file ends in .{ending} but it is really {_ARTICLE[kind]} .{kind} "
            f"file: save it as .xlsx and send it again."
        )
    raise ExtractRejected(
        "The name of this file must end in .xlsx, .ods or .csv: save it as .xlsx and send it again."
    )


_ARTICLE = {FileKind.xlsx: "an", FileKind.ods: "an", FileKind.csv: "a"}
