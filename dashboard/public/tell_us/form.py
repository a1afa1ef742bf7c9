"""What somebody typed into the form: read, cut to what we ask for, and what is wrong with it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.families.topics import is_topic
from dashboard.public.tell_us.told import Told

LONGEST = 1_000  # characters
LARGEST = 16 * 1024  # bytes of the whole form: more than any form of ours with the longest words
ANSWERS = ("yes", "partly", "no")
_EDITION = re.compile(r"[a-z0-9.-]{1,60}")


@dataclass(frozen=True)
class Typed:
    """What there is to keep, and the name in the catalogue of what is wrong, "" for nothing."""

    told: Told
    fault: str


def read_form(form: Mapping[str, str], edition: str = "") -> Typed:
    """Reads a sent form, or the query of a link to it.

    Args:
        edition: that of the address, where the form itself names none.
    """
    easy = form.get("easy", "")
    words = _plain(form.get("words", ""))
    topic = form.get("topic", "")
    named = form.get("edition", "") or edition
    told = Told(
        easy if easy in ANSWERS else "",
        words,
        topic if is_topic(topic) else "",
        named if _EDITION.fullmatch(named) else "",
    )
    if len(words) > LONGEST:
        return Typed(told, "long")
    return Typed(told, "" if told.easy or words else "empty")


def _plain(words: str) -> str:
    """Lines end as they do here, as browsers count them; what cannot be shown is left out."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(mark for mark in lines if mark == "\n" or mark.isprintable()).strip()
