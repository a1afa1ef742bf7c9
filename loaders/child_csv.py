"""Reads the text of a CSV file into rows of text, guessing the separator but never a type."""

import csv
import io
from collections.abc import Iterator

from loaders.child_answer import Budget, SheetAnswer, UnreadableError

SEPARATORS = ",;\t|"
MAX_FIELD = 2_000
MAX_LINES_IN_FIELD = 3


def read_csv(content: bytes) -> SheetAnswer:
    """The rows of the one sheet, all text. Raises UnreadableError for a quote left open."""
    text = decode_text(content)
    text, separator = _find_separator(text)
    sheet = SheetAnswer("", Budget())
    csv.field_size_limit(MAX_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    for number, fields in enumerate(_fields(reader), start=1):
        _refuse_swallowed_lines(fields, number)
        sheet.add_row(number, [field if field.strip() else None for field in fields])
    return sheet


def decode_text(content: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with its mark, else Windows (cp1252)."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def _find_separator(text: str) -> tuple[str, str]:
    """The separator that cuts most of the first lines into the same number of fields."""
    first, _, rest = text.partition("\n")
    if first.startswith("sep=") and first[4:5] and first[4:5] in SEPARATORS:
        return rest, first[4]  # Excel does not count this line as a row
    lines = [line for line in text[:20_000].splitlines() if line.strip()][:30]
    return text, max(SEPARATORS, key=lambda mark: _agreement(lines, mark))


def _agreement(lines: list[str], mark: str) -> tuple[int, int]:
    counts = [line.count(mark) for line in _without_quoted(lines)]
    common = max(set(counts) - {0}, key=counts.count, default=0)
    return (counts.count(common) if common else 0, common)


def _without_quoted(lines: list[str]) -> list[str]:
    return ["".join(line.split('"')[::2]) for line in lines]


def _fields(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    try:
        yield from reader
    except csv.Error:
        raise UnreadableError(_QUOTE.format(line=getattr(reader, "line_num", 0))) from None


def _refuse_swallowed_lines(fields: list[str], number: int) -> None:
    for field in fields:
        if "\n" in field or "\r" in field:
            lines = len(field.splitlines())
            if lines > MAX_LINES_IN_FIELD:
                raise UnreadableError(_QUOTE.format(line=number))


_QUOTE = (
    'A quotation mark (") is opened and not closed, or is out of place, near line {line}: save the '
    "file as .xlsx, or mend the line, and send it again."
)
