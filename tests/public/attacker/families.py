"""What the pages for families say: “About 6 out of 10”, “About 1,300”, “less than 4 months”."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tests.public.attacker.facts import Fact, shown_numbers

_OUT_OF = re.compile(r"(Fewer than|About|More than)? ?(\d+) out of (?:every )?10\b")
_COUNT = re.compile(r"(About|Fewer than) ([\d,]+) (?!out of|month|week|full)")
_CLASSES = re.compile(r"about ([\d,]+) full class")
_WAIT = re.compile(r"(?:less|more|longer) than ([\d]+) (day|week|month|year)s?")
_DAYS = {"day": 1.0, "week": 7.0, "month": 30.4, "year": 365.0}
_SENTENCE = re.compile(r"\d")


@dataclass(frozen=True)
class Said:
    """A number of a sentence: between `low` and `high`; `kind` is share, count or days."""

    sentence: str
    kind: str
    low: float
    high: float

    def is_told_by(self, facts: Iterable[Fact]) -> bool:
        """Whether a number that the open table shows says as much."""
        return any(self.low <= number <= self.high for number in self._numbers(facts))

    def _numbers(self, facts: Iterable[Fact]) -> Iterator[float]:
        for fact in facts:
            unit = fact.measure.unit
            if self.kind == "share" and fact.value is not None and unit in ("percent", "per_100"):
                yield fact.value / 100
                yield 1 - fact.value / 100
            elif self.kind == "share" and unit == "count":
                whole = [one.value for one in facts if one.value and one.measure.unit == unit]
                yield from (fact.value / all_ for all_ in whole if fact.value is not None)
                yield from (1 - fact.value / all_ for all_ in whole if fact.value is not None)
            elif self.kind == "count" and unit not in ("days", "weeks", "months"):
                yield from shown_numbers([fact])
            elif self.kind == "days" and fact.value is not None:
                yield fact.value * (7 if unit == "weeks" else 1)


def read_sentences(words: Iterable[str]) -> Iterator[Said]:
    """Every number about children; what a hard word or the law is does not come from figures."""
    for sentence in dict.fromkeys(words):
        if not _SENTENCE.search(sentence):
            continue
        for how, number in _OUT_OF.findall(sentence):
            k = int(number)
            low, high = (0.0, k / 10) if how == "Fewer than" else ((k - 0.5) / 10, (k + 0.5) / 10)
            yield Said(sentence, "share", low - 1e-9, 1.0 if how == "More than" else high + 1e-9)
        for how, text in _COUNT.findall(sentence):
            number = float(text.replace(",", ""))
            off = 50.0 if number >= 1000 else 5.0
            yield Said(sentence, "count", 0 if how != "About" else number - off, number + off)
        for text in _CLASSES.findall(sentence):
            number = 30 * float(text.replace(",", ""))
            yield Said(sentence, "count", number - 65, number + 65)
        for text, unit in _WAIT.findall(sentence):
            days = float(text) * _DAYS[unit]
            yield Said(sentence, "days", days - 2 * _DAYS[unit], days + 2 * _DAYS[unit])
