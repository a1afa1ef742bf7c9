"""Marks each hard word where a page first uses it and says in the next sentence what it means."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dashboard.words.easy_read.catalogue import HardWord

MOST = 3  # sentences beside one picture
_BOLD = re.compile(r"\*\*(.+?)\*\*")


@dataclass(frozen=True)
class Beside:
    """A picture and the sentences beside it."""

    picture: str
    sentences: tuple[str, ...]


def unmarked(words: str) -> str:
    """Without the marks of hard words."""
    return _BOLD.sub(r"\1", words)


def explained(
    rows: Iterable[Beside], hard_words: Sequence[HardWord], seen: set[str]
) -> Iterator[Beside]:
    """The rows with every hard word that is not in `seen` marked and explained; adds it to `seen`.

    A row that grows beyond three sentences becomes two: its own, and one with the hard word's
    picture that begins with the meaning.
    """
    for row in rows:
        yield from _split(row.picture, [*_said(row.sentences, hard_words, seen)])


Said = tuple[str, HardWord | None]  # a sentence, and the word that it is the meaning of


def _said(
    sentences: Iterable[str], hard_words: Sequence[HardWord], seen: set[str]
) -> Iterator[Said]:
    for sentence in sentences:
        new = [word for word in find_words(sentence, hard_words) if word.name not in seen]
        for word in new:
            seen.add(word.name)
            sentence = _mark(sentence, word)
        yield sentence, None
        for word in new:
            yield word.meaning, word


def find_words(sentence: str, hard_words: Sequence[HardWord]) -> list[HardWord]:
    """The hard words in a sentence, as they stand in it; of two that overlap the longer."""
    found: list[tuple[int, int, HardWord]] = []
    for word in sorted(hard_words, key=lambda one: -len(one.name)):
        match = _pattern(word).search(sentence)
        if match and not any(start <= match.start() < end for start, end, _ in found):
            found.append((match.start(), match.end(), word))
    return [word for _, _, word in sorted(found, key=lambda one: one[0])]


def _mark(sentence: str, word: HardWord) -> str:
    return _pattern(word).sub(lambda match: f"**{match[0]}**", sentence, count=1)


def _pattern(word: HardWord) -> re.Pattern[str]:
    forms = "|".join(re.escape(form) for form in sorted(word.all_forms, key=len, reverse=True))
    flags = re.NOFLAG if word.name.isupper() else re.I
    return re.compile(rf"(?<![\w*])(?:{forms})(?![\w*])", flags)


def _split(picture: str, said: Sequence[Said]) -> Iterator[Beside]:
    """Three sentences at most; a row that begins with a meaning has the picture of its word."""
    for start in range(0, len(said), MOST):
        piece = said[start : start + MOST]
        word = piece[0][1]
        yield Beside(word.picture if word else picture, tuple(sentence for sentence, _ in piece))
