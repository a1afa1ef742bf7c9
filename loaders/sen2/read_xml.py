"""Reads the return's XML as a stream, one person at a time, and refuses what could harm."""

import io
from functools import lru_cache
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from loaders.sen2.rows import ReturnRefused, Row, Sent
from loaders.sen2.specification import Specification
from schemas.text import plain

MAX_BYTES = 400 * 1024 * 1024  # 30,000 persons take 60 MB to 150 MB
MAX_DEPTH = 30
MAX_ELEMENTS = 20_000_000
MAX_TEXT = 2_000

HIDDEN = (
    "This XML file holds a document type or entities, which no return needs and which can harm. "
    "Export the return again from your case system."
)
DAMAGED = (
    "This XML file is damaged near line {line}, column {column}. "
    "Export the return again from your case system."
)
TOO_MUCH = "This XML file holds far more than a return does. Check that it is the right file."
NOT_A_RETURN = (
    "This XML file holds no persons, so it is not a SEN2 person-level return. "
    "Check that it is the right file."
)


def read_xml(content: bytes, specification: Specification) -> Sent:
    """The rows of the file. Raises ReturnRefused with one sentence; no value is ever in it."""
    if len(content) > MAX_BYTES:
        raise ReturnRefused(TOO_MUCH)
    reader = _Reader(specification)
    try:
        _stream(io.BytesIO(content), reader)
    except DefusedXmlException:
        raise ReturnRefused(HIDDEN) from None
    except ParseError as error:  # its own text may hold the name of an entity
        line, column = error.position
        raise ReturnRefused(DAMAGED.format(line=line, column=column)) from None
    except (UnicodeError, ValueError, LookupError):
        raise ReturnRefused(DAMAGED.format(line=1, column=0)) from None
    if not reader.persons:
        raise ReturnRefused(NOT_A_RETURN)
    return Sent(reader.header, reader.persons, [])


def _stream(file: IO[bytes], reader: "_Reader") -> None:
    for event, element in iterparse(file, events=("start", "end"), forbid_dtd=True):
        if event == "start":
            reader.begin(element)
        else:
            reader.end(element)


class _Reader:
    """The rows so far, and those that are still open."""

    def __init__(self, specification: Specification) -> None:
        self.header: Row | None = None
        self.persons: list[Row] = []
        self._modules = specification.by_element
        self._specification = specification
        self._open: list[Row] = []
        self._path: list[Element] = []
        self._numbers: dict[str, int] = {}
        self._elements = 0

    def begin(self, element: Element) -> None:
        self._path.append(element)
        self._elements += 1
        if len(self._path) > MAX_DEPTH or self._elements > MAX_ELEMENTS:
            raise ReturnRefused(TOO_MUCH)
        module = self._modules.get(_name(element))
        if module is None:
            return
        number = self._numbers[module.id] = self._numbers.get(module.id, 0) + 1
        row = Row(module.id, number, {})
        if self._open:
            row.belongs_to(self._open[-1])
        elif module.id == "person":
            self.persons.append(row)
        elif module.id == "sen2":
            self.header = self.header or row
        self._open.append(row)

    def end(self, element: Element) -> None:
        self._path.pop()
        name = _name(element)
        if name in self._modules:
            self._open.pop()
        elif self._open:
            self._keep(name, element.text or "")
        element.clear()
        if self._path and not self._open:
            self._path[-1].remove(element)  # so that a long file stays a short one in memory

    def _keep(self, name: str, text: str) -> None:
        row = self._open[-1]
        column = self._specification.modules[row.module].by_name.get(name)
        if column and text.strip():
            if len(text) > MAX_TEXT:
                raise ReturnRefused(TOO_MUCH)
            row.values[column] = text.strip()


def _name(element: Element) -> str:
    """An element's name without its namespace."""
    return _plain_tag(element.tag)


@lru_cache(maxsize=1_000)
def _plain_tag(tag: str) -> str:
    return plain(tag.rpartition("}")[2])
