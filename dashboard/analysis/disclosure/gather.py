"""Gathering: the observations of a release as counts, each once, with what can be worked out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dashboard.analysis.disclosure.marginals import marginals
from dashboard.analysis.disclosure.primary import EDUCATION_MOST
from dashboard.analysis.disclosure.quantity import Counted, Members, Quantity, counted_by
from dashboard.analysis.disclosure.spans import differences
from schemas.extract import ALL
from schemas.measure import Measure
from schemas.observation import Observation
from schemas.relations import Relations


@dataclass(frozen=True)
class Used:
    """One observation and what it counts. `is_share` says that its numerator is part of its
    denominator, and both count children."""

    observation: Observation
    measure: Measure
    counted: Counted
    is_share: bool

    @property
    def table(self) -> tuple[str, str]:
        return self.observation.measure_id, self.observation.breakdown

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        both = (self.counted.numerator, self.counted.denominator)
        return tuple(one for one in both if one is not None)


@dataclass(frozen=True)
class Gathered:
    """The counts of a release: `published` stand in figures, `worked_out` follow from them or are
    kept back on purpose. `totals` are those of a whole area that may not be hidden for the sake of
    others. `inside` are the pairs of which the first is part of the second."""

    used: tuple[Used, ...]
    published: Mapping[Quantity, int]
    worked_out: Mapping[Quantity, int]
    totals: frozenset[Quantity]
    inside: tuple[tuple[Quantity, Quantity], ...]


class Uses:
    """What observations count, worked out once for however many attempts."""

    def __init__(self, measures: Mapping[str, Measure], rules: Relations) -> None:
        self._measures = measures
        self._rules = rules
        self._done: dict[tuple[object, ...], Used] = {}

    def of(self, one: Observation, made: Members) -> Used:
        key = (one, *sorted(made.items()))
        if key not in self._done:
            measure = self._measures[one.measure_id]
            counted = counted_by(one, measure, self._rules, made)
            self._done[key] = Used(one, measure, counted, _is_share(measure, counted, self._rules))
        return self._done[key]


def gather(
    shown: Iterable[tuple[Observation, Members]],
    withheld: Iterable[Observation],
    uses: Uses,
    earlier: Mapping[Quantity, int],
    seen: Mapping[Quantity, int],
) -> Gathered:
    """The counts that these observations are made of.

    Args:
        shown: what is to be published, with the members of merged categories.
        withheld: what is not published because it was merged or left out, but is true.
        earlier: the counts of publications before; `seen` are those of them in figures.
    """
    used = tuple(uses.of(one, made) for one, made in shown)
    back = [uses.of(one, {}) for one in withheld]
    published = _values(used)
    every = dict(earlier) | _values(back) | published
    every |= _remainders(used, every)
    every |= _single_indicators(every)
    every |= {q: n for q, n in differences(dict(seen) | published).items() if q not in every}
    every |= marginals(every)
    own = published.keys() | (earlier.keys() - _values(back).keys())
    worked_out = {one: value for one, value in every.items() if one not in own}
    totals = frozenset(one for used_one in used for one in _totals(used_one))
    return Gathered(used, published, worked_out, totals, tuple(_inside(used)))


def _is_share(measure: Measure, counted: Counted, rules: Relations) -> bool:
    strange = {share.measure for share in rules.not_part}
    is_part = measure.unit == "percent" and measure.source.derive == "ratio"
    return is_part and measure.id not in strange and not counted.children


def _values(used: Iterable[Used]) -> dict[Quantity, int]:
    """The first that is said of a count stands: sheets that contradict each other are checked
    elsewhere."""
    found: dict[Quantity, int] = {}
    for one in used:
        row, counted = one.observation, one.counted
        for quantity, amount in (
            (counted.numerator, row.numerator),
            (counted.denominator, row.denominator),
        ):
            if quantity is not None and amount is not None:
                found.setdefault(quantity, round(amount))
    return found


def _inside(used: Iterable[Used]) -> Iterator[tuple[Quantity, Quantity]]:
    for one in used:
        top, bottom = one.counted.numerator, one.counted.denominator
        if top is not None and bottom is not None and one.is_share:
            yield top, bottom


def _remainders(used: Iterable[Used], values: Mapping[Quantity, int]) -> dict[Quantity, int]:
    """Who is not in a share: whoever sees 18 of 20 sees the 2."""
    found: dict[Quantity, int] = {}
    for top, bottom in _inside(used):
        rest = bottom.less(top) if not top.is_health else None
        if rest and rest not in values and top in values and bottom in values:
            left = values[bottom] - values[top]
            if left >= 0:
                found[rest] = left
    return found


def _single_indicators(values: Mapping[Quantity, int]) -> dict[Quantity, int]:
    """The one indicator of a sum that is not published by itself but is what the others leave."""
    found: dict[Quantity, int] = {}
    for one, value in values.items():
        parts = [(one.at(indicators=((name, 1),)), sign) for name, sign in one.indicators]
        absent = [(part, sign) for part, sign in parts if part not in values]
        if len(parts) < 2 or len(absent) != 1:
            continue
        part, sign = absent[0]
        left = value - sum(s * values[p] for p, s in parts if p in values)
        if sign * left >= 0:
            found[part] = sign * left
    return found


def _totals(one: Used) -> Iterator[Quantity]:
    """The whole of a measure in its own term: what everyone looks for first. Not the numerator of
    a share that leaves too few out: either it or its denominator has to be hidden."""
    row, top = one.observation, one.counted.numerator
    if row.breakdown != ALL or row.basis != one.measure.basis or top is None:
        return
    left = (row.denominator or 0) - (row.numerator or 0)
    if not (one.is_share and 1 <= left <= EDUCATION_MOST):
        yield from one.quantities
