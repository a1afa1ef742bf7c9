"""Edition: what was published at one moment, so that an address can show exactly that again."""

import datetime as dt
import re
from dataclasses import dataclass

from schemas.term import parse_term

_SHAPE = re.compile(
    r"(20\d\d-\d\d)-(autumn|spring|summer)\.(\d{1,4})\.(\d{1,9})\.(\d{1,9})(?:\.(\d{1,10}))?"
)


@dataclass(frozen=True)
class EditionName:
    """How an edition stands in an address: a term's release, its version, and the newest of the
    publishers' files and of the owners' comments that were there: `2025-26-summer.1.37.6`; where
    notes were written on screen or there is an improvement plan, also the second of the newest
    change to them, since 1970."""

    term: str
    number: int
    vintage_id: int
    commentary_id: int
    notes_second: int = 0

    def __str__(self) -> str:
        numbers = [self.number, self.vintage_id, self.commentary_id]
        numbers += [self.notes_second] if self.notes_second else []
        return ".".join((self.term.replace(" ", "-"), *map(str, numbers)))


@dataclass(frozen=True)
class Edition:
    """Everything published up to and including one release version; times are ISO texts."""

    name: EditionName
    published_at: str

    @property
    def term(self) -> str:
        return self.name.term

    @property
    def number(self) -> int:
        return self.name.number

    @property
    def vintage_id(self) -> int:
        return self.name.vintage_id

    @property
    def notes_at(self) -> str:
        """Notes agreed by then are shown, and the plan as it was: without a time of its own, by
        its publication."""
        second = self.name.notes_second
        if not second:
            return self.published_at
        return dt.datetime.fromtimestamp(second, dt.UTC).isoformat(timespec="seconds")

    @property
    def words(self) -> str:
        """`Summer term 2025/26, version 1`."""
        term = parse_term(self.term)
        assert term is not None
        return f"{term.title}, version {self.number}"


def parse_edition(text: str) -> EditionName | None:
    """The edition an address names; None when it names none. Never raises."""
    found = _SHAPE.fullmatch(text)
    if found is None or parse_term(f"{found[1]} {found[2]}") is None:
        return None
    return EditionName(f"{found[1]} {found[2]}", *map(int, filter(None, found.groups()[2:])))
