"""A text → its sentences and words; a full stop inside a number or `e.g.` ends nothing."""

import re

_SHORTENED = re.compile(r"\b(?:e\.g|i\.e|etc|vs|approx|no|dr|mr|mrs|ms|st)\.$", re.I)
_END = re.compile(r"(?<=[.!?])[\"”’)]*\s+|\n+")
_WORD = re.compile(r"[£]?\w[\w’'.,-]*\w|\w")


def split_sentences(text: str) -> list[str]:
    """Each sentence or line by itself, without the spaces round it."""
    found: list[str] = []
    start = 0
    for end in _END.finditer(text):
        piece = text[start : end.end()].strip()
        if _SHORTENED.search(piece) and "\n" not in end[0]:
            continue
        found.append(piece)
        start = end.end()
    found.append(text[start:].strip())
    return [one for one in found if one]


def count_words(sentence: str) -> int:
    return len(_WORD.findall(sentence))
