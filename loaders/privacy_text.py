"""Says what kinds of personal data one piece of text holds: numbers by their check digits."""

import re
import unicodedata
from collections.abc import Iterator

from loaders.privacy_dates import DATE

UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_AREAS = (
    "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E "
    "EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL "
    "LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM "
    "SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE"
)
_POSTCODE = (
    rf"(?:{'|'.join(sorted(_AREAS.split(), key=len, reverse=True))})"
    r"\d[\dA-Z]? ?\d[ABD-HJLNP-UW-Z]{2}"
)
_POSTCODE_WITHIN = re.compile(rf"(?<![\w.]){_POSTCODE}(?!\w)")
_NHS = re.compile(r"(?<![\w.,-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\w,-]|\.\d)")
_UPN = re.compile(r"(?<!\w)([A-HJ-NP-RT-Z])(\d{11}[\dA-HJ-NP-RT-Z])(?!\w)", re.I)
_EMAIL = re.compile(r"[\w.+'-]+@([\w-]+(?:\.[\w-]+)+)")
_OFFICIAL = re.compile(r"(?:^|\.)(?:gov\.uk|nhs\.uk|nhs\.net|police\.uk)\.?$", re.I)
_PHONE = re.compile(r"(?<![\w.,-])(?:\+44 ?(?:\(0\))?|\(?0)[1-37](?:(?:[ -]|\) ?)?\d){9}(?![\w,-])")
_SMITH = r"(?:[A-Z]\.? |[A-Z][a-z'’-]+,? ){1,3}[A-Z][\w'’-]*"
_NAME_AND_DATE = re.compile(rf"^\W*({_SMITH})\W{{1,4}}(?:(?:born|d\.?o\.?b\.?):? ?)?\(?({DATE})")
_DOB_AND_DATE = re.compile(rf"\b(?:born|d\.?o\.?b\.?|date of birth)\b[^\d\n]{{0,12}}({DATE})", re.I)
NOT_NAMES = re.compile(
    r"\b(?:autumn|spring|summer|term|data|teams?|council|schools?|period|report|return|version|"
    r"draft|final|provisional|revised|updated?|published|produced|prepared|created|printed|"
    r"extract(?:ed)?|snapshot|census|service|trust|plans?|sen|send|ehcp?s?|as at|week|month|"
    r"quarter|year|ending|ended|from|to|on|jan\w*|feb\w*|mar(?:ch)?|apr\w*|may|june?|july?|aug\w*|"
    r"sep\w*|oct\w*|nov\w*|dec\w*|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.I,
)
_WORTH_A_LOOK = re.compile(r"\d[^a-z]*\d|@")
_SPACES = {0xA0: " ", 0x202F: " ", 0x2009: " ", 0x2007: " "}
_GONE = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xAD))
_DASHES = dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2212), "-")


def find_kinds(text: str) -> Iterator[str]:
    """The kinds of personal data in a text, each once."""
    if len(text) < 5 or not _WORTH_A_LOOK.search(text := clean(text)):
        return
    if any(is_nhs_number(int(re.sub("[ -]", "", found))) for found in _NHS.findall(text)):
        yield "NHS numbers"
    if any(is_upn(first + rest) for first, rest in _UPN.findall(text)):
        yield "unique pupil numbers"
    if _has_postcode(text):
        yield "postcodes"
    if any(not _OFFICIAL.search(domain) for domain in _EMAIL.findall(text)):
        yield "e-mail addresses"
    if _PHONE.search(text):
        yield "telephone numbers"
    if _has_name_and_birth(text):
        yield "names with dates of birth"


def is_nhs_number(number: int) -> bool:
    """Ten digits whose last is the modulus-11 check of the first nine; never all noughts."""
    digits = [int(digit) for digit in f"{number:010d}"]
    total = sum(digit * weight for digit, weight in zip(digits, range(10, 0, -1), strict=False))
    return number > 0 and len(digits) == 10 and total % 11 == 0


def is_upn(text: str) -> bool:
    """A pupil number whose first letter is the modulus-23 check of the rest.

    The last character of a temporary number is a letter, counted by its place in the same list.
    """
    text = text.upper()
    values = [int(mark) if mark.isdigit() else UPN_LETTERS.index(mark) for mark in text[1:]]
    total = sum(value * weight for weight, value in enumerate(values, start=2))
    return text[0] == UPN_LETTERS[total % 23]


def clean(text: str) -> str:
    """Full-width digits, odd spaces and dashes made plain; what cannot be seen taken out."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", text.translate(_SPACES | _GONE | _DASHES))


def _has_postcode(text: str) -> bool:
    """In capitals anywhere in a text, or any case when it is the whole of it ("B1 2nd" is not)."""
    if re.fullmatch(_POSTCODE, text.strip().upper()):
        return not re.fullmatch(r"\w\d \d(?:st|nd|rd|th)", text.strip())
    return _POSTCODE_WITHIN.search(text) is not None


def _has_name_and_birth(text: str) -> bool:
    if _DOB_AND_DATE.search(text):
        return True
    found = _NAME_AND_DATE.search(text)
    return found is not None and not NOT_NAMES.search(found[1])
