"""What each published figure says of the unknowns."""

import math
from collections.abc import Iterable, Iterator

from tests.public.attacker.atoms import Atoms, Sum
from tests.public.attacker.facts import NOT_APPLICABLE, Fact
from tests.public.attacker.rows import Row, at_least, at_most, combined, exactly

SMALLEST_OUT_OF, RELIABLE_FROM = 10, 20  # as the methods page says: hidden below, marked `u` below
BANDS = {  # days that end each band of those waiting
    "waiting_to_18w": 126,
    "waiting_18_to_52w": 364,
    "waiting_52_to_104w": 728,
    "waiting_over_104w": math.inf,
}


def read_fact(fact: Fact, atoms: Atoms) -> Iterator[Row]:
    """Everything one row of the open table tells."""
    derive = fact.measure.source.derive
    if derive == "only":
        yield from _median(fact, atoms)
    elif derive == "maximum":
        yield from _longest(fact, atoms)
    elif derive == "weighted_mean":
        yield from _mean(fact, atoms)
    elif derive == "sum":
        yield from _count(fact, atoms.numerator(fact.name), fact.value)
    else:
        yield from _share(fact, atoms)


def read_theirs(fact: Fact, atoms: Atoms) -> Iterator[Row]:
    """A publisher's figure of the area, which may or may not count the same thing."""
    top = atoms.numerator(fact.name)
    count = fact.value if fact.measure.source.derive == "sum" else fact.numerator
    if count is not None:
        yield exactly(top, count, f"published elsewhere: {fact.name}", guess=True)
    if fact.measure.source.derive == "ratio":
        bottom = atoms.denominator(fact.name)
        if fact.denominator is not None:
            yield exactly(bottom, fact.denominator, f"published elsewhere: {fact.name}", True)
        if fact.value is not None:
            for row in _value(fact, top, bottom):
                yield Row(row.total, row.low, row.high, row.why, guess=True)


def _count(fact: Fact, total: Sum, number: float | None) -> Iterator[Row]:
    why = f"{fact.name}"
    if fact.symbol == NOT_APPLICABLE:
        yield exactly(total, 0, why)
    elif fact.hidden and number is None:
        yield at_least(total, 1, why)
    elif number is not None:
        off = 2 if fact.rounded and number else 0
        yield Row(total, number - off, number + off, why)


def _share(fact: Fact, atoms: Atoms) -> Iterator[Row]:
    top, bottom = atoms.numerator(fact.name), atoms.denominator(fact.name)
    why = f"{fact.name}"
    if fact.symbol == NOT_APPLICABLE:
        yield exactly(bottom, 0, why)
        return
    if fact.denominator is not None:
        yield from _count(fact, bottom, fact.denominator)
    elif fact.hidden:
        yield at_least(bottom, 1, why)
    if fact.numerator is not None:
        yield from _count(fact, top, fact.numerator)
    elif fact.hidden and (fact.denominator or 0) >= SMALLEST_OUT_OF:
        yield at_least(top, 1, why)
    counts = fact.numerator is not None and fact.denominator is not None
    if fact.value is not None and not counts and not fact.rounded:
        yield from _value(fact, top, bottom)
        if fact.denominator is None:
            bounds = _reliable(fact.unreliable)
            yield Row(bottom, *bounds, why)


def _reliable(unreliable: bool) -> tuple[float, float]:
    return (SMALLEST_OUT_OF, RELIABLE_FROM - 1) if unreliable else (RELIABLE_FROM, math.inf)


def _value(fact: Fact, top: Sum, bottom: Sum, off: float = 0.5) -> Iterator[Row]:
    """A rate at the decimals it is printed with bounds one count by the other; it is `off` by this
    much of its last digit."""
    assert fact.value is not None
    half = off * 10.0 ** -max(fact.measure.decimals, _decimals(fact.value)) + 1e-9
    times = fact.measure.multiplier
    why = f"the rate of {fact.name}"
    yield at_least(combined((times, top), (half - fact.value, bottom)), 0, why)
    yield at_most(combined((times, top), (-half - fact.value, bottom)), 0, why)


def _decimals(number: float) -> int:
    """How many are printed."""
    return len(repr(number).partition(".")[2]) if number % 1 else 0


def _mean(fact: Fact, atoms: Atoms) -> Iterator[Row]:
    """The numerator is the days of all together, which nobody prints. The mean of several months
    is made of means that were rounded before."""
    days, seen = atoms.numerator(fact.name), atoms.denominator(fact.name)
    why = f"{fact.name}"
    if fact.denominator is not None:
        yield from _count(fact, seen, fact.denominator)
    elif fact.hidden:
        yield at_least(seen, 1, why)
    if fact.value is not None:
        sent = len({unknown.when for unknown in days}) == 1
        yield from _value(fact, days, seen, 0.5 if sent else 1.0)


def _longest(fact: Fact, atoms: Atoms) -> Iterator[Row]:
    """Somebody waits in the band of the longest wait, and nobody in a longer one."""
    if fact.value is None:
        return
    ids = list(BANDS)
    at = next(i for i, name in enumerate(ids) if fact.value <= BANDS[name])
    why = f"{fact.name}"
    yield at_least(atoms.part(fact.name, ids[at]), 1, why)
    if ids[at + 1 :]:
        yield exactly(atoms.part(fact.name, *ids[at + 1 :]), 0, why)


def _median(fact: Fact, atoms: Atoms) -> Iterator[Row]:
    """Half of them are on either side of the middle one."""
    if fact.value is None:
        return
    why = f"{fact.name}"
    if "median_weeks" in fact.measure.source.numerator:
        within, issued = (atoms.part(fact.name, one) for one in ("within_20w", "issued"))
        gap = combined((2.0, within), (-1.0, issued))
        if abs(fact.value - 20) > 0.1:
            yield at_least(gap, 0, why) if fact.value < 20 else at_most(gap, 0, why)
        return
    ids = list(BANDS)
    at = next(i for i, name in enumerate(ids) if fact.value <= BANDS[name])
    every = atoms.part(fact.name, *ids)
    for side in (ids[:at], ids[at + 1 :]):
        if side:
            yield at_most(combined((2.0, atoms.part(fact.name, *side)), (-1.0, every)), 0, why)


def read_all(facts: Iterable[Fact], atoms: Atoms) -> Iterator[Row]:
    for fact in facts:
        yield from read_fact(fact, atoms)
