"""Quantity: what exactly a number counts, so that one count under two names is one cell."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property

from schemas.extract import Extract
from schemas.extracts import load_extracts
from schemas.measure import Measure
from schemas.observation import JOIN, Observation, term_of
from schemas.relations import Relations
from schemas.term import Month, Season, Term, academic_year_label, parse_period, parse_term

Members = Mapping[str, tuple[str, ...]]  # the categories a merged category is made of, by its id
Where = tuple[tuple[str, tuple[str, ...]], ...]
_ID = re.compile(r"(\w+)\.([\w+-]+)(?:\[(.*)\])? (.+)")
_TO = " to "


@dataclass(frozen=True)
class Quantity:
    """Indicators of an extract, added or taken away, over some categories, at or during a time.

    `indicators` are (name, 1 or −1) by name; `where` holds only filters of which not every category
    is counted. `when` is `at 2025-26 summer` for a stock (its end), `of 2025-26` for the headcount
    of a year, `2025-26 summer`, `2025-26 autumn to 2025-26 summer` or a month for a flow.
    """

    extract: str
    indicators: tuple[tuple[str, int], ...]
    where: Where
    when: str

    def __hash__(self) -> int:
        return hash(self.id)  # a text keeps its hash; nested tuples are hashed anew each time

    @cached_property
    def id(self) -> str:
        """`exclusions.suspensions[sen_status=ehc_plan] 2025-26 summer`: sorts, and is read back."""
        names = "".join(f"{'+' if sign > 0 else '-'}{name}" for name, sign in self.indicators)
        kept = ",".join(f"{name}={'|'.join(chosen)}" for name, chosen in self.where)
        return f"{self.extract}.{names.lstrip('+')}{f'[{kept}]' if kept else ''} {self.when}"

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The terms a flow of whole terms is of; none for a stock, a year's headcount, a month."""
        first, _, last = self.when.partition(_TO)
        return _terms(first, last or first)

    @property
    def is_health(self) -> bool:
        return load_extracts()[self.extract].organisation == "health"

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.indicators)

    def at(self, **changes: object) -> "Quantity":
        """The same with other indicators, categories or time."""
        return replace(self, **changes)  # type: ignore[arg-type]

    def less(self, part: "Quantity") -> "Quantity | None":
        """What is left when a part of it is taken away; None when that is no one quantity."""
        if (self.extract, self.when) != (part.extract, part.when):
            return None
        if self.where == part.where:
            return self._less_indicators(part)
        return self._less_categories(part) if self.indicators == part.indicators else None

    def _less_indicators(self, part: "Quantity") -> "Quantity | None":
        signs = dict(self.indicators)
        for name, sign in part.indicators:
            signs[name] = signs.get(name, 0) - sign
        kept = _signed((name, sign) for name, sign in signs.items() if sign)
        return self.at(indicators=kept) if kept else None

    def _less_categories(self, part: "Quantity") -> "Quantity | None":
        mine, its = dict(self.where), dict(part.where)
        differing = [name for name in {**mine, **its} if mine.get(name) != its.get(name)]
        if len(differing) != 1 or differing[0] not in its:
            return None
        name = differing[0]
        extract = load_extracts()[self.extract]
        every = mine.get(name, tuple(c.id for c in extract.filter(name).categories))
        left = tuple(set(every) - set(its[name]))
        return self.at(where=_where(extract, mine | {name: left})) if left else None


@dataclass(frozen=True)
class Counted:
    """What an observation's numerator and denominator count; None where it is no count (a median, a
    sum of days). `children` are the counts of those it is about, when it counts none itself."""

    numerator: Quantity | None
    denominator: Quantity | None
    children: tuple[Quantity, ...] = ()


def quantity_from(text: str) -> Quantity:
    """A quantity from its id."""
    found = _ID.fullmatch(text)
    assert found is not None, f"not the id of a quantity: {text}"
    extract, names, where, when = found.groups()
    signed = re.findall(r"([+-]?)(\w+)", names)
    chosen = [part.split("=") for part in (where or "").split(",") if part]
    return Quantity(
        extract,
        tuple((name, -1 if sign == "-" else 1) for sign, name in signed),
        tuple((name, tuple(kept.split("|"))) for name, kept in chosen),
        when,
    )


