"""Cell, Relation, Protection: the counts of a release, what ties them together, what is hidden."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["education", "health"]
Decided = Literal["", "shown", "hidden"]
ALGORITHM = "1"  # written on every publication; changes when the same figures could be hidden else


@dataclass(frozen=True)
class Cell:
    """One count of people or events.

    `id` is stable and sorts: it decides between equals. `value` is the true whole number, 0 or
    more. `decided` says what an earlier publication did with it, which stands. A cell that is not
    `published` appears in no output but can be worked out (plans that were late are all plans less
    those in time), so it may be primary and is never shown. `may_hide` is false for a grand total.
    `known` is true for a number that somebody else has published: it cannot be hidden any more.
    """

    id: str
    value: int
    kind: Kind = "education"
    decided: Decided = ""
    published: bool = True
    may_hide: bool = True
    known: bool = False


@dataclass(frozen=True)
class Relation:
    """What everyone can know to hold: the sum of factor times cell over `parts` is (`sense` "=") or
    is at most ("<=") `constant`. True of the true values."""

    parts: tuple[tuple[str, int], ...]
    sense: Literal["=", "<="] = "="
    constant: int = 0


@dataclass(frozen=True)
class Bounds:
    """What an attacker who knows all that is shown can still believe of a hidden count."""

    low: int
    high: int


@dataclass(frozen=True)
class Protection:
    """What is hidden and how well.

    `primary` are hidden for themselves, `secondary` so that those cannot be worked out. `bounds`
    of every primary cell. `unprotected` are primary cells that no hiding protects: what they are
    part of has to be coarsened.
    """

    primary: frozenset[str]
    secondary: frozenset[str]
    unprotected: frozenset[str]
    bounds: Mapping[str, Bounds]

    @property
    def hidden(self) -> frozenset[str]:
        return self.primary | self.secondary
