"""Reads the comments and text boxes of a worksheet, which are looked at only for personal data."""

import posixpath
import re
from collections.abc import Iterator
from zipfile import ZipFile

from defusedxml.ElementTree import fromstring

_KINDS = re.compile(r"/(comments|threadedComment|drawing)$")


def read_notes(archive: ZipFile, part: str) -> list[tuple[str, str]]:
    """(cell reference or "text box", text) of everything written beside the cells of a sheet."""
    names = set(archive.namelist())
    return [
        note
        for target in _targets(archive, part, names)
        if target in names
        for note in _read_part(archive.read(target))
    ]


def _targets(archive: ZipFile, part: str, names: set[str]) -> Iterator[str]:
    folder, name = posixpath.split(part)
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in names:
        return
    for relation in fromstring(archive.read(relations), forbid_dtd=True):
        if _KINDS.search(relation.get("Type", "")):
            yield posixpath.normpath(posixpath.join(f"/{folder}", relation.get("Target", "")))[1:]


def _read_part(content: bytes) -> Iterator[tuple[str, str]]:
    for element in fromstring(content, forbid_dtd=True).iter():
        kind = element.tag.rpartition("}")[2]
        if kind in ("comment", "threadedComment"):
            yield element.get("ref", ""), "".join(element.itertext())
        elif kind == "txBody":
            yield "text box", "".join(element.itertext())
