"""Counts over time: months make a term, terms a year so far or three; and what is between them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations

from dashboard.analysis.disclosure.quantity import Quantity, window
from schemas.term import Term

Values = Mapping[Quantity, int]
Terms = tuple[tuple[Quantity, int], ...]


def relate_times(values: Values) -> Iterator[Terms]:
    """Sums that are 0: the parts of a time less the whole of it."""
    for one in values:
        if not one.terms:
            continue
        months = [one.at(when=month.label) for month in one.terms[0].months]
        if len(one.terms) == 1:
            if all(month in values for month in months):
                yield (*((month, 1) for month in months), (one, -1))
            continue
        singles = [one.at(when=term.label) for term in one.terms]
        if all(single in values for single in singles):
            yield (*((single, 1) for single in singles), (one, -1))
            continue
        for at in range(1, len(one.terms)):
            parts = [one.at(when=window(half)) for half in (one.terms[:at], one.terms[at:])]
            if all(part in values for part in parts):
                yield (*((part, 1) for part in parts), (one, -1))


def differences(values: Values) -> dict[Quantity, int]:
    """Times that nobody publishes but anyone can work out: three terms less the year so far."""
    series: dict[Quantity, list[Quantity]] = defaultdict(list)
    for one in values:
        if one.terms:
            series[one.at(when="")].append(one)
    found: dict[Quantity, int] = {}
    for ones in series.values():
        for one, two in combinations(sorted(ones, key=lambda q: len(q.terms)), 2):
            rest = _rest(one.terms, two.terms)
            if rest and not _is_known(values, one, rest):
                found[one.at(when=window(rest))] = values[two] - values[one]
    return {one: value for one, value in found.items() if value >= 0}


def _is_known(values: Values, one: Quantity, terms: tuple[Term, ...]) -> bool:
    """Whether the time is there itself or term by term."""
    singles = (one.at(when=term.label) for term in terms)
    return one.at(when=window(terms)) in values or all(single in values for single in singles)


def _rest(short: tuple[Term, ...], long: tuple[Term, ...]) -> tuple[Term, ...]:
    """What is left of a time without another that begins or ends with it."""
    if len(short) >= len(long):
        return ()
    if long[: len(short)] == short:
        return long[len(short) :]
    return long[: -len(short)] if long[-len(short) :] == short else ()
