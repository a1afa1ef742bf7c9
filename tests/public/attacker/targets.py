"""Targets: the counts that nobody may find out, with the truth that only the test knows."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from schemas.extracts import load_extracts
from schemas.measure import load_measures
from schemas.observation import Observation
from tests.public.attacker.atoms import Sum, Unknown
from tests.public.attacker.facts import Name
from tests.public.attacker.knowledge import Knowledge
from tests.public.attacker.rows import combined
from tests.public.attacker.truth import name_of, total_of

SMALL = {"council": 4, "health": 7}
NUMERATOR, DENOMINATOR, REST = "count", "out of", "rest"


@dataclass(frozen=True)
class Target:
    """`what` is the count itself, what it is out of, or the rest of these; `published` says that
    the figure stands in the files, hidden."""

    name: Name
    what: str
    total: Sum
    truth: float
    published: bool

    @property
    def small(self) -> bool:
        extract = load_measures()[self.name.measure_id].source.extract
        return 1 <= self.truth <= SMALL[load_extracts()[extract].organisation]


def find_targets(
    knowledge: Knowledge, sent: Iterable[Observation], truth: Mapping[Unknown, float]
) -> list[Target]:
    """Every count of a hidden figure, and every small one of a figure that is in no file. A count
    that is not small and stands in another row is no secret."""
    shown = {frozenset(total.items()) for total in _shown(knowledge)}
    found = []
    for target in _all(knowledge, sent, truth):
        secret = target.small or (
            target.published
            and target.what != REST
            and frozenset(target.total.items()) not in shown
        )
        if secret:
            found.append(target)
    return found


def _all(
    knowledge: Knowledge, sent: Iterable[Observation], truth: Mapping[Unknown, float]
) -> Iterator[Target]:
    """Merged categories are in no observation, figures that were left out are in no file."""
    names = dict.fromkeys(name for name, fact in knowledge.facts.items() if fact.hidden)
    names |= dict.fromkeys(name_of(one) for one in sent if name_of(one) not in knowledge.facts)
    for name in names:
        for what, total in _counts(knowledge, name):
            number = total_of(total, truth)
            if number is not None:
                yield Target(name, what, total, number, name in knowledge.facts)


def _counts(knowledge: Knowledge, name: Name) -> Iterator[tuple[str, Sum]]:
    """The counts of a figure that its own row does not print."""
    measure, fact = load_measures()[name.measure_id], knowledge.facts.get(name)
    derive, atoms = measure.source.derive, knowledge.atoms
    if derive in ("sum", "ratio"):
        yield NUMERATOR, atoms.numerator(name)
    if derive in ("ratio", "weighted_mean") and (fact is None or fact.denominator is None):
        yield DENOMINATOR, atoms.denominator(name)
    if derive == "ratio" and measure.unit == "percent":
        rest = combined((1.0, atoms.denominator(name)), (-1.0, atoms.numerator(name)))
        yield REST, rest


def _shown(knowledge: Knowledge) -> Iterator[Sum]:
    for name, fact in knowledge.facts.items():
        derive = fact.measure.source.derive
        if fact.value is not None and derive in ("sum", "ratio"):
            yield knowledge.atoms.numerator(name)
        if fact.denominator is not None:
            yield knowledge.atoms.denominator(name)
