"""Headings that are not of the contract: what each may mean, and what was chosen before."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from schemas.extract import Extract
from schemas.headings import EMPTY_WORDS, EXCEPTION_WORDS, OPPOSITES, SHARE_WORDS, SHORT_FORMS
from schemas.text import plain

# Extract id → plain heading → column id; "" leaves the column out.
HeadingChoices = Mapping[str, Mapping[str, str]]

LONGEST_HEADING = 200  # letters of a heading that tell it from another
MOST_PROPOSALS = 4
_WORTH_ASKING = 0.5
_SURE = 0.8
_CLEARLY_BETTER = 0.15
_ALIKE = 0.8  # two words spelled nearly the same
_STEM = 5  # letters by which two forms of a word are known: refusal, refused
_SAME_SPELLING = 0.88  # two whole headings
_WORD = re.compile(r"[a-z]+|\d+|[%<>≤≥+]")


@dataclass(frozen=True)
class Proposal:
    """One column that a heading may mean; `sure` when no other is near."""

    column_id: str
    heading: str
    sure: bool


@dataclass(frozen=True)
class UnknownHeading:
    """A heading nobody has said the meaning of; its proposals have the best first."""

    sheet: str
    extract: str
    cell: str
    heading: str
    proposals: tuple[Proposal, ...] = ()


def find_proposals(heading: str, extract: Extract, free: Collection[str]) -> tuple[Proposal, ...]:
    """The columns, of those still free, that a heading may mean; a person must choose.

    None is sure where a percentage is sent for a number, or where two columns differ only by the
    statutory exceptions and the heading does not say which it is.
    """
    words = _words(heading)
    scores = {column: _score(heading, words, column, extract) for column in extract.columns}
    best = sorted(
        (column for column in free if scores.get(column, 0) >= _WORTH_ASKING),
        key=lambda column: -scores[column],
    )[:MOST_PROPOSALS]
    return tuple(
        Proposal(column, extract.heading_of(column), _is_sure(column, scores, heading, extract))
        for column in best
    )


def shares_a_word(heading: str, extract: Extract) -> bool:
    """Whether any word of a text stands in a heading of the extract: a quick first look."""
    return not _vocabulary(extract).isdisjoint(_words(heading))


def _vocabulary(extract: Extract) -> frozenset[str]:
    return frozenset(word for c in extract.columns for word in _words(extract.heading_of(c)))


def _is_sure(column: str, scores: Mapping[str, float], heading: str, extract: Extract) -> bool:
    score = scores[column]
    others = max((s for other, s in scores.items() if other != column), default=0)
    if score < _SURE or score - others < _CLEARLY_BETTER or _is_share(heading):
        return False
    return not _has_twin(column, extract) or _names_exceptions(_words(heading))


def _score(heading: str, words: tuple[str, ...], column: str, extract: Extract) -> float:
    """How alike a heading is to the likest spelling of a column, from 0 to 1."""
    spellings = (text for text, known in extract.by_heading.items() if known == column)
    target = _words(extract.heading_of(column))
    score = max(_overlap(words, target), *(_spelled_alike(heading, text) for text in spellings))
    if _differ(words, target):
        return score * 0.3
    if _has_twin(column, extract) and _says_excluding(words) != _says_excluding(target):
        return score * (0.7 if _names_exceptions(words) else 0.9)
    return score


def _spelled_alike(heading: str, spelling: str) -> float:
    """How alike two whole headings are, letter by letter; 0 where they are not nearly the same."""
    matcher = SequenceMatcher(None, plain(heading), spelling)
    if matcher.real_quick_ratio() < _SAME_SPELLING or matcher.quick_ratio() < _SAME_SPELLING:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= _SAME_SPELLING else 0.0


def _overlap(words: tuple[str, ...], target: tuple[str, ...]) -> float:
    """Twice the words they share, over all their words; each word is used once."""
    left = list(target)
    shared = 0.0
    for word in words:
        alike, place = max(
            ((_alike(word, other), place) for place, other in enumerate(left)), default=(0.0, -1)
        )
        if alike:
            shared += alike
            del left[place]
    return 2 * shared / (len(words) + len(target)) if words and target else 0.0


@lru_cache(maxsize=4096)
def _alike(one: str, other: str) -> float:
    if one == other:
        return 1.0
    if one.isdigit() or other.isdigit():
        return 0.0
    if len(one) >= 3 and other.startswith(one):
        return 0.9
    if one[:_STEM] == other[:_STEM] and len(one) >= _STEM:
        return 0.85
    ratio = SequenceMatcher(None, one, other).ratio()
    return ratio if ratio >= _ALIKE else 0.0


def _differ(words: tuple[str, ...], target: tuple[str, ...]) -> bool:
    """Whether their numbers or a pair of opposites keep them apart."""
    numbers = [{word for word in each if word.isdigit()} for each in (words, target)]
    if all(numbers) and not numbers[0] & numbers[1]:
        return True
    return any(
        (one in words and other in target and one not in target)
        or (other in words and one in target and other not in target)
        for one, other in OPPOSITES
    )


def _has_twin(column: str, extract: Extract) -> bool:
    """Whether another column differs from this one only by the statutory exceptions."""
    own = _without_exceptions(_words(extract.heading_of(column)))
    return any(
        _without_exceptions(_words(extract.heading_of(other))) == own
        for other in extract.columns
        if other != column
    )


def _without_exceptions(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in EXCEPTION_WORDS)


def _names_exceptions(words: tuple[str, ...]) -> bool:
    return any(_alike(word, mark) for word in words for mark in EXCEPTION_WORDS)


def _says_excluding(words: tuple[str, ...]) -> bool:
    including = any(_alike(word, "including") for word in words)
    return _names_exceptions(words) and not including


def _is_share(heading: str) -> bool:
    return any(word in SHARE_WORDS for word in _WORD.findall(heading.casefold()))


@lru_cache(maxsize=4096)
def _words(heading: str) -> tuple[str, ...]:
    """`No. of plans in 20wks (%)` → plan, within, 20, week."""
    found = []
    for word in _WORD.findall(heading.casefold().replace("_", " ")):
        if word in EMPTY_WORDS or word in SHARE_WORDS:
            continue
        single = word[:-1] if len(word) > 2 and word.endswith("s") and word[-2] != "s" else word
        found.append(SHORT_FORMS.get(single, single))
    return tuple(found)
