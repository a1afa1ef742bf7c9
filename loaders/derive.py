"""Terms from their months, and year-to-date and three-term figures from terms."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from loaders.cube import Amount, add_up
from schemas.measure import Measure
from schemas.observation import Key, Observation, as_parts, term_of
from schemas.symbol import Symbol
from schemas.term import Month, Season, Term, parse_period

SENT = ("in_term", "in_month", "snapshot")  # what a sheet says; the rest follows from it


def stale_keys(
    measures: Mapping[str, Measure], current: Iterable[Key], direct: Iterable[Observation]
) -> set[Key]:
    """The current observations that a file which says `direct` takes the place of.

    A sheet speaks for a whole period of its measures: what it no longer says of that period is
    gone, and so is what was worked out from it, up to two terms on.
    """
    known = list(current)
    said: dict[str, set[str]] = defaultdict(set)
    for one in direct:
        said[one.measure_id].add(one.period)
    there = {name: said[name] | {k.period for k in known if k.measure_id == name} for name in said}
    follows: dict[str, set[str]] = defaultdict(set)
    for name, periods in said.items():
        terms = {term_of(period) for period in periods}
        follows[name] = {term.shifted(on).label for term in terms for on in range(3)}
        periods |= {t.label for t in terms if _made_of_months(measures[name], t, there[name])}
    return {
        key
        for key in known
        if key.period in (said if key.basis in SENT else follows)[key.measure_id]
    }


def sent_now(
    current: Mapping[Key, tuple[int, Observation]],
    stale: set[Key],
    direct: Sequence[Observation],
) -> Sequence[Observation]:
    """What is known as sent once `direct` is in: the current figures that stay, and these."""
    if not current:
        return direct
    stay = {k: one for k, (_, one) in current.items() if k not in stale and k.basis in SENT}
    return list((stay | {one.key: one for one in direct}).values())


def _made_of_months(measure: Measure, term: Term, periods: set[str]) -> bool:
    """Whether the term's figure can be made of months: then it is not one that was sent."""
    months = {month.label for month in term.months}
    return (term.months[-1].label in periods) if measure.basis == "snapshot" else months <= periods


class Series(NamedTuple):
    """What one line of figures is about."""

    measure_id: str
    area_code: str
    breakdown: str
    category: str


def derive(
    measures: Mapping[str, Measure], observations: Iterable[Observation]
) -> Iterator[Observation]:
    """What follows from these observations: wholes are made only where every part is there.

    A term that was sent as a term is never replaced by one made of its months.
    """
    lines: dict[Series, dict[tuple[str, str], Observation]] = defaultdict(dict)
    for one in observations:
        series = Series(one.measure_id, one.area_code, one.breakdown, one.category)
        lines[series][one.basis, one.period] = one
    for series, line in lines.items():
        measure = measures[series.measure_id]
        made = list(_terms_of_months(measure, line))
        yield from made
        terms = {o.period: o for o in line.values() if o.basis == "in_term"}
        terms |= {o.period: o for o in made if o.basis == "in_term"}
        for basis in measure.bases:
            yield from _running(measure, basis, terms)


def _terms_of_months(
    measure: Measure, line: Mapping[tuple[str, str], Observation]
) -> Iterator[Observation]:
    monthly = "snapshot" if measure.basis == "snapshot" else "in_month"
    months = {
        period: one
        for (basis, label), one in line.items()
        if basis == monthly and isinstance(period := parse_period(label), Month)
    }
    for term in sorted({month.term for month in months}):
        if (measure.basis, term.label) in line:
            continue
        if measure.basis == "snapshot":
            last = months.get(term.months[-1])
            if last:
                yield last._replace(period=term.label)
        elif measure.source.derive != "only":
            parts = [months[month] for month in term.months if month in months]
            if len(parts) == len(term.months):
                yield _put_together(measure, term.label, "in_term", parts, parts[-1])


def _running(
    measure: Measure, basis: str, terms: Mapping[str, Observation]
) -> Iterator[Observation]:
    for label, one in terms.items():
        parts = [terms.get(wanted) for wanted in running_terms(label, basis)]
        if None not in parts:
            yield _put_together(measure, label, basis, [p for p in parts if p], one)


@cache
def running_terms(label: str, basis: str) -> tuple[str, ...]:
    """The terms that a year to date or a run of three terms is made of."""
    term = term_of(label)
    first = Season.autumn - term.season if basis == "ytd" else -2
    return tuple(term.shifted(back).label for back in range(first, 1))


def _put_together(
    measure: Measure, label: str, basis: str, parts: Sequence[Observation], last: Observation
) -> Observation:
    counted = _applicable(parts) if measure.is_rate else parts
    numerator = _sum([(part.numerator, part.symbol) for part in counted])
    denominator: Amount = None
    if measure.is_rate:
        below = counted[-1:] if measure.source.denominator_once else counted
        denominator = _sum([(part.denominator, part.symbol) for part in below])
    value, symbol = as_parts(
        measure.value(Symbol.x if numerator is None else numerator, denominator)
    )
    return Observation(
        last.measure_id,
        last.area_code,
        label,
        parts[0].period_start,
        parts[-1].period_end,
        basis,
        last.breakdown,
        last.category,
        as_parts(numerator)[0],
        as_parts(denominator)[0],
        value,
        symbol,
        _weakest({part.status for part in parts}),
        last.definition_version,
    )


def _applicable(parts: Sequence[Observation]) -> Sequence[Observation]:
    """A term whose rate is not applicable adds neither to the top nor to the bottom."""
    return [part for part in parts if part.symbol != Symbol.z] or parts


def _sum(parts: Sequence[tuple[float | None, str | None]]) -> Amount:
    """Stored parts added up: numbers, or why there is none."""
    numbers = [number for number, _ in parts if number is not None]
    if len(numbers) == len(parts):
        return sum(numbers)
    amounts = [n if n is not None else Symbol(why) if why else None for n, why in parts]
    return add_up(amounts, True)


def _weakest(statuses: set[str]) -> str:
    """A sum is provisional when any of its parts is."""
    if len(statuses) == 1:
        return next(iter(statuses))
    return "provisional" if "provisional" in statuses else "revised"
