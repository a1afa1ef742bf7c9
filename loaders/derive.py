"""Terms from their months, and year-to-date and three-term figures from terms."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from loaders.observe import Amount, add_up
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
                yield _put_together(measure, term, "in_term", parts, parts[-1])


def _running(
    measure: Measure, basis: str, terms: Mapping[str, Observation]
) -> Iterator[Observation]:
    for one in terms.values():
        term = parse_period(one.period)
        assert isinstance(term, Term)
        first = Season.autumn - term.season if basis == "ytd" else -2
        wanted = [term.shifted(back).label for back in range(first, 1)]
        if all(label in terms for label in wanted):
            yield _put_together(measure, term, basis, [terms[label] for label in wanted], one)


def _put_together(
    measure: Measure, term: Term, basis: str, parts: Sequence[Observation], last: Observation
) -> Observation:
    numerator = add_up([_amount(part.numerator, part.symbol) for part in parts], True)
    denominator: Amount = None
    if measure.is_rate:
        below = parts[-1:] if measure.source.denominator_once else parts
        denominator = add_up([_amount(part.denominator, part.symbol) for part in below], True)
    value, symbol = as_parts(
        measure.value(Symbol.x if numerator is None else numerator, denominator)
    )
    return last._replace(
        period=term.label,
        period_start=parts[0].period_start,
        period_end=parts[-1].period_end,
        basis=basis,
        numerator=as_parts(numerator)[0],
        denominator=as_parts(denominator)[0],
        value=value,
        symbol=symbol,
        status=_weakest(part.status for part in parts),
    )


def _amount(number: float | None, symbol: str | None) -> Amount:
    """A stored part: its number, or why there is none."""
    if number is not None:
        return number
    return Symbol(symbol) if symbol else None


def _weakest(statuses: Iterable[str]) -> str:
    """A sum is provisional when any of its parts is."""
    found = set(statuses)
    return next(s for s in ("provisional", "revised", "final") if s in found)
