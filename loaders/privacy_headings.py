"""Says whether a cell is a heading that would stand over personal data."""

import re
from functools import lru_cache

MAX_HEADING = 60
_WHO = (
    r"(?:pupil|child|children|student|learner|young ?person|yp|cyp|patient|client|service user|"
    r"person|parent|carer|guardian|mother|father|mum|dad|sibling|family|home|main|next of kin|"
    r"contact)s?"
)
_WHOSE = (
    rf"(?:(?:the )?{_WHO} )*(?:s )?(?:(?:legal|preferred|current|former|previous|full|known) )*"
)
_END = r"(?: (?:\d|number|no|num|nos|numbers|id|of (?:the )?" + _WHO + r"))*"


def _heading(words: str) -> re.Pattern[str]:
    return re.compile(rf"{_WHOSE}(?:{words}){_END}")


_KINDS = {
    "names": _heading(
        r"names?|full ?names?|first ?names?|fore ?names?|sur ?names?|last ?names?|family ?names?|"
        r"given ?names?|middle ?names?|christian ?names?|initials|known as|aka"
    ),
    "dates of birth": _heading(
        r"d ?o ?b|dates? of birth|birth ?dates?|birth ?days?|date born|born on"
    ),
    "addresses": _heading(
        r"address(?:es)?|home ?address|postal address|address ?line|street|street name|house name|"
        r"house number|address ?\d"
    ),
    "postcodes": _heading(r"post ?codes?|home ?post ?codes?|zip ?codes?"),
    "unique pupil numbers": _heading(r"upns?|unique pupil (?:number|no|id|reference)s?"),
    "unique learner numbers": _heading(r"ulns?|unique learner (?:number|no|id|reference)s?"),
    "NHS numbers": _heading(r"nhs ?(?:number|no|num|id|n)s?"),
    "e-mail addresses": _heading(r"e ?mails?|e ?mail address(?:es)?"),
    "telephone numbers": _heading(
        r"(?:tele)?phones?|tel|mobiles?|(?:tele)?phone number|mobile number|contact number"
    ),
    "numbers of children's records": _heading(
        r"(?:social care|liquid ?logic|mosaic|lcs|ics|eis|ehm|azeus|synergy|capita|case|client|"
        r"service user|hospital|patient|pupil|child|student|learner|person|young person|rio|"
        r"systm ?one|emis|pas|local patient)(?: (?:case|system|record|file))? ?"
        r"(?:id|identifier|ref|reference|number|no)|national insurance number|ni number|nino"
    ),
}


@lru_cache(maxsize=4096)
def find_heading_kind(text: str) -> str:
    """The kind of personal data a heading announces, or "". `Area name` announces none."""
    if not 2 < len(text) <= MAX_HEADING or text.isdigit():
        return ""
    words = _plain(text)
    for kind, pattern in _KINDS.items():
        if pattern.fullmatch(words):
            return kind
    return ""


def _plain(text: str) -> str:
    """`Child's First_Name:` → `child s first name`; `DateOfBirth` → `date of birth`."""
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    return " ".join(re.findall(r"[a-z]+|\d+", text.lower().replace("’", "'").replace("'s", "")))
