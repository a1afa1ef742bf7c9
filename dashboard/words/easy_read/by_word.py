"""Rules about words: hard ones, initials, two names for one thing, ranks."""

import re
from collections.abc import Iterable, Iterator

from dashboard.words.easy_read.fault import Fault, Level
from dashboard.words.easy_read.plain_words import IDIOMS, INITIALS, PLAIN, RANKS, SYNONYMS

_INITIALS = re.compile(r"\b[A-Z]{2,}s?\b")
ROMAN = re.compile(r"\b(?:II|III|IV|VI|VII|VIII|IX|XI|XII|XIII|XIV|XV)\b")


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Any of them as a whole, the longest first."""
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.I)


_HARD, _RANKS, _IDIOMS = _any_of(PLAIN), _any_of(RANKS), _any_of(IDIOMS)
_SAME = [
    _any_of((*group, *(f"{one}s" for one in group), "children", "families")) for group in SYNONYMS
]
_MANY = {"children": "child", "families": "family"}


def plain_words(text: str) -> Iterator[Fault]:
    """R04: a plain word for a hard one."""
    for found in _HARD.finditer(text):
        word = found[0]
        yield Fault("R04", f"Instead of “{word}” write “{PLAIN[word.casefold()]}”.", word)


def no_initials(text: str) -> Iterator[Fault]:
    """R07: no initials but those everybody knows."""
    for found in _INITIALS.finditer(text):
        word = found[0].removesuffix("s")
        if word not in INITIALS and not ROMAN.fullmatch(word):
            said = f"Write “{found[0]}” in words. Families may not know the letters."
            yield Fault("R07", said, found[0])


def one_name(text: str) -> Iterator[Fault]:
    """R19: one word for one thing."""
    for group, pattern in zip(SYNONYMS, _SAME, strict=True):
        used: dict[str, str] = {}
        for found in pattern.finditer(text):
            if name := _member(group, found[0]):
                used.setdefault(name, found[0])
        if len(used) > 1:
            names = " and ".join(f"“{name}”" for name in used)
            said = f"{names} are one thing here. Always say “{group[0]}”."
            yield Fault("R19", said, [*used.values()][1])


def _member(group: tuple[str, ...], word: str) -> str:
    """Which of a group's words this is, singular; "" for none."""
    word = _MANY.get(word.casefold(), word.casefold())
    singular = {one.casefold(): one for one in group}
    return singular.get(word) or singular.get(word.removesuffix("s"), "")


def no_idioms(text: str) -> Iterator[Fault]:
    """R20: words that mean what they say."""
    for found in _IDIOMS.finditer(text):
        said = f"“{found[0]}” is a figure of speech. Say plainly what you mean."
        yield Fault("R20", said, found[0], Level.warning)


def no_ranks(text: str) -> Iterator[Fault]:
    """R39: no league table."""
    for found in _RANKS.finditer(text):
        said = (
            f"Leave out “{found[0]}”. Say “more than”, “fewer than” or “about the same as” others."
        )
        yield Fault("R39", said, found[0])


RULES = (plain_words, no_initials, one_name, no_idioms, no_ranks)
