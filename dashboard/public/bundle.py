"""Bundle: all files of one publication to everyone, found to be whole before anything is stored."""

import hashlib
import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from dashboard.public.files import API, DATA, EASY_READ, PublicFile

DOORS = (EASY_READ, DATA, API)
NOTE = "<!--version-note-->"  # where a page is told that it is an earlier edition
DYNAMIC = ("easy-read/tell-us/",)  # addresses that are answered by the program, not by a file
EDITION = r"20\d\d-\d\d-(?:autumn|spring|summer)-v\d+\.\d+(?:-\d+)?"
_PATH = re.compile(r"[a-z0-9A-F_-][a-z0-9A-F._-]*(/[a-z0-9A-F_-][a-z0-9A-F._-]*)+")
_RESERVED = re.compile(rf"(easy-read|data)/{EDITION}/.*|(api/versions|easy-read/tell-us)(/.*)?")
_NAME = re.compile(EDITION)
_KIND = re.compile(r"[a-z]+/[a-z0-9.+-]+")
_ELSEWHERE = re.compile(rf"/(?:(easy-read|data)/[^/]+|(api)/v1/areas/[^/]+/versions)/({EDITION})/")
_LEADS = frozenset(["href", "src", "action", "data", "poster", "formaction"])
_INDEX = {EASY_READ: "index.html", DATA: "index.html", API: "index.json"}


class BundleFaulty(Exception):
    """The files of a publication are not whole; `faults` names everything that is wrong."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True)
class Bundle:
    """One publication. `name` stands in its permanent addresses, `sources` are the release
    versions whose figures it shows, `figures` what the next publication must stay consistent with
    (packed JSON), `report` is JSON for the assurer. `content_sha256` is that of the files."""

    area_code: str
    release_version_id: int
    name: str
    content_sha256: str
    algorithm: str
    sources: tuple[int, ...]
    figures: bytes
    report: str
    files: tuple[PublicFile, ...]


def make_bundle(
    *,
    area_code: str,
    release_version_id: int,
    name: str,
    algorithm: str,
    sources: Sequence[int],
    figures: bytes,
    report: str,
    files: Sequence[PublicFile],
) -> Bundle:
    """The files in the order of their paths, with the hash of them all.

    Raises:
        BundleFaulty: listing every fault of every file: paths, links that lead nowhere, what the
            policy of the public pages would stop, the place for the note.
    """
    files = sorted(files, key=lambda file: file.path)
    faults = list(find_faults(name, files))
    if release_version_id not in sources:
        faults.append("The publication’s own version is not among its sources.")
    if faults:
        raise BundleFaulty(faults)
    return Bundle(
        area_code,
        release_version_id,
        name,
        _hash(files),
        algorithm,
        tuple(sorted(set(sources))),
        figures,
        report,
        tuple(files),
    )


def index_of(path: str) -> str:
    """The file that answers for a folder's path: `data/` is `data/index.html`."""
    return path + _INDEX.get(path.partition("/")[0], "") if path.endswith("/") else path


def find_faults(name: str, files: Sequence[PublicFile]) -> Iterator[str]:
    """A sentence for everything that is wrong with the files of an edition of this name."""
    if not _NAME.fullmatch(name):
        yield f"{name} is not the name of an edition, such as 2025-26-summer-v1.0."
    if not files:
        yield "There are no files."
    counted = Counter(file.path for file in files)
    yield from (
        f"{path}: there are {n} files of this path." for path, n in counted.items() if n > 1
    )
    for file in files:
        yield from (f"{file.path}: {fault}" for fault in _faults(file, name, counted))


def _hash(files: Sequence[PublicFile]) -> str:
    """Of every path, kind and body."""
    whole = hashlib.sha256()
    for file in files:
        body = hashlib.sha256(file.body).hexdigest()
        whole.update(f"{file.path}\n{file.kind}\n{body}\n".encode())
    return whole.hexdigest()


def _faults(file: PublicFile, name: str, paths: Container[str]) -> Iterator[str]:
    if not _PATH.fullmatch(file.path):
        yield "the path may hold small letters, digits, A to F, . _ - and strokes only."
    if file.door not in DOORS:
        yield f"there is no door {file.door}."
    if _RESERVED.fullmatch(file.path):
        yield "this address is kept for something else."
    if not _KIND.fullmatch(file.kind):
        yield f"{file.kind} is not a media type."
    if file.kind == "text/html":
        page = _Page(file.body.decode())
        yield from page.faults()
        for link in page.links:
            yield from _nowhere(file.path, link, name, paths)


def _nowhere(path: str, link: str, name: str, paths: Container[str]) -> Iterator[str]:
    """Whether a link to this door, or to another door of the same edition, leads nowhere."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc or not parts.path:
        return
    found = _ELSEWHERE.match(parts.path)
    if found and found[3] == name:
        target = f"{found[1] or found[2]}/{unquote(parts.path[found.end() :])}"
    elif parts.path.startswith("/"):
        return
    else:
        target = _resolve(path, unquote(parts.path))
    if index_of(target) not in paths and target not in DYNAMIC:
        yield f"the link {link} leads to no file."


def _resolve(path: str, link: str) -> str:
    """Where a relative link of a file leads; what leaves the door is no path of any file."""
    folder = path.rpartition("/")[0]
    target = normpath(f"{folder}/{link}")
    whole = f"{target}/" if link.endswith(("/", "/.", "/..")) or link in (".", "..") else target
    return whole if whole.partition("/")[0] == path.partition("/")[0] else f"/{whole}"


class _Page(HTMLParser):
    """What of a page has to be looked at."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self._found: list[str] = []
        self._notes = 0
        self._script = False
        self.feed(html)
        self.close()

    def faults(self) -> Iterator[str]:
        yield from self._found
        if self._notes != 1:
            yield f"it has {self._notes} places for the note on its version, and needs one."

    def handle_comment(self, data: str) -> None:
        self._notes += f"<!--{data}-->" == NOTE

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._script = tag == "script"
        if tag == "style" or "style" in given:
            self._found.append(f"<{tag}> brings a style of its own, which the policy stops.")
        if tag == "base" or any(name.startswith("on") for name in given):
            self._found.append(f"<{tag}> has what the policy stops.")
        if _from_elsewhere(tag, given):
            self._found.append(f"<{tag}> asks another host.")
        self.links += [value for name, value in given.items() if name in _LEADS]
        self.links += [one.split()[0] for one in given.get("srcset", "").split(",") if one.strip()]

    def handle_data(self, data: str) -> None:
        if self._script and data.strip():
            self._found.append("<script> stands in the page, which the policy stops.")

    def handle_endtag(self, tag: str) -> None:
        self._script = False


def _from_elsewhere(tag: str, given: Mapping[str, str]) -> bool:
    """Whether the browser would fetch something of another host by itself."""
    asked = [given.get(name, "") for name in ("src", "srcset", "data", "poster")]
    asked += [given.get("href", "")] if tag in ("link", "image", "use") else []
    return any(urlsplit(one).scheme or urlsplit(one).netloc for one in asked if one)
