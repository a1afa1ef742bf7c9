"""The headers of what everyone sees: what a page may do, who may show it in a frame, and how long
it may be kept."""

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from dashboard.public.files import API, DATA, EASY_READ

LATEST = "public, max-age=60, stale-if-error=86400"
FOR_GOOD = "public, max-age=31536000, immutable"
ASK_EACH_TIME = "no-cache"
ASSETS = r"assets/[0-9a-f]{12}/"
CARD = r"card\.(?:svg|png)"  # the picture that other sites show with <img>
_DOOR = re.compile(r"/(easy-read|data|api|accessibility)(?:/|$)")
_ASSET = re.compile(rf"[^/]+/(?:.*/)?{ASSETS}.+")
_CARD = re.compile(rf"/{EASY_READ}/(?:[^/]+/)+{CARD}")
_POLICY = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
)
# A browser shows a PDF by a page of its own, which has styles and a plug-in.
_PDF_POLICY = (
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    "object-src 'self'",
    "base-uri 'none'",
)


def door_of(path: str) -> str:
    """The door that an address stands behind: `easy-read`, `data`, `api`, `accessibility`; "" for
    everything else."""
    found = _DOOR.match(path)
    return found[1] if found else ""


def door_headers(path: str, kind: str, frame_origins: tuple[str, ...] = ()) -> Mapping[str, str]:
    """The policy of an answer behind a public door; nothing for other addresses.

    Args:
        frame_origins: the sites that may show the area's easy-read pages in a frame.
    """
    door = door_of(path)
    return _headers(door, kind, bool(_CARD.fullmatch(path)), frame_origins) if door else {}


def how_long(path: str, kind: str, latest: bool) -> str:
    """Cache-Control of a stored file. `path` is that in its publication; `latest` says that it is
    asked for at the address that always has the newest. A page at its edition's address is asked
    for again each time, since it may be told that it is out of date."""
    if _ASSET.fullmatch(path):
        return FOR_GOOD
    if latest:
        return LATEST
    return ASK_EACH_TIME if kind == "text/html" else FOR_GOOD


@cache
def _headers(
    door: str, kind: str, is_card: bool, frame_origins: tuple[str, ...]
) -> Mapping[str, str]:
    ancestors = ("'self'", *frame_origins) if door == EASY_READ else ("'none'",)
    policy = _PDF_POLICY if kind == "application/pdf" else _POLICY
    found = {
        "Content-Security-Policy": "; ".join((*policy, f"frame-ancestors {' '.join(ancestors)}")),
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    if is_card or door in (DATA, API):
        found["Cross-Origin-Resource-Policy"] = "cross-origin"
    if door in (DATA, API):
        found["Access-Control-Allow-Origin"] = "*"
    return MappingProxyType(found)
