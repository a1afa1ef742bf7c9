"""Takes out of what somebody wrote whatever may say who they or their child are.

It would sooner take out too much than too little: a word that is lost costs a little sense, a name
that stays cannot be taken back. It proves nothing: people read the words before anything is made of
them, and they are never published.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from dashboard.families.words import first_names, known_words
from loaders.privacy_dates import DATE
from loaders.privacy_text import clean, find_kinds

MARK = "[taken out]"
_STREETS = (
    "Street|St|Road|Rd|Avenue|Ave|Close|Lane|Drive|Crescent|Terrace|Court|Grove|Gardens|Place|Walk|"
    "Row|Square|Way|Mews|House"
)
_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|"
    "mar|apr|jun|jul|aug|sept?|oct|nov|dec"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEARS = r"(?:19|20)\d\d ?[-/ ] ?(?:19|20)\d\d\b"
_KIN = (
    "sons?|daughters?|child|children|boys?|girls?|lads?|kids?|baby|babies|brothers?|sisters?|twins?|"
    "grand(?:sons?|daughters?|child|children)|nephews?|nieces?|step(?:sons?|daughters?)|husband|"
    "wife|partner|mums?|mam|dads?|mother|father|nan|gran(?:dad|ny)?|aunt(?:ie)?|uncle|teacher|"
    "doctor|social worker|caseworker|friend"
)
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w'’-]+"
# After “called” and the like a word is a name, in capitals or not, unless it is one of these.
_NOT_CALLED = (
    "(?i:a|an|the|me|us|you|him|her|them|it|to|for|in|on|at|by|back|out|off|up|again|this|that|and|but|"
    "because|every|before|after|about|from|so|my|our|your|their|his|today|yesterday|twice|once|"
    "send|ehcp?|not)"
)
# Whatever stands here is taken out, whole, by kind; the order matters.
_SURE: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, flags))
    for kind, pattern, flags in (
        ("e-mail addresses", r"[^\s@<>]+ ?(?:@|\(at\)|\[at\]) ?[\w-]+(?:\.[\w-]+)+", re.I),
        ("web addresses", r"(?:https?://|www\.)\S+|(?<!\w)@\w{2,}", re.I),
        (
            "dates of birth",
            rf"\b(?:born|birthday|d\.?o\.?b\.?|date of birth)\b[^.!?\n]{{0,25}}?"
            rf"(?:{DATE}|{_DAY}(?: of)? (?:{_MONTHS})\b(?:,? \d{{2,4}})?|(?:19|20)\d\d\b)",
            re.I,
        ),
        ("dates", rf"\b(?:{DATE})", re.I),
        ("dates", rf"\b{_DAY}(?: of)? (?:{_MONTHS}),? (?:19|20)?\d\d\b", re.I),
        ("dates", rf"\b(?:{_MONTHS}) {_DAY},? (?:19|20)\d\d\b", re.I),
        ("National Insurance numbers", r"\b[a-z]{2} ?(?:\d{2} ?){3}[a-d]\b", re.I),
        ("postcodes", r"\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b", re.I),
        ("long numbers", rf"(?<!\w)(?!{_YEARS})[a-z]?\+?\(?\d(?:[ .()/-]{{0,2}}\d){{6,}}\w*", re.I),
        # In small letters only what is nothing else: “12 weeks for a place” is no address.
        ("addresses", rf"\b\d+[A-Za-z]?,? (?:{_CAPITAL} ){{1,3}}(?:{_STREETS})\b", 0),
        (
            "addresses",
            r"\b\d+[a-z]?,? (?:[\w'’-]+ ){1,2}(?:street|road|avenue|crescent|terrace)\b",
            re.I,
        ),
        ("names", rf"\b(?:[Mm]rs?|MRS?|[Mm]s|MS|M(?:iss|x|ISS)|D[rR]|Prof|Sir)\.? {_CAPITAL}", 0),
        ("names", r"(?<=\bmr )[a-z'’-]+|(?<=\bmrs )[a-z'’-]+", 0),
        (
            "names",
            rf"(?<=\bcalled )(?!{_NOT_CALLED}\b)[\w'’-]+(?: {_CAPITAL})?"
            rf"|(?<=\bnamed )(?!{_NOT_CALLED}\b)[\w'’-]+(?: {_CAPITAL})?"
            rf"|(?<=\bname is )(?!{_NOT_CALLED}\b)[\w'’-]+(?: {_CAPITAL})?"
            rf"|(?<=\bnames are )[\w'’-]+(?: and [\w'’-]+)?",
            0,
        ),
        ("names", rf"(?<=\bI am ){_CAPITAL}(?: {_CAPITAL})?|(?<=\bI['’]m ){_CAPITAL}", 0),
    )
)
_AFTER_KIN = re.compile(rf"\b(?i:{_KIN})(?:['’]s)?,? \(?({_CAPITAL}(?: {_CAPITAL})?)")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_POSSESSIVE = re.compile(r"['’]")
_SENTENCE_BEGINS = re.compile(r"(?:^|[.!?:\n“\"(•-])\s*$")
_SIDE_BY_SIDE = re.compile(rf"{re.escape(MARK)}(?:[ ,]+{re.escape(MARK)})+")
_OF_STAFF = ("addresses", "dates of birth", "names")


class TakenOut(NamedTuple):
    """What may be kept, and how often something was taken out of it."""

    words: str
    removed: int


def take_out(words: str) -> TakenOut:
    """The words without what looks like personal data, which is replaced by `[taken out]`."""
    words = clean(words)
    for _, pattern in _SURE:
        words = pattern.sub(MARK, words)
    words = _AFTER_KIN.sub(_without_name, words)
    words = _WORD.sub(_without_first_name, words)
    words = _WORD.sub(_without_capital, words)
    words = _SIDE_BY_SIDE.sub(MARK, words)
    if any(find_kinds(words)):  # what the gate of the files knows and our patterns do not
        words = MARK
    return TakenOut(words, words.count(MARK))


def find_personal(words: str) -> Iterator[str]:
    """The kinds of personal data in a text that staff wrote, each once. A service's own telephone
    and days are theirs to tell, and capital letters alone say nothing there."""
    found = [kind for kind, pattern in _SURE if kind in _OF_STAFF and pattern.search(clean(words))]
    if any(_is_name(name) for name in _AFTER_KIN.findall(words)):
        found.append("names")
    yield from dict.fromkeys((*find_kinds(words), *found))


def _without_name(found: re.Match[str]) -> str:
    return found[0].replace(found[1], MARK) if _is_name(found[1]) else found[0]


def _without_first_name(found: re.Match[str]) -> str:
    first = _POSSESSIVE.split(found[0])[0]
    known = any(part in first_names() for part in first.casefold().split("-"))
    return found[0].replace(first, MARK) if known else found[0]


def _without_capital(found: re.Match[str]) -> str:
    """A word with a capital letter inside a sentence is somebody's or some place's name."""
    begins = _SENTENCE_BEGINS.search(found.string[: found.start()])
    return found[0] if begins or not _is_name(found[0]) else MARK


def _is_name(words: str) -> bool:
    """Begins with a capital letter, is no shouting, and is not a word we know."""
    first = _POSSESSIVE.split(words.split()[0])[0]
    return first[:1].isupper() and not first.isupper() and first.casefold() not in known_words()
