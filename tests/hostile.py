"""Builds files that a careless, unlucky or hostile sender could send; none is kept on disk."""

import io
import os
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import openpyxl

HEADINGS = ("Period", "Phase", "Plans at start", "New plans", "Plans at end")
ROWS = (
    ("Autumn 2025/26", "Primary", 410, 21, 428),
    ("Autumn 2025/26", "Secondary", 502, 9, 507),
    ("Autumn 2025/26", "Post-16", 88, 0, 85),
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def xlsx(*rows: Sequence[Any], name: str = "EHC plans", change: Any = None) -> bytes:
    """A workbook of one sheet, as openpyxl writes it; `change(workbook)` may add to it."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = name
    for row in rows or (HEADINGS, *ROWS):
        sheet.append(row)
    if change:
        change(workbook)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def repack(
    content: bytes,
    add: Mapping[str, bytes] | None = None,
    change: Mapping[str, Callable[[bytes], bytes]] | None = None,
    lie: Callable[[list[zipfile.ZipInfo]], None] | None = None,
) -> bytes:
    """The same zip with parts added or changed; `lie` edits the directory after the bytes."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, (change or {}).get(name, bytes)(old.read(name)))
        for name, part in (add or {}).items():
            new.writestr(name, part)
        if lie:
            lie(new.filelist)
    return stream.getvalue()


def with_sheet_xml(cells: str, before: str = "") -> bytes:
    """A workbook whose only sheet holds exactly this XML between <sheetData> and its end."""
    sheet = (
        f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}">{before}'
        f"<sheetData>{cells}</sheetData></worksheet>"
    )
    name = "xl/worksheets/sheet1.xml"
    return repack(xlsx(), change={name: lambda _: sheet.encode()})


def far_cell(reference: str = "XFD1048576", quote: str = '"') -> bytes:
    row = "".join(mark for mark in reference if mark.isdigit())
    return with_sheet_xml(
        f"<row r={quote}{row}{quote}><c r={quote}{reference}{quote}><v>1</v></c></row>"
    )


def formatted_to_the_last_row(rows: int = 200_000) -> bytes:
    """Excel writes a row element for every formatted row, and here nothing in them."""
    empty = "".join(f'<row r="{n}" s="1"><c r="A{n}" s="1"/></row>' for n in range(2, rows))
    last = '<row r="1048576" s="1"><c r="XFD1048576" s="1"/></row>'
    return with_sheet_xml(f'<row r="1"><c r="A1"><v>7</v></c></row>{empty}{last}')


def inflating(megabytes: int, name: str = "xl/media/image1.bin") -> bytes:
    return repack(xlsx(), add={name: bytes(megabytes * 1024 * 1024)})


def many_middling_parts() -> bytes:
    """160 MB in 16 parts, none of them flat enough to be suspicious by itself."""
    part = (os.urandom(80) + bytes(8000)) * 1250
    return repack(xlsx(), add={f"xl/media/{n}.bin": part for n in range(16)})


def lying_about_size() -> bytes:
    """The directory says 10 bytes; the part holds 60 MB."""

    def lie(entries: list[zipfile.ZipInfo]) -> None:
        entries[-1].file_size = 10

    return repack(xlsx(), add={"xl/media/image1.bin": bytes(60 * 1024 * 1024)}, lie=lie)


def overlapping() -> bytes:
    """Two entries of the directory share the bytes of one."""

    def lie(entries: list[zipfile.ZipInfo]) -> None:
        entries[-1].header_offset = entries[-2].header_offset

    return repack(xlsx(), add={"a.xml": b"<a/>", "b.xml": b"<a/>"}, lie=lie)


def wrong_checksum() -> bytes:
    def lie(entries: list[zipfile.ZipInfo]) -> None:
        entries[-1].CRC ^= 1

    return repack(xlsx(), lie=lie)


