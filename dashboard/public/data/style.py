"""The pages’ style sheet and icon, each under an address made from its content."""

import hashlib
from functools import cache

from dashboard.public.files import DATA, PublicFile
from schemas.resources import resource_folder


@cache
def style_file() -> PublicFile:
    """`data/assets/0123456789ab/data.css`, which may be kept for good."""
    return _asset("data_pages/data.css", "text/css")


@cache
def icon_file() -> PublicFile:
    """What stands in the browser's tab; without one each page asks for a file that is not there."""
    return _asset("favicon.svg", "image/svg+xml")


def _asset(place: str, kind: str) -> PublicFile:
    path = resource_folder("assets") / place
    body = path.read_bytes()
    stamp = hashlib.sha256(body).hexdigest()[:12]
    return PublicFile(f"{DATA}/assets/{stamp}/{path.name}", kind, body)
