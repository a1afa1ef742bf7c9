"""A publisher's CSV in batches that stay small, whatever its encoding, quoting and line ends."""

import csv
import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import polars as pl

from loaders.benchmarks.problems import BenchmarkRefused, Findings

Progress = Callable[[int, int], None]

# Batches of 4 MB: 900,000 rows stay under 380 MB, and larger ones were hardly faster.
CHUNK_BYTES = 4 * 1024 * 1024
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Batch:
    """Some rows, every cell as text, and the line of the file its first row stands on."""

    table: pl.DataFrame
    first_line: int


class CsvFile:
    """One CSV on disk: its headings at once, its rows batch by batch."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.bytes = path.stat().st_size
        with path.open("rb") as file:
            self.headings = _read_headings(file, path.name)

    def batches(
        self, columns: list[str], findings: Findings, progress: Progress | None = None
    ) -> Iterator[Batch]:
        """The rows under these column names (one for each heading), until the faults are many."""
        line = 2
        with self.path.open("rb") as file:
            _read_headings(file, self.path.name)
            for chunk in _whole_lines(file):
                table = _parse(_as_utf8(chunk), columns, line, findings)
                if findings.too_many:
                    return
                findings.rows += table.height
                yield Batch(table, line)
                line += table.height
                if progress:
                    progress(file.tell(), self.bytes)


def hash_file(path: Path) -> str:
    """SHA-256: the same bytes are the same file, whatever their name."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read_headings(file: BinaryIO, name: str) -> list[str]:
    first = file.readline().removeprefix(_BOM)
    if b"\0" in first:
        raise BenchmarkRefused(f"{name} is not a CSV file.")
    rows = list(csv.reader([_as_utf8(first).decode()]))
    return rows[0] if rows else []


def _as_utf8(content: bytes) -> bytes:
    """Files are UTF-8; older ones saved by hand are Windows-1252 (`traps.md` 1)."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace").encode()
    return content


def _whole_lines(file: BinaryIO) -> Iterator[bytes]:
    """Pieces of the file that end where a row ends; a line break inside quotes ends no row."""
    rest = b""
    while piece := file.read(CHUNK_BYTES):
        rest += piece
        cut = _last_row_end(rest)
        if cut:
            yield rest[:cut]
            rest = rest[cut:]
    if rest.strip():
        yield rest


def _last_row_end(content: bytes) -> int:
    cut = content.rfind(b"\n") + 1
    if b'"' not in content:
        return cut
    quotes = content.count(b'"', 0, cut)
    while cut and quotes % 2:
        earlier = content.rfind(b"\n", 0, cut - 1) + 1
        quotes -= content.count(b'"', earlier, cut)
        cut = earlier
    return cut


def _parse(content: bytes, columns: list[str], line: int, findings: Findings) -> pl.DataFrame:
    schema = dict.fromkeys(columns, pl.String)
    _check_last_row(content, len(columns), line, findings)
    try:
        return pl.read_csv(content, has_header=False, schema=schema, infer_schema=False)
    except (pl.exceptions.ComputeError, pl.exceptions.SchemaError):
        _find_long_row(content, len(columns), line, findings)
        return pl.DataFrame(schema=schema)


def _check_last_row(content: bytes, width: int, line: int, findings: Findings) -> None:
    """A download that was cut off ends in the middle of a row."""
    if not content.endswith(b"\n"):
        last = next(csv.reader([content[content.rfind(b"\n") + 1 :].decode()]), [])
        if len(last) < width:
            where = line + content.count(b"\n")
            findings.fault(where, "", "the last row is not complete; the file may be cut off.")


def _find_long_row(content: bytes, width: int, line: int, findings: Findings) -> None:
    reader = csv.reader(io.StringIO(content.decode(), newline=""))
    for at, row in enumerate(reader, start=line):
        if len(row) > width:
            findings.fault(at, "", f"has {len(row)} cells, but there are {width} headings.")
    if not findings.faults:
        findings.fault(line, "", "a quotation mark opens and does not close in this part.")
