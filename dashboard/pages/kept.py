"""Finished answers, kept packed until something they show changes."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Condition

from cachetools import LRUCache, cached

from dashboard.packing import packed_forms

_MOST = 48_000_000  # bytes: about 1,500 pages
_SMALL = 860  # bytes: below this one packet carries it anyway
_PACKABLE = ("text/", "application/json", "image/svg+xml")
Key = tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """One body ready to be sent. `name` is what it is saved as, "" for a page."""

    body: bytes
    packed: Mapping[str, bytes]
    kind: str
    etag: str
    status: int = 200
    name: str = ""

    @property
    def size(self) -> int:
        return len(self.body) + sum(map(len, self.packed.values()))


def make_answer(body: bytes, kind: str, status: int = 200, name: str = "") -> Answer:
    """Packed once, so that sending it again costs nothing."""
    packed: dict[str, bytes] = {}
    if kind.startswith(_PACKABLE) and len(body) >= _SMALL:
        packed = dict(packed_forms(body, 5))
    return Answer(body, packed, kind, hashlib.sha256(body).hexdigest()[:20], status, name)


class KeptAnswers:
    """Answers by key; each is made once, however many ask for it at the same time."""

    def __init__(self, most: int = _MOST) -> None:
        kept: LRUCache[Key, Answer] = LRUCache(most, getsizeof=lambda answer: answer.size)

        @cached(kept, key=lambda key, make: key, condition=Condition())
        def get(key: Key, make: Callable[[], Answer]) -> Answer:
            return make()

        self.get = get
