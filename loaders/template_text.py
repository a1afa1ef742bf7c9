"""Text that a spreadsheet program will never take for a formula."""

import re
import unicodedata

_UNSEEN = re.compile(r"^[\s\u200b-\u200f\u2060\ufeff\u00ad]*")
_STARTS = tuple("=+-@|%")
_BREAKS = ("\t", "\r", "\n")


def safe_text(text: str) -> str:
    """The text, with an apostrophe before it when its first sign could begin a formula.

    Spaces and signs of no width are looked past, and full-width forms count (`security.md`).
    """
    start = unicodedata.normalize("NFKC", _UNSEEN.sub("", text)[:1])
    risky = start in _STARTS if start else False
    return f"'{text}" if risky or text.startswith(_BREAKS) else text
