"""Text that a spreadsheet program will never take for a formula."""

import unicodedata

_STARTS = set("=+-@|%")
_BREAKS = ("\t", "\r", "\n")


def safe_text(text: str) -> str:
    """The text, with an apostrophe before it when its first sign could begin a formula.

    Spaces, controls and signs of no width are looked past, and full-width forms count
    (`security.md`).
    """
    first = next((sign for sign in text if unicodedata.category(sign)[0] not in "CZ"), "")
    risky = unicodedata.normalize("NFKC", first)[:1] in _STARTS
    return f"'{text}" if risky or text.startswith(_BREAKS) else text
