"""Text that a spreadsheet program will never take for a formula."""

import unicodedata

_STARTS = set("=+-@|%")
_BREAKS = ("\t", "\r", "\n")


def safe_text(text: str) -> str:
    """The text, with an apostrophe before it when its first sign could begin a formula."""
    return f"'{text}" if is_risky(text) else text


def is_risky(text: str) -> bool:
    """Whether a text's first sign could begin a formula.

    Spaces, controls and signs of no width are looked past, and full-width forms count
    (`security.md`).
    """
    first = next((sign for sign in text if unicodedata.category(sign)[0] not in "CZ"), "")
    return unicodedata.normalize("NFKC", first)[:1] in _STARTS or text.startswith(_BREAKS)
