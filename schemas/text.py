"""How two headings or labels are told to be the same: case, spaces and punctuation do not count."""

import re
import unicodedata

_NOT_A_LETTER_OR_DIGIT = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """The letters and digits, in lower case: `Post-16 ` and `post_16` both give `post16`."""
    return _NOT_A_LETTER_OR_DIGIT.sub("", unicodedata.normalize("NFKC", text)).casefold()


def in_sentence(heading: str) -> str:
    """A heading as it stands inside a sentence: `age band`, but `SEN status`."""
    first = heading.split(" ", 1)[0]
    return heading if first.isupper() else heading[:1].lower() + heading[1:]
