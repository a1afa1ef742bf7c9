"""A picture of every page, wide and narrow, kept for people to look at."""

import os
import struct
import zlib
from pathlib import Path

from playwright.sync_api import Page

from tests.conftest import ROOT

FOLDER = Path(os.environ.get("SCREENSHOTS", ROOT / "var" / "screenshots"))
_COLOURS = 40  # values of bytes that a page with words and charts certainly has


def keep_picture(page: Page, name: str) -> list[str]:
    """Writes the whole page as a PNG; says so when there is nothing but paper on it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    picture = page.screenshot(full_page=True, animations="disabled")
    (FOLDER / f"{name}.png").write_bytes(picture)
    pixels = zlib.decompressobj().decompress(_packed(picture), 4_000_000)
    return [] if len(set(pixels[::7])) > _COLOURS else ["a picture of one colour"]


def _packed(picture: bytes) -> bytes:
    """The content of a PNG's IDAT chunks."""
    rows, at = b"", 8
    while at < len(picture):
        length, kind = struct.unpack(">I4s", picture[at : at + 8])
        if kind == b"IDAT":
            rows += picture[at + 8 : at + 8 + length]
        at += length + 12
    return rows
