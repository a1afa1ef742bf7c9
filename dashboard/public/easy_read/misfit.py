"""Stops a publication whose fixed words no longer fit its numbers, and says which and why."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dashboard.words.easy_read.catalogue import fill
from dashboard.words.easy_read.changes_said import Trend
from dashboard.words.easy_read.sentences import split_sentences


@dataclass(frozen=True)
class Misfit:
    """A template (or a sentence of an owner) of a topic that does not fit, and why."""

    topic: str
    template: str
    why: str

    def __str__(self) -> str:
        return f"{self.topic}: “{self.template}” does not fit. {self.why}"


class TemplateMisfit(Exception):
    """Words that do not fit the numbers; `misfits` lists every one, the message says them."""

    def __init__(self, misfits: Iterable[Misfit]) -> None:
        self.misfits = tuple(misfits)
        super().__init__("\n".join(str(misfit) for misfit in self.misfits))


def filled(topic: str, template: str, **values: str) -> str:
    """The template with its names filled in.

    Raises:
        TemplateMisfit: a name has no value.
    """
    try:
        return fill(template, **values)
    except LookupError as error:
        name = error.args[0]
        raise TemplateMisfit([Misfit(topic, template, f"{{{name}}} has no value.")]) from None


_AGAINST = {"up": "down", "down": "up", "better": "worse", "worse": "better", "same": ""}
_SAID = {
    Trend.better: "better than a year ago",
    Trend.worse: "worse than a year ago",
    Trend.more: "higher than a year ago",
    Trend.fewer: "lower than a year ago",
    Trend.longer: "longer than a year ago",
    Trend.shorter: "shorter than a year ago",
    Trend.same: "about the same as a year ago",
    Trend.few: "too few to compare",
    Trend.unknown: "not to be compared with a year ago",
}


@dataclass(frozen=True)
class Moved:
    """How a number moved: what may be said of it, whether the value itself went `up`, whether that
    is `good` (None when it is neither), and the words that turn a claim round, since they name the
    other side (“fewer plans were late”)."""

    trend: Trend
    up: bool = False
    good: bool | None = None
    opposite: tuple[str, ...] = ()

    @property
    def claims(self) -> set[str]:
        """What a sentence may claim."""
        if self.trend in (Trend.unknown, Trend.few):
            return set()
        if self.trend is Trend.same:
            return {"same"}
        judged = {None: set[str](), True: {"better"}, False: {"worse"}}[self.good]
        return judged | {"up" if self.up else "down"}


Claims = Mapping[str, tuple[str, ...]]  # the table `claims` of the catalogue


def find_misfits(
    topic: str, words: str, moved: Moved, claims: Claims, bare: bool = False
) -> Iterator[Misfit]:
    """Sentences that claim another direction than the numbers have.

    A claim that names a time (“more than last year”, “has improved”) must be what the numbers say.
    With `bare` one that names none (“waits are longer”) may not be the opposite of it. A sentence
    about what will be or could be claims nothing.
    """
    for sentence in split_sentences(words):
        if _holds(claims["not_yet"], sentence):
            continue
        dated = _holds(claims["when"], sentence)
        for claim in _claims_of(sentence, moved.opposite, claims):
            against = bare and _AGAINST[claim] in moved.claims
            if against or (dated and claim not in moved.claims):
                yield Misfit(topic, sentence, f"The number is {_SAID[moved.trend]}.")
                break


def _claims_of(sentence: str, opposite: tuple[str, ...], claims: Claims) -> Iterator[str]:
    turned = _holds(opposite, sentence)
    ours = rf"{_any_of(claims['ours'])}.*?{_any_of(claims['amounts'])}"
    sentence = re.sub(ours, "", sentence, flags=re.I)  # “we have more staff”
    for claim, against in _AGAINST.items():
        if _holds(claims[claim], sentence):
            yield against if turned and claim in ("up", "down") else claim


def _holds(words: Iterable[str], sentence: str) -> bool:
    return re.search(_any_of(words), sentence, re.I) is not None


def _any_of(words: Iterable[str]) -> str:
    """Any of them as a whole; of no words nothing is found."""
    return rf"\b(?:{'|'.join(map(re.escape, words)) or '(?!)'})\b"
