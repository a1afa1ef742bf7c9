"""The style sheet, scripts and pictures, each under an address that changes with its content, so
that browsers may keep it for good."""

import hashlib
import mimetypes
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import Response, request

from dashboard.packing import packed_forms

FOLDER = "/assets/"
SHEETS = (
    "base.css",
    "page.css",
    "chart.css",
    "compare.css",
    "gaps.css",
    "packs.css",
    "plan.css",
    "planner.css",
    "print.css",
)
SITE_SHEET = "site.css"
_TEXT = (".css", ".js", ".svg", ".json")
_YEAR = 31_536_000


@dataclass(frozen=True)
class Asset:
    """One file as it is sent: plain, and packed when that is shorter."""

    address: str
    kind: str
    body: bytes
    packed: Mapping[str, bytes]


class Assets:
    """Every file of a folder by name; the style sheets are joined into one, `site.css`."""

    def __init__(self, folder: Path) -> None:
        self._by_name = {name: _asset(folder, name, body) for name, body in _bodies(folder)}
        self._by_address = {asset.address: asset for asset in self._by_name.values()}

    def address(self, name: str) -> str:
        """Where a file is served, such as `/assets/0123456789ab/page.js`."""
        return self._by_name[name].address

    def has(self, path: str) -> bool:
        return path in self._by_address

    def answer(self, path: str) -> Response:
        """The file at an address that `has` knows."""
        asset = self._by_address[path]
        answer = packed_answer(asset.body, asset.packed, asset.kind)
        answer.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
        return answer


def packed_answer(body: bytes, packed: Mapping[str, bytes], kind: str) -> Response:
    """The shortest form that the browser says it can read."""
    for encoding, content in packed.items():
        if request.accept_encodings[encoding] > 0:
            answer = Response(content, mimetype=kind)
            answer.headers["Content-Encoding"] = encoding
            break
    else:
        answer = Response(body, mimetype=kind)
    if packed:
        answer.headers["Vary"] = "Accept-Encoding"
    return answer


def _bodies(folder: Path) -> Iterator[tuple[str, bytes]]:
    yield SITE_SHEET, b"\n".join((folder / name).read_bytes() for name in SHEETS)
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in SHEETS and path.suffix not in (".br", ".sh", ".md"):
            yield name, path.read_bytes()


def _asset(folder: Path, name: str, body: bytes) -> Asset:
    stamp = hashlib.sha256(body).hexdigest()[:12]
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    kind = "text/javascript" if name.endswith(".js") else kind
    packed = _packed(folder, name, body) if name.endswith(_TEXT) else {}
    return Asset(f"{FOLDER}{stamp}/{name}", kind, body, packed)


def _packed(folder: Path, name: str, body: bytes) -> Mapping[str, bytes]:
    """Large files bring their packed form with them: packing one takes seconds."""
    ready = folder / f"{name}.br"
    return _packed_once(body, ready.read_bytes() if ready.is_file() else None)


@cache
def _packed_once(body: bytes, ready: bytes | None) -> Mapping[str, bytes]:
    """However many servers a process makes: the files are few and stay as they are."""
    return packed_forms(body, 9, ready)
