"""Finds the return in what was given: an XML file, the CSV modules, a folder or a zip of them."""

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath

from loaders.gate_zip import Archive
from loaders.problems import ExtractRejected
from loaders.sen2.read_csv import read_modules
from loaders.sen2.read_xml import MAX_BYTES, read_xml
from loaders.sen2.rows import ReturnRefused, Sent
from loaders.sen2.specification import Specification

Named = tuple[str, bytes]
_TOO_BIG = "A file of this return is larger than any return is. Check that it is the right file."


def read_return(paths: Sequence[Path], specification: Specification) -> Sent:
    """The return in these files, read in memory. Raises ReturnRefused with one sentence.

    File names are used for their endings only and are never repeated, since they may name people.
    """
    files = [file for path in paths for file in _files(path)]
    xml = [content for name, content in files if _is_xml(name, content)]
    modules = _modules(files, specification)
    if len(xml) == 1 and not modules:
        return read_xml(xml[0], specification)
    if xml:
        raise ReturnRefused("Give one XML file, or the CSV modules: not both, and not two returns.")
    if not modules:
        raise ReturnRefused(
            "There is no SEN2 return here. Give its XML file, its CSV modules, or a folder or zip "
            "of the modules."
        )
    return read_modules(modules, specification)


def _files(path: Path) -> Iterator[Named]:
    if path.is_dir():
        for one in sorted(path.iterdir()):
            if one.is_file():
                yield from _files(one)
        return
    if path.stat().st_size > MAX_BYTES:
        raise ReturnRefused(_TOO_BIG)
    content = path.read_bytes()
    if content[:4] == b"PK\x03\x04" and path.suffix.lower() != ".xlsx":
        yield from _unpacked(content)
    else:
        yield path.name, content


def _unpacked(content: bytes) -> Iterator[Named]:
    try:
        archive = Archive(content)
        for part in archive.parts:
            if not part.name.endswith("/"):
                yield PurePath(part.name).name, b"".join(archive.chunks(part))
    except ExtractRejected:
        raise ReturnRefused(
            "This zip is damaged, has a password or would unpack to far more than a return holds. "
            "Unpack it and give the folder."
        ) from None


def _is_xml(name: str, content: bytes) -> bool:
    return name.lower().endswith(".xml") or content[:200].lstrip(b"\xef\xbb\xbf \r\n")[:1] == b"<"


def _modules(files: Sequence[Named], specification: Specification) -> dict[str, bytes]:
    """The CSV files that are named after a module; others in the folder are passed over."""
    found: dict[str, bytes] = {}
    for name, content in files:
        module = specification.of_file(PurePath(name).stem)
        if module is None or not name.lower().endswith((".csv", ".txt")):
            continue
        if module.id in found:
            raise ReturnRefused(f"There are two files of {module.id}. Give each module once.")
        found[module.id] = content
    return found
