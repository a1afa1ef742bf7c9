"""The gate lets through what is safe and what it says it is, and says why it stops the rest."""

import contextlib
import os
import time
import tracemalloc
from collections.abc import Callable

import pytest

from loaders.gate import FileKind, check_gate
from loaders.problems import ExtractRejected
from tests import hostile

SHEET_TYPE = "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
WORD_TYPE = "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACRO_TYPE = "vnd.ms-excel.sheet.macroEnabled.main+xml"
BINARY_TYPE = "vnd.ms-excel.sheet.binary.macroEnabled.main"


def _ods_with(**parts: bytes) -> bytes:
    return hostile.ods(**parts)


def _added(name: str, part: bytes = b"<a/>") -> Callable[[], bytes]:
    return lambda: hostile.repack(hostile.xlsx(), add={name: part})


def _typed(kind: str, part: str) -> Callable[[], bytes]:
    types = hostile.content_types(kind, "/" + part)
    return lambda: hostile.zip_of({"[Content_Types].xml": types, part: b"<a/>"})


def _row(cells: str, attributes: str = "") -> Callable[[], bytes]:
    return lambda: hostile.ods(f"<table:table-row {attributes}>{cells}</table:table-row>")


_FAR_ODS = '<table:table-cell table:number-columns-repeated="16383"/>' + hostile.ods_cell(1)
_EMPTY_ROWS = (
    '<table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row>'
)