def with_shared_strings(cells: str, strings: str) -> bytes:
    """As Excel stores texts: once each, beside the sheets (openpyxl writes them into the cells)."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    return repack(
        with_sheet_xml(cells),
        add={"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>'.encode()},
        change={"[Content_Types].xml": lambda x: x.replace(b"</Types>", override.encode())},
    )


def shared_string_bomb() -> bytes:
    """A 30 KB text, pointed at by ten thousand cells: 300 MB once read."""
    text = os.urandom(15_000).hex()
    row = '<c t="s"><v>0</v></c>' * 10
    cells = "".join(f'<row r="{n}">{row}</row>' for n in range(1, 1001))
    return with_shared_strings(cells, f"<si><t>{text}</t></si>")


def with_doctype(encoding: str = "utf-8", entity: str = "") -> bytes:
    def change(part: bytes) -> bytes:
        text = part.decode().partition("?>")[2] if part.startswith(b"<?xml") else part.decode()
        head = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [{entity}]>'
        return (head + text).encode(encoding)

    return repack(xlsx(), change={"xl/workbook.xml": change})


def encrypted_zip() -> bytes:
    """The flag that says an entry has a password, set in both of its headers."""
    content = bytearray(xlsx())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + place] |= 1
    return bytes(content)


def ole(stream: str) -> bytes:
    """The start of an old Office file whose directory names one stream."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(900)
    )


def zip_of(parts: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()


def content_types(kind: str, part: str = "/xl/workbook.xml") -> bytes:
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="{part}" ContentType="application/{kind}"/></Types>'
    ).encode()


def with_relation(kind: str, target: str) -> bytes:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{office}/{kind}" Target="{target}" TargetMode="External"/>'
        "</Relationships>"
    )
    return repack(xlsx(), add={"xl/worksheets/_rels/sheet1.xml.rels": rels.encode()})


def strict() -> bytes:
    """As Excel saves “Strict Open XML Spreadsheet”: other namespaces, the same words."""

    def change(part: bytes) -> bytes:
        return part.replace(MAIN.encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main")

    names = ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml")
    return repack(xlsx(), change=dict.fromkeys(names, change))


_ODS_SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        *(("office", "office"), ("table", "table"), ("text", "text")),
        *(("style", "style"), ("script", "script")),
    )
)
_CALCEXT = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"


def ods(rows: str = "", tables: str = "", styles: str = "", **parts: bytes) -> bytes:
    """A spreadsheet as LibreOffice writes it: empty parts, and a million empty rows at the end."""
    rows = (rows or ods_rows(HEADINGS, *ROWS)) + ODS_END
    table = f'<table:table table:name="EHC plans">{rows}</table:table>'
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_ODS_SPACES} '
        f'xmlns:calcext="{_CALCEXT}">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables or table}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    return zip_of(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "Configurations2/accelerator/current.xml": b"",
            "Configurations2/images/Bitmaps/": b"",
            "content.xml": content.encode(),
            "META-INF/manifest.xml": b"<manifest/>",
            **parts,
        }
    )


ODS_END = (
    '<table:table-row table:number-rows-repeated="1048570"><table:table-cell '
    'table:number-columns-repeated="16384"/></table:table-row>'
)


def ods_rows(*rows: Iterable[Any]) -> str:
    return "".join(
        f"<table:table-row>{''.join(map(ods_cell, row))}<table:table-cell "
        'table:number-columns-repeated="16000"/></table:table-row>'
        for row in rows
    )


def ods_cell(value: Any, attributes: str = "") -> str:
    if value is None:
        return "<table:table-cell/>"
    kind = f'office:value-type="float" office:value="{value}"'
    if isinstance(value, date):
        kind = f'office:value-type="date" office:date-value="{value.isoformat()}"'
    if isinstance(value, str):
        kind = 'office:value-type="string"'
    return f"<table:table-cell {kind} {attributes}><text:p>{value}</text:p></table:table-cell>"


def quote_left_open(rows: int = 30_000) -> bytes:
    lines = ["Period,Phase,Plans at end", *(f"Autumn 2025/26,Primary,{n}" for n in range(rows))]
    lines[2] = lines[2].replace("Primary", '"Primary')
    return "\r\n".join(lines).encode()


def deflate_with_tail() -> bytes:
    """A part whose stored bytes go on after its own end: two readers would see two files."""
    body = zlib.compressobj(9, zlib.DEFLATED, -15)
    stored = body.compress(b"<a/>") + body.flush() + b"something else"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", content_types("x.spreadsheetml.sheet.main+xml"))
        archive.writestr("a.xml", stored)
        entry = archive.filelist[-1]
        entry.compress_type, entry.file_size, entry.CRC = 8, 4, zlib.crc32(b"<a/>")
    content = bytearray(stream.getvalue())
    content[content.index(b"PK\x03\x04", 4) + 8] = 8
    return bytes(content)
