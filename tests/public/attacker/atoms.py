"""Every published count as a sum of the finest counts that a sender makes: the unknowns.

An unknown is one indicator of one extract for one category of every filter, in one month or term.
What adds up need not be listed anywhere: two published sums of the same unknowns are related.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from typing import NamedTuple

from schemas.extract import ALL
from schemas.extracts import load_extracts
from schemas.measure import Measure, load_measures
from schemas.observation import JOIN
from schemas.term import Month, Season, Term, parse_period, parse_term
from tests.public.attacker.facts import Facts, Merges, Name

ONCE_A_YEAR = {("exclusions", "roll")}  # counted at the January census only


class Unknown(NamedTuple):
    """`cell` has one category for each filter of the extract, `when` is a month, term or year."""

    extract: str
    indicator: str
    cell: tuple[str, ...]
    when: str


Sum = Mapping[Unknown, float]


class Calendar:
    """Which terms the sender counts by month, as the published rows tell."""

    def __init__(self, facts: Facts) -> None:
        self._by_month: set[tuple[str, str]] = set()
        for name in facts:
            period = parse_period(name.period)
            if isinstance(period, Month):
                extract = load_measures()[name.measure_id].source.extract
                self._by_month.add((extract, period.term.label))

    def whens(self, measure: Measure, name: Name, once: bool) -> Iterator[str]:
        """The months and terms whose counts add up to a figure's."""
        terms = terms_of(name)
        if terms is None:
            yield name.period
            return
        for term in terms[-1:] if once else terms:
            if (measure.source.extract, term.label) not in self._by_month:
                yield term.label
            elif measure.basis == "snapshot":
                yield term.months[-1].label
            else:
                yield from (month.label for month in term.months)


def terms_of(name: Name) -> list[Term] | None:
    """The terms that a figure is about; None for that of a month, or of a census day."""
    if name.basis == "calendar_year":
        year = int(name.period)
        before = (Term(year - 1, Season.spring), Term(year - 1, Season.summer))
        return [*before, Term(year, Season.autumn)]
    if name.basis == "academic_year":
        return [Term(int(name.period[:4]), season) for season in Season]
    term = parse_term(name.period)
    if term is None:
        return None
    back = {"ytd": term.season - Season.autumn, "rolling3": 2}.get(name.basis, 0)
    return [term.shifted(-n) for n in range(back, -1, -1)]


class Atoms:
    """Writes figures as sums of unknowns."""

    def __init__(self, calendar: Calendar, merges: Merges) -> None:
        self._calendar = calendar
        self._merges = merges

    def numerator(self, name: Name) -> Sum:
        measure = load_measures()[name.measure_id]
        source = measure.source
        plus, minus = source.numerator, source.less
        chosen = dict(categories_of(name))
        if source.columns_by and source.columns_by in chosen:
            plus = (source.columns[chosen[source.columns_by]],)
        made: dict[Unknown, float] = defaultdict(float)
        for sign, indicators in ((1.0, plus), (-1.0, minus)):
            for unknown in self._unknowns(name, measure, indicators, source.where, False):
                made[unknown] += sign
        return {unknown: factor for unknown, factor in made.items() if factor}

    def denominator(self, name: Name) -> Sum:
        measure = load_measures()[name.measure_id]
        source = measure.source
        where = source.where_denominator
        found = self._unknowns(name, measure, source.denominator, where, source.denominator_once)
        return dict.fromkeys(found, 1.0)

    def part(self, name: Name, *indicators: str) -> Sum:
        """Other indicators of the same children as a figure's."""
        measure = load_measures()[name.measure_id]
        where = measure.source.where
        return dict.fromkeys(self._unknowns(name, measure, indicators, where, False), 1.0)

    def _unknowns(
        self,
        name: Name,
        measure: Measure,
        indicators: Sequence[str],
        where: Mapping[str, Sequence[str]],
        once: bool,
    ) -> Iterator[Unknown]:
        extract = measure.source.extract
        whens = list(self._calendar.whens(measure, name, once))
        cells = list(self._cells(name, extract, where))
        for indicator, cell, when in product(indicators, cells, whens):
            yield known_as(extract, indicator, cell, when)

    def _cells(
        self, name: Name, extract: str, where: Mapping[str, Sequence[str]]
    ) -> Iterable[tuple[str, ...]]:
        chosen = dict(categories_of(name))
        every = []
        for one in load_extracts()[extract].filters:
            members = [category.id for category in one.categories]
            kept = where.get(one.id, (ALL,))
            if ALL not in kept:
                members = [member for member in members if member in kept]
            if one.id in chosen:
                wanted = self._members(name, one.id, chosen[one.id])
                members = [member for member in members if member in wanted]
            every.append(members)
        return product(*every)

    def _members(self, name: Name, filter_id: str, category: str) -> tuple[str, ...]:
        merged = (name.measure_id, filter_id, category)
        return self._merges.get(merged, (category,))


def categories_of(name: Name) -> Iterator[tuple[str, str]]:
    if name.breakdown != ALL:
        yield from zip(name.breakdown.split(JOIN), name.category.split(JOIN), strict=True)


def known_as(extract: str, indicator: str, cell: tuple[str, ...], when: str) -> Unknown:
    """A headcount of the school year is the same unknown in every term."""
    if (extract, indicator) in ONCE_A_YEAR:
        return Unknown(extract, indicator, cell, when.partition(" ")[0])
    return Unknown(extract, indicator, cell, when)


@cache
def cells_of(extract: str) -> tuple[tuple[str, ...], ...]:
    """Every cell of an extract."""
    filters = load_extracts()[extract].filters
    return tuple(product(*([category.id for category in one.categories] for one in filters)))
