"""Rules about sentences: how long, how joined, how marked, how they say no."""

import re
from collections.abc import Iterator

from dashboard.words.easy_read.fault import Fault, Level
from dashboard.words.easy_read.sentences import count_words, split_sentences

LONGEST, AIM = 15, 12  # words
_JOINED = re.compile(r"\b(?:which|although|whereas|however|unless|despite|therefore)\b", re.I)
_MARKS = re.compile(r"[;:()/&<>#–—]| - ")
_SHORT = re.compile(
    r"\b\w+(?:n[’']t|[’'](?:ll|ve|re|d|m))\b|\b(?:it|that|there|what|who)[’']s\b", re.I
)
_NO = re.compile(r"\b(?:not|no|never|cannot|none|nothing|nobody|without)\b|n[’']t\b", re.I)
_IRREGULAR = (
    "made|given|seen|sent|told|found|kept|done|held|paid|put|taken|written|known|shown|drawn|cut|"
    "left|met|set|built|brought|bought|begun|chosen"
)
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being)\s+(?:not\s+|being\s+)?"
    rf"(?:\w{{3,}}ed|{_IRREGULAR})\b",
    re.I,
)


def length(text: str) -> Iterator[Fault]:
    """R01: 15 words at most, 12 or fewer is better."""
    for sentence in split_sentences(text):
        words = count_words(sentence)
        if words > LONGEST:
            said = f"This sentence has {words} words. Make it {LONGEST} or fewer, or write two."
            yield Fault("R01", said, sentence)
        elif words > AIM:
            said = f"This sentence has {words} words. {AIM} or fewer are easier to read."
            yield Fault("R01", said, sentence, Level.warning)


def one_idea(text: str) -> Iterator[Fault]:
    """R02: one idea in a sentence."""
    for sentence in split_sentences(text):
        found = _JOINED.search(sentence)
        if found or sentence.count(",") > 1 or re.search(r",\s+and\b", sentence):
            joint = f" at “{found[0]}”" if found else ""
            said = f"Say one thing in a sentence. End it{joint} and begin another."
            yield Fault("R02", said, sentence, Level.warning)


def active(text: str) -> Iterator[Fault]:
    """R05: who does it comes first."""
    for found in _PASSIVE.finditer(text):
        said = f"Say who does it first, instead of “{found[0]}”: “We sent the letter.”"
        yield Fault("R05", said, found[0], Level.warning)


def simple_marks(text: str) -> Iterator[Fault]:
    """R06: full stops and few commas."""
    for mark in dict.fromkeys(found[0].strip() for found in _MARKS.finditer(text)):
        said = f"Leave out the mark “{mark}”. Use words or a full stop."
        yield Fault("R06", said, mark, Level.warning)


def whole_words(text: str) -> Iterator[Fault]:
    """R08: no contractions."""
    for found in _SHORT.finditer(text):
        said = f"Write “{found[0]}” in full, such as “do not” or “it is”."
        yield Fault("R08", said, found[0], Level.warning)


def one_no(text: str) -> Iterator[Fault]:
    """R09: never two negatives."""
    for sentence in split_sentences(text):
        if len(_NO.findall(sentence)) > 1:
            said = "This sentence says no twice. Say what is, instead of what is not."
            yield Fault("R09", said, sentence)


RULES = (length, one_idea, active, simple_marks, whole_words, one_no)
