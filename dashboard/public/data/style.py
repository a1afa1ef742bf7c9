"""The pages’ style sheet as a file of the publication, under an address made from its content."""

import hashlib
from functools import cache

from dashboard.public.files import DATA, PublicFile
from schemas.resources import resource_folder

_SHEET = "data.css"


@cache
def style_file() -> PublicFile:
    """`data/assets/0123456789ab/data.css`, which may be kept for good."""
    body = (resource_folder("assets") / "data_pages" / _SHEET).read_bytes()
    name = hashlib.sha256(body).hexdigest()[:12]
    return PublicFile(f"{DATA}/assets/{name}/{_SHEET}", "text/css", body)