def counted_by(
    one: Observation, measure: Measure, rules: Relations, members: Members | None = None
) -> Counted:
    """What an observation counts, whatever its measure is called."""
    source = measure.source
    place = dict(zip(one.breakdown.split(JOIN), one.category.split(JOIN), strict=True))
    column = source.columns.get(place.pop(source.columns_by or "", ""), "")
    top = _signed(
        [(column, 1)]
        if column
        else [*((name, 1) for name in source.numerator), *((name, -1) for name in source.less)]
    )
    extract = load_extracts()[source.extract]
    chosen = {
        name: (members or {}).get(part, (part,))
        for name, part in place.items()
        if name in extract.filter_ids
    }
    above = _where(extract, dict(source.where) | chosen)
    below = _where(extract, dict(source.where_denominator or source.where) | chosen)
    numerator = Quantity(extract.id, top, above, _when(one, measure, top, rules))
    children = tuple(_children(numerator, measure, rules))
    bottom = _signed((name, 1) for name in source.denominator)
    denominator = (
        Quantity(extract.id, bottom, below, _when(one, measure, bottom, rules)) if bottom else None
    )
    is_count = source.derive in ("sum", "ratio")
    return Counted(numerator if is_count else None, denominator, children)


def children_of(quantity: Quantity, rules: Relations) -> tuple[Quantity, ...]:
    """The counts of children, term by term, that a quantity which counts none is about."""
    names = rules.children_of(quantity.extract, quantity.names)
    indicators = _signed((name, 1) for name in names)
    whens = [term.label for term in quantity.terms] or [quantity.when]
    return tuple(quantity.at(indicators=indicators, when=when) for when in whens) if names else ()


def window(terms: tuple[Term, ...]) -> str:
    """How a run of terms is written; one term is its label."""
    first, last = terms[0].label, terms[-1].label
    return first if first == last else f"{first}{_TO}{last}"


def _children(numerator: Quantity, measure: Measure, rules: Relations) -> Iterable[Quantity]:
    found = children_of(numerator, rules)
    return (
        found
        if measure.source.derive != "weighted_mean"
        else [one.at(when=numerator.when) for one in found[:1]]
    )


def _signed(indicators: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    """In one order, those that are added first."""
    return tuple(sorted(indicators, key=lambda pair: (-pair[1], pair[0])))


def _where(extract: Extract, chosen: Mapping[str, tuple[str, ...]]) -> Where:
    """In one order, without filters of which every category is counted."""
    kept = []
    for split in extract.filters:
        every = {category.id for category in split.categories}
        categories = set(chosen.get(split.id, ("all",)))
        if "all" not in categories and categories != every:
            kept.append((split.id, tuple(sorted(categories))))
    return tuple(kept)


def _when(
    one: Observation, measure: Measure, indicators: Iterable[tuple[str, int]], rules: Relations
) -> str:
    if rules.is_yearly(measure.source.extract, (name for name, _ in indicators)):
        return f"of {academic_year_label(term_of(one.period).start_year)}"
    if measure.basis == "snapshot":
        return f"at {_stock_time(one.period)}"
    if one.basis == "in_month":
        return one.period
    return window(_running(one.period, one.basis))


def _stock_time(period: str) -> str:
    """A stock at the end of a term's last month is the stock at the end of the term."""
    found = parse_period(period)
    ends = isinstance(found, Month) and found == found.term.months[-1]
    return found.term.label if isinstance(found, Month) and ends else period


def _running(period: str, basis: str) -> tuple[Term, ...]:
    """The terms a figure is of: its own, those of the year so far, or three."""
    term = term_of(period)
    back = {"ytd": term.season - Season.autumn, "rolling3": 2}.get(basis, 0)
    return tuple(term.shifted(-terms) for terms in range(back, -1, -1))


@cache
def _terms(first: str, last: str) -> tuple[Term, ...]:
    start, end = parse_term(first), parse_term(last)
    if start is None or end is None or not first[:1].isdigit():
        return ()
    count = (end.start_year - start.start_year) * 3 + end.season - start.season
    return tuple(start.shifted(number) for number in range(count + 1))