# what it is → (its bytes, its name, a word of the sentence)
REFUSED: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "nothing": (lambda: b"", "a.xlsx", "empty"),
    "spaces": (lambda: b" \r\n\t ", "a.csv", "empty"),
    "noughts": (lambda: bytes(5000), "a.xlsx", "empty"),
    "over 10 MB": (lambda: b"a," * (6 * 1024 * 1024), "a.csv", "larger than 10 MB"),
    "noise": (lambda: b"\x01\x02" + os.urandom(4000), "a.xlsx", "damaged"),
    "truncated": (lambda: hostile.xlsx()[:-600], "a.xlsx", "damaged"),
    "half a workbook": (lambda: hostile.xlsx()[:2000], "a.xlsx", "damaged"),
    "bytes changed": (hostile.wrong_checksum, "a.xlsx", "damaged"),
    "xls": (lambda: hostile.ole("Workbook"), "a.xls", "(.xls)"),
    "xls named xlsx": (lambda: hostile.ole("Workbook"), "a.xlsx", "(.xls)"),
    "password": (lambda: hostile.ole("EncryptedPackage"), "a.xlsx", "password"),
    "zip password": (hostile.encrypted_zip, "a.xlsx", "password"),
    "ods password": (
        lambda: _ods_with(**{"META-INF/manifest.xml": b"<m><encryption-data/></m>"}),
        "a.ods",
        "password",
    ),
    "web page": (lambda: b"<html><table><tr><td>1</table>", "a.xlsx", "web page"),
    "web page as csv": (lambda: b"\xef\xbb\xbf<!DOCTYPE HTML>\n<p>", "a.csv", "web page"),
    "XML 2003": (
        lambda: b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
        "a.xlsx",
        "2003",
    ),
    "pdf": (lambda: b"%PDF-1.7\n%\xe2\xe3", "a.xlsx", "PDF"),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(50), "a.xlsx", "picture"),
    "rich text": (lambda: b"{\\rtf1\\ansi hello}", "a.csv", "rich text"),
    "docx": (_typed(WORD_TYPE, "word/document.xml"), "a.xlsx", "Word"),
    "odt": (
        lambda: hostile.zip_of({"mimetype": b"application/vnd.oasis.opendocument.text"}),
        "a.ods",
        "OpenDocument",
    ),
    "zip": (lambda: hostile.zip_of({"a.xlsx": hostile.xlsx()}), "a.zip", "zip file"),
    "xlsb": (_typed(BINARY_TYPE, "xl/workbook.bin"), "a.xlsb", "(.xlsb)"),
    "xlsm": (_typed(MACRO_TYPE, "xl/workbook.xml"), "a.xlsm", "macros"),
    "macros": (_added("xl/vbaProject.bin"), "a.xlsx", "macros"),
    "Excel 4 macros": (_added("xl/macrosheets/sheet1.xml"), "a.xlsx", "macros"),
    "ods macros": (lambda: _ods_with(**{"Basic/Standard/M.xml": b"<a/>"}), "a.ods", "macros"),
    "xlsx named csv": (hostile.xlsx, "a.csv", "ends in .csv"),
    "csv named xlsx": (lambda: b"Period,Phase\r\n", "a.xlsx", "ends in .xlsx"),
    "no ending": (hostile.xlsx, "return", "must end in"),
    "bomb": (lambda: hostile.inflating(170), "a.xlsx", "unpack"),
    "bomb in parts": (hostile.many_middling_parts, "a.xlsx", "unpack"),
    "flat bomb": (lambda: hostile.inflating(20), "a.xlsx", "unpack"),
    "lying size": (hostile.lying_about_size, "a.xlsx", "unpack"),
    "overlap": (hostile.overlapping, "a.xlsx", "put together"),
    "bytes after the end of a part": (hostile.deflate_with_tail, "a.xlsx", "put together"),
    "too many entries": (
        lambda: hostile.zip_of({f"{n}.xml": b"" for n in range(2500)}),
        "a.xlsx",
        "unpack",
    ),
    "path out of the zip": (_added("../../etc/cron.d/x"), "a.xlsx", "put together"),
    "absolute path": (_added("/etc/passwd"), "a.xlsx", "put together"),
    "back slashes": (_added("xl\\..\\..\\x"), "a.xlsx", "put together"),
    "zip in a zip": (lambda: _added("xl/media/1.png", hostile.xlsx())(), "a.xlsx", "inside it"),
    "OLE inside": (_added("xl/media/1.bin", hostile.ole("x")), "a.xlsx", "inside it"),
    "embedded object": (_added("xl/embeddings/oleObject1.bin"), "a.xlsx", "inside it"),
    "document type": (hostile.with_doctype, "a.xlsx", "instructions"),
    "external entity": (
        lambda: hostile.with_doctype(entity='<!ENTITY x SYSTEM "file:///etc/passwd">'),
        "a.xlsx",
        "instructions",
    ),
    "document type in UTF-16": (lambda: hostile.with_doctype("utf-16"), "a.xlsx", "instructions"),
    "UTF-16 unmarked": (lambda: hostile.with_doctype("utf-16-le"), "a.xlsx", "instructions"),
    "UTF-32": (lambda: hostile.with_doctype("utf-32"), "a.xlsx", "instructions"),
    "ods document type": (
        lambda: _ods_with(**{"styles.xml": b"<!DOCTYPE a><a/>"}),
        "a.ods",
        "instructions",
    ),
    "external link": (_added("xl/externalLinks/externalLink1.xml"), "a.xlsx", "other files"),
    "link to a picture": (
        lambda: hostile.with_relation("image", "https://example.org/a.png"),
        "a.xlsx",
        "other files",
    ),
    "DDE": (_added("xl/x.xml", b'<ddeLink ddeService="cmd"/>'), "a.xlsx", "other files"),
    "DDE in a formula": (
        lambda: hostile.with_sheet_xml(
            '<row r="1"><c r="A1"><f>cmd|&apos;/C calc&apos;!A0</f><v>0</v></c></row>'
        ),
        "a.xlsx",
        "other files",
    ),
    "data connection": (_added("xl/connections.xml"), "a.xlsx", "other files"),
    "pivot cache": (_added("xl/pivotCache/pivotCacheRecords1.xml"), "a.xlsx", "hidden copy"),
    "ods link": (
        _row('<table:table-cell table:formula="of:=[&apos;file:///a.ods&apos;#$A.A1]"/>'),
        "a.ods",
        "other files",
    ),
    "strict": (hostile.strict, "a.xlsx", "Strict"),
    "far cell": (hostile.far_cell, "a.xlsx", "beyond row"),
    "far down": (lambda: hostile.far_cell("A100000"), "a.xlsx", "beyond row"),
    "far right": (lambda: hostile.far_cell("SG1"), "a.xlsx", "column 500"),
    "far, oddly quoted": (lambda: hostile.far_cell(quote="'"), "a.xlsx", "beyond row"),
    "ods far right": (_row(_FAR_ODS), "a.ods", "beyond row"),
    "ods far down": (
        lambda: hostile.ods(_EMPTY_ROWS + hostile.ods_rows((1,))),
        "a.ods",
        "beyond row",
    ),
    "ods rows repeated": (
        _row(hostile.ods_cell(1), 'table:number-rows-repeated="1048576"'),
        "a.ods",
        "beyond row",
    ),
    "ods block repeated": (
        _row(
            hostile.ods_cell(1, 'table:number-columns-repeated="400"'),
            'table:number-rows-repeated="90000"',
        ),
        "a.ods",
        "repeated",
    ),
    "ods columns repeated": (
        _row(hostile.ods_cell(1, 'table:number-columns-repeated="16384"')),
        "a.ods",
        "beyond row",
    ),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_bad_file_is_refused_in_one_plain_sentence(kind: str) -> None:
    build, name, word = REFUSED[kind]
    with pytest.raises(ExtractRejected) as refused:
        check_gate(build(), name)
    sentence = str(refused.value)
    assert word in sentence
    assert sentence.endswith(".")
    assert ". " not in sentence
    assert check_gate(hostile.xlsx(), "good.xlsx") is FileKind.xlsx


