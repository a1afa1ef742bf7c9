"""Every word of a pack in letters that our fonts have: no sign stops a paper."""

import re
import unicodedata

# The letters and signs that the fonts in `assets/` have: Latin with every accent of Europe.
_LETTERS = (
    "\u0020-\u007e\u00a0-\u00ac\u00ae-\u017f\u0218-\u021b\u0259\u1e80-\u1e85\u1ef2\u1ef3"
    "\u2009\u2010-\u2015\u2018-\u201e\u2020-\u2022\u2026\u202f\u2030\u2032\u2033\u20ac"
    "\u2190-\u2193\u2212\u2248\u2260\u2264\u2265"
)
_MISSING = re.compile(f"[^{_LETTERS}]")
_NO_SIGNS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_INSTEAD = "\ufffd"  # a sign with a question mark: the reader sees that a letter is missing
_NO_LETTERS = {"Mn", "Me", "Cf", "Cn", "Co", "Cs"}  # accents by themselves, signs of no width


def printable(text: str) -> str:
    """In letters that the fonts have: others lose their accents or become `�`, so that one sign
    neither stops a paper nor goes unseen."""
    spaced = _NO_SIGNS.sub(" ", text)  # line ends, tabs and signs that steer
    return _MISSING.sub(_nearest, unicodedata.normalize("NFC", spaced))


def _nearest(found: re.Match[str]) -> str:
    if unicodedata.category(found[0]) in _NO_LETTERS:
        return ""
    plain = _MISSING.sub("", unicodedata.normalize("NFKD", found[0]))
    return plain or _INSTEAD
