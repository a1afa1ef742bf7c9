"""Totals that nobody publishes but that tie two published tables together."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from dashboard.analysis.disclosure.quantity import Quantity, Where


def marginals(values: Mapping[Quantity, int]) -> dict[Quantity, int]:
    """Wholes that are not there, though their parts are there by two filters or more and come to
    the same: then the one table tells the total of the other."""
    made: dict[Quantity, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for one in values:
        for name, chosen in one.where:
            if len(chosen) == 1:
                made[_without(one, name)][name] += values[one]
    return {
        whole: next(iter(sums.values()))
        for whole, sums in made.items()
        if whole not in values and len(sums) > 1 and _agree(sums.values())
    }


def _without(one: Quantity, name: str) -> Quantity:
    where: Where = tuple(pair for pair in one.where if pair[0] != name)
    return one.at(where=where)


def _agree(sums: Iterable[int]) -> bool:
    return len(set(sums)) == 1
