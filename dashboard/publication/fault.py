"""Fault: what stands in the way of publishing to everyone."""

from typing import NamedTuple


class Fault(NamedTuple):
    """The check of `releases.md` that it fails, and a sentence."""

    check_id: str
    words: str