ACCEPTED: dict[str, tuple[Callable[[], bytes], str]] = {
    "xlsx": (hostile.xlsx, "a.xlsx"),
    "capital ending": (hostile.xlsx, "Return 2025.26.XLSX"),
    "ods": (hostile.ods, "a.ods"),
    "csv": (lambda: b"Period,Phase\r\nAutumn 2025/26,Primary\r\n", "a.csv"),
    "csv with BOM": (lambda: b"\xef\xbb\xbfPeriod\n", "a.csv"),
    "csv in UTF-16": (lambda: "Period\tPhase\n".encode("utf-16"), "a.csv"),
    "csv in cp1252": (lambda: "Period – £".encode("cp1252"), "a.csv"),
    "formatted to the last row": (hostile.formatted_to_the_last_row, "a.xlsx"),
    "no dimension": (lambda: hostile.with_sheet_xml("<row/>"), "a.xlsx"),
    "wrong dimension": (
        lambda: hostile.with_sheet_xml("<row/>", before='<dimension ref="A1:A1"/>'),
        "a.xlsx",
    ),
    "link to a web page": (
        lambda: hostile.with_relation("hyperlink", "https://www.example.org"),
        "a.xlsx",
    ),
    "last allowed cell": (lambda: hostile.far_cell("SF99999"), "a.xlsx"),
    "ods small repeats": (
        _row(
            hostile.ods_cell(0, 'table:number-columns-repeated="3"'),
            'table:number-rows-repeated="2"',
        ),
        "a.ods",
    ),
}


@pytest.mark.parametrize("kind", ACCEPTED)
def test_a_good_file_is_let_through(kind: str) -> None:
    build, name = ACCEPTED[kind]
    assert check_gate(build(), name) == name.lower().rpartition(".")[2]


@pytest.mark.parametrize("build", [lambda: hostile.inflating(170), hostile.lying_about_size])
def test_memory_stays_flat_on_a_bomb(build: Callable[[], bytes]) -> None:
    content = build()
    tracemalloc.start()
    with pytest.raises(ExtractRejected):
        check_gate(content, "a.xlsx")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 12 * 1024 * 1024


def test_every_single_changed_byte_is_refused_or_harmless() -> None:
    content = hostile.xlsx()
    for place in range(0, len(content), 97):
        damaged = bytearray(content)
        damaged[place] ^= 0x55
        with contextlib.suppress(ExtractRejected):
            assert check_gate(bytes(damaged), "a.xlsx") is FileKind.xlsx


def test_every_cut_is_refused() -> None:
    content = hostile.xlsx()
    for length in range(1, len(content) - 1, 211):
        with pytest.raises(ExtractRejected):
            check_gate(content[:length], "a.xlsx")


def test_ten_thousand_rows_pass_quickly() -> None:
    rows = [("Autumn 2025/26", "Primary", *range(8))] * 10_000
    content = hostile.xlsx(*rows)
    started = time.perf_counter()
    check_gate(content, "a.xlsx")
    assert time.perf_counter() - started < 0.5  # 0.035 s measured; a busy machine is slower
