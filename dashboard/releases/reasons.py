"""Why somebody does something, in their own words, as the record keeps it."""

from loaders.privacy_text import find_kinds

LONGEST = 2000  # letters


class ReasonNotTaken(Exception):
    """The words cannot be kept as they are; the message says what to do."""


def checked_reason(words: str, needed: str = "") -> str:
    """The words without needless spaces.

    Args:
        needed: the sentence for somebody who gave none; "" when none is needed.

    Raises:
        ReasonNotTaken: there are none, too many, or they look as if they name a child.
    """
    words = " ".join(words.split())
    if not words and needed:
        raise ReasonNotTaken(needed)
    if len(words) > LONGEST:
        raise ReasonNotTaken(f"Use at most {LONGEST:,} letters. This has {len(words):,}.")
    if kinds := sorted(set(find_kinds(words))):
        raise ReasonNotTaken(
            f"This looks as if it holds {' and '.join(kinds)}. The record is kept for good: "
            "say it without anything about a person."
        )
    return words
