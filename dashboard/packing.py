"""Bodies made shorter for the way, once, so that sending them again costs nothing."""

import gzip
from collections.abc import Mapping
from typing import Any

import brotli


def packed_forms(
    body: bytes, quality: int, brotli_ready: bytes | None = None
) -> Mapping[str, bytes]:
    """By the name of the encoding, the shortest first.

    Args:
        quality: 5 for what is made while a reader waits, 9 for files.
        brotli_ready: that form, where it was made before: a large file takes seconds.
    """
    shortest = brotli_ready or brotli_form(body, quality)
    return {"br": shortest, "gzip": gzip.compress(body, min(quality + 1, 9), mtime=0)}


def brotli_form(body: bytes, quality: int) -> bytes:
    compress: Any = brotli.compress  # it brings no types
    return bytes(compress(body, quality=quality))
