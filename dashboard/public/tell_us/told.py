"""What somebody tells us of a page, and what whoever keeps it can answer."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Told:
    """`easy` is `yes`, `partly`, `no` or ""; `topic` is the page's name in its address, "" for the
    front page; `edition` is the publication that was read, "" for nobody knows."""

    easy: str
    words: str
    topic: str
    edition: str


class TooMany(Exception):
    """So much was sent in the last hour that nothing more is kept; who sent it is told so."""


# Keeps, for an area's code, what was told from a network address; how often something was taken
# out of it. Raises TooMany.
Keep = Callable[[str, Told, str], int]
