"""Opens a zip without trusting a word it says: real sizes, real bytes, nothing overlapping."""

import codecs
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.problems import ExtractRejected

MAX_ENTRIES = 2_000
MAX_INFLATED = 150 * 1024 * 1024
MAX_RATIO = 300  # deflate can reach 1,032; the flattest sheet we measured, a formatted one, was 60
RATIO_FROM = 5 * 1024 * 1024
CHUNK = 1024 * 1024

_DAMAGED = (
    "This file is damaged or was not sent whole: open it, save it as .xlsx and send it again."
)
_STRANGE = (
    "This file was put together in a way that no spreadsheet program does: copy the sheets into a "
    "new workbook, save it as .xlsx and send that."
)
_BOMB = (
    "This file would unpack to far more than a termly return needs: copy the figures into a new "
    "workbook, save it as .xlsx and send that."
)
_PASSWORD = "This workbook has a password: remove the password, save it and send it again."


@dataclass(frozen=True, slots=True)
class Part:
    """One entry of the zip; `start` and `end` bound its stored bytes."""

    name: str
    start: int
    end: int
    deflated: bool
    size: int
    crc: int


class Archive:
    """The parts of a zip, each inflated a chunk at a time and never beyond the limit for all."""

    def __init__(self, content: bytes) -> None:
        self._content = memoryview(content)
        self._inflated = 0
        self.tags = 0  # counted by whoever looks at the parts
        self.parts = _list_parts(content)
        self.names = {part.name for part in self.parts}

    def chunks(self, part: Part) -> Iterator[bytes]:
        """The real bytes of a part, 1 MB at a time; raises ExtractRejected if they are not true."""
        crc = size = 0
        for chunk in _inflate(self._content[part.start : part.end], part.deflated):
            crc, size = zlib.crc32(chunk, crc), size + len(chunk)
            self._inflated += len(chunk)
            too_flat = size > RATIO_FROM and size > MAX_RATIO * (part.end - part.start)
            if self._inflated > MAX_INFLATED or too_flat:
                raise ExtractRejected(_BOMB)
            yield chunk
        if crc != part.crc or size != part.size:
            raise ExtractRejected(_DAMAGED)

    def read(self, name: str, limit: int = CHUNK) -> bytes:
        """A whole small part, or b"" when there is none of that name."""
        found = [part for part in self.parts if part.name == name]
        if not found:
            return b""
        if found[0].size > limit:
            raise ExtractRejected(_BOMB)
        return b"".join(as_utf8(self.chunks(found[0])))


def as_utf8(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The same text in UTF-8, so that `<!DOCTYPE` in UTF-16 or UTF-32 is seen as well."""
    decoder: codecs.IncrementalDecoder | None = None
    for count, chunk in enumerate(chunks):
        if count == 0 and (encoding := _wide_encoding(chunk[:4])):
            decoder = codecs.getincrementaldecoder(encoding)("replace")
        yield decoder.decode(chunk).encode() if decoder else chunk


def _wide_encoding(start: bytes) -> str | None:
    for mark, encoding in _WIDE.items():
        if start.startswith(mark):
            return encoding
    return None


_WIDE = {
    b"\xff\xfe\0\0": "utf-32",
    b"\0\0\xfe\xff": "utf-32",
    b"<\0\0\0": "utf-32-le",
    b"\0\0\0<": "utf-32-be",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
    b"<\0": "utf-16-le",
    b"\0<": "utf-16-be",
}


def _inflate(stored: memoryview, deflated: bool) -> Iterator[bytes]:
    if not deflated:
        for start in range(0, len(stored), CHUNK):
            yield bytes(stored[start : start + CHUNK])
        return
    inflater = zlib.decompressobj(-15)
    pending: bytes | memoryview = stored
    while not inflater.eof:
        try:
            chunk = inflater.decompress(pending, CHUNK)
        except zlib.error:
            raise ExtractRejected(_DAMAGED) from None
        pending = inflater.unconsumed_tail
        if not chunk and not pending and not inflater.eof:
            raise ExtractRejected(_DAMAGED)
        if chunk:
            yield chunk
    if inflater.unused_data:
        raise ExtractRejected(_STRANGE)


def _list_parts(content: bytes) -> list[Part]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = sorted(archive.infolist(), key=lambda entry: entry.header_offset)
            limit = archive.start_dir
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, EOFError):
        raise ExtractRejected(_DAMAGED) from None
    if len(entries) > MAX_ENTRIES:
        raise ExtractRejected(_BOMB)
    if len({entry.filename.casefold() for entry in entries}) < len(entries):
        raise ExtractRejected(_STRANGE)
    ends = [entry.header_offset for entry in entries[1:]] + [limit]
    return [_check_entry(content, entry, end) for entry, end in zip(entries, ends, strict=True)]


_LOCAL = struct.Struct("<4s5H3I2H")
_UNSAFE_NAME = re.compile(r"(^|[/\\])\.\.([/\\]|$)|^[/\\]|^[A-Za-z]:|\\|[\x00-\x1f]")


def _check_entry(content: bytes, entry: zipfile.ZipInfo, next_start: int) -> Part:
    """Where an entry's bytes lie. The local header must agree with the directory, or be refused."""
    local = content[entry.header_offset : entry.header_offset + _LOCAL.size]
    if len(local) < _LOCAL.size or local[:4] != b"PK\x03\x04":
        raise ExtractRejected(_DAMAGED)
    _, _, flags, method, *_, name_length, extra_length = _LOCAL.unpack(local)
    if (flags | entry.flag_bits) & 0x41:
        raise ExtractRejected(_PASSWORD)
    name_start = entry.header_offset + _LOCAL.size
    start = name_start + name_length + extra_length
    end = start + entry.compress_size
    name = content[name_start : name_start + name_length]
    agrees = method == entry.compress_type and name == _stored_name(entry)
    if not agrees or method not in (0, 8) or _UNSAFE_NAME.search(entry.orig_filename):
        raise ExtractRejected(_STRANGE)
    if end > next_start:
        raise ExtractRejected(_STRANGE if end <= len(content) else _DAMAGED)
    return Part(entry.filename, start, end, method == 8, entry.file_size, entry.CRC)


def _stored_name(entry: zipfile.ZipInfo) -> bytes:
    return entry.orig_filename.encode("utf-8" if entry.flag_bits & 0x800 else "cp437")
