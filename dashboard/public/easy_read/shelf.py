"""Style sheet, script and pictures of the family pages, under addresses that change with them."""

import hashlib
from collections.abc import Iterator, Mapping

from dashboard.public.easy_read.content import EasyRead
from dashboard.public.easy_read.pictures import counted_in, load_pictures, pictures_of
from dashboard.public.files import EASY_READ, PublicFile
from schemas.resources import resource_folder

_OWN = {"easy.css": "text/css", "easy.js": "text/javascript"}
_SVG = "image/svg+xml"


def shelve(content: EasyRead) -> Mapping[str, PublicFile]:
    """What the pages of a publication load, by name: `easy.css`, `plan.svg`, `plan-outline.svg`."""
    found = {name: _file(name, kind, body) for name, kind, body in _bodies(content)}
    return dict(sorted(found.items()))


def addresses(shelf: Mapping[str, PublicFile]) -> Mapping[str, str]:
    """Where each stands, seen from the door: `assets/0123456789ab/plan.svg`."""
    return {name: file.path.removeprefix(f"{EASY_READ}/") for name, file in shelf.items()}


def _bodies(content: EasyRead) -> Iterator[tuple[str, str, bytes]]:
    for name, kind in _OWN.items():
        yield name, kind, (resource_folder("assets") / "easy_read" / name).read_bytes()
    pictures = load_pictures()
    for name in pictures_of(content):
        yield f"{name}.svg", _SVG, pictures[name].body(pictures[name].colour)
    for name in counted_in(content):
        yield f"{name}-outline.svg", _SVG, pictures[name].body(pictures[name].outline)


def _file(name: str, kind: str, body: bytes) -> PublicFile:
    stamp = hashlib.sha256(body).hexdigest()[:12]
    return PublicFile(f"{EASY_READ}/assets/{stamp}/{name}", kind, body)
