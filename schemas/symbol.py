"""Why a value is not a number: the publisher's symbols, their meaning, and the marks we refuse."""

from collections.abc import Iterable
from enum import StrEnum


class Symbol(StrEnum):
    """One symbol, as the DfE writes it."""

    c = "c"
    x = "x"
    z = "z"
    low = "low"
    u = "u"

    @property
    def meaning(self) -> str:
        return _MEANING[self]


_MEANING = {
    Symbol.c: "hidden to protect privacy",
    Symbol.x: "not available",
    Symbol.z: "not applicable",
    Symbol.low: "rounds to 0 but is not 0",
    Symbol.u: "too unreliable to show",
}

# A part that is hidden hides the sum; one that is not applicable adds nothing to it.
_STRONGEST_FIRST = (Symbol.c, Symbol.x, Symbol.u, Symbol.low)

# What people write instead, and what to write. "" says that we cannot tell.
LEGACY_MARKS = {
    "*": "c",
    "~": "low",
    ":": "x or z",
    "-": "0, x or z",
    "–": "0, x or z",
    "—": "0, x or z",
    "..": "x",
    "...": "x",
    ".": "x or z",
    "n/a": "z or x",
    "na": "z or x",
    "nil": "0",
    "none": "0",
    "no data": "x",
    "not available": "x",
    "not applicable": "z",
    "unknown": "x",
    "tbc": "x",
    "k": "low",
    "?": "x",
    "null": "x",
    "#n/a": "x",
}


def parse_symbol(text: str) -> Symbol | None:
    """The symbol a cell holds, or None. `C ` and `c` are the same."""
    try:
        return Symbol(text.strip().casefold())
    except ValueError:
        return None


def add_symbols(symbols: Iterable[Symbol]) -> Symbol:
    """What a sum is when some parts are symbols: the strongest of them; all `z` gives `z`."""
    found = set(symbols)
    return next((symbol for symbol in _STRONGEST_FIRST if symbol in found), Symbol.z)
