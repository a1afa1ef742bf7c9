"""Rules about numbers, dates and waits: out of 10, digits, dates in full, weeks as months."""

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from dashboard.words.easy_read.by_word import ROMAN
from dashboard.words.easy_read.fault import Fault, Level
from dashboard.words.easy_read.plain_words import NUMBER_WORDS
from dashboard.words.easy_read.sentences import split_sentences

_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_PER_CENT = re.compile(r"[\d.]*\s?%|\bper\s?cent\b", re.I)
_DECIMAL = re.compile(r"(?<![£\d.,])\d+\.\d+")
_LENGTHS = r"weeks|days|months|years|hours|minutes|terms"
_ONE_IN = re.compile(
    rf"\b(?:\d{{1,2}}|one|{NUMBER_WORDS})\s+in\s+(?:every\s+)?(?:\d{{1,3}}|{NUMBER_WORDS})\b(?!\s+(?:{_LENGTHS}))",
    re.I,
)
_OUT_OF = re.compile(
    rf"\b(\d+|one|{NUMBER_WORDS})\s+out\s+of\s+(?:every\s+)?(\d[\d,]*|{NUMBER_WORDS})\b", re.I
)
_BIG = re.compile(r"(?<![£\d,])(?:\d{1,3}(?:,\d{3})+|\d{4,})(?!\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER_WORD = re.compile(rf"\b(?:{NUMBER_WORDS})\b", re.I)
_SHORT_DATE = re.compile(
    r"\b\d{1,2}/\d{1,2}(?:/\d{2,4})?\b|\b(?:19|20)\d\d[/-]\d{2}(?:-\d{2})?\b|\bQ[1-4]\b|"
    r"\b(?:\d{1,2} )?(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?(?: \d{4})?"
)
_DAY = re.compile(rf"(?:\b({_DAYS}) )?\b\d{{1,2}} (?:{_MONTH})\b(?: (\d{{4}}))?")
_ORDINAL = re.compile(r"\b\d+(?:st|nd|rd|th)\b")
_WEEKS = re.compile(r"\b(\d+) weeks\b", re.I)
_WEEKS_A_MONTH, _FEW, _LONG = Decimal("4.345"), 4, 104


def no_per_cent(text: str) -> Iterator[Fault]:
    """R10: never %."""
    for found in _PER_CENT.finditer(text):
        yield Fault("R10", f"Instead of “{found[0]}” write “out of 10”.", found[0])


def no_decimals(text: str) -> Iterator[Fault]:
    """R11: whole numbers, but for money."""
    for found in _DECIMAL.finditer(text):
        said = f"Write “{found[0]}” as a whole number, such as “about {_whole(Decimal(found[0]))}”."
        yield Fault("R11", said, found[0])


def out_of_ten(text: str) -> Iterator[Fault]:
    """R12: always out of 10, never 1 in X; R37: never 0 or 10 out of 10."""
    for found in _ONE_IN.finditer(text):
        if not _YEAR.search(found[0]):
            yield Fault("R12", f"Instead of “{found[0]}” write “out of 10”.", found[0])
    for found in _OUT_OF.finditer(text):
        if found[2].casefold() not in ("10", "ten"):
            yield Fault("R12", f"Instead of “{found[0]}” write it out of 10.", found[0])
        elif found[1] == "0":
            said = "Write “None” when there is none at all, else “Fewer than 1 out of 10”."
            yield Fault("R37", said, found[0])
        elif found[1].casefold() in ("10", "ten"):
            yield Fault("R37", "Write “All” when it is every one, else “Nearly all”.", found[0])


def round_numbers(text: str) -> Iterator[Fault]:
    """R13: big numbers rounded, and said what they mean."""
    for found in _BIG.finditer(text):
        if not _YEAR.fullmatch(found[0]):
            said = f"“{found[0]}” is a big number. Round it and say what it means."
            yield Fault("R13", said, found[0], Level.warning)


def digits(text: str) -> Iterator[Fault]:
    """R14: numbers as digits."""
    for found in _NUMBER_WORD.finditer(text):
        said = f"Write “{found[0]}” in digits."
        yield Fault("R14", said, found[0], Level.warning)


def full_dates(text: str) -> Iterator[Fault]:
    """R15: dates and periods in full."""
    full = "Write the date in full, such as “Tuesday 3 March 2026” or “January to December 2025”."
    for found in _SHORT_DATE.finditer(text):
        yield Fault("R15", full, found[0])
    for found in _DAY.finditer(text):
        if not found[1] or not found[2]:
            yield Fault("R15", full, found[0])


def plain_numbers(text: str) -> Iterator[Fault]:
    """R16: no Roman numerals, no 2nd."""
    for found in ROMAN.finditer(text):
        yield Fault("R16", f"Write “{found[0]}” in digits.", found[0])
    for found in _ORDINAL.finditer(text):
        yield Fault("R16", f"Write “{found[0]}” another way, such as “{found[0][:-2]}”.", found[0])


def weeks_as_months(text: str) -> Iterator[Fault]:
    """R17: weeks also as months or years, in the same sentence or the next."""
    sentences = split_sentences(text)
    for place, sentence in enumerate(sentences):
        for found in _WEEKS.finditer(sentence):
            weeks = int(found[1])
            unit = "year" if weeks >= _LONG else "month"
            near = " ".join(sentences[place : place + 2])
            if weeks >= _FEW and not re.search(rf"\b{unit}s?\b", near):
                said = f"Add a sentence: “{weeks} weeks is {wait_words(weeks)}.”"
                yield Fault("R17", said, found[0])


def wait_words(weeks: int) -> str:
    """`3 weeks`, `about 5 months`, `about 2 years`, `about 2 and a half years`."""
    if weeks < _FEW:
        return f"{weeks} week{'' if weeks == 1 else 's'}"
    months = _whole(weeks / _WEEKS_A_MONTH)
    if weeks < _LONG:
        return f"about {months} month{'' if months == 1 else 's'}"
    halves = _whole(Decimal(weeks) / 26)
    return f"about {halves // 2}{' and a half' if halves % 2 else ''} years"


def _whole(number: Decimal) -> int:
    """Half up, as people round."""
    return int(number.quantize(Decimal(1), ROUND_HALF_UP))


RULES = (
    no_per_cent,
    no_decimals,
    out_of_ten,
    round_numbers,
    digits,
    full_dates,
    plain_numbers,
    weeks_as_months,
)
