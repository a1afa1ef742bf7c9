"""Every relation between counts that anyone could use: what adds up, follows, or is never more."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from dashboard.analysis.disclosure.cell import Relation
from dashboard.analysis.disclosure.flows import relate_flows
from dashboard.analysis.disclosure.quantity import Quantity, Where
from dashboard.analysis.disclosure.spans import relate_times
from schemas.extract import ALL
from schemas.extracts import load_extracts
from schemas.relations import Relations

Values = Mapping[Quantity, int]
Equation = tuple[tuple[tuple[Quantity, int], ...], str]  # terms, and how their sum stands to 0


def relate(
    values: Values, rules: Relations, inside: Iterable[tuple[Quantity, Quantity]] = ()
) -> tuple[Relation, ...]:
    """The relations between these counts, in one order, each once.

    Only what is true of `values` is told: a sum that does not come out is no relation. `inside`
    are pairs of which the first is part of the second, such as a share's numerator.
    """
    found = {
        _relation(equation)
        for equation in _equations(values, rules, inside)
        if _is_true(equation, values)
    }
    return tuple(sorted(found, key=lambda one: (one.parts, one.sense)))


def _equations(
    values: Values, rules: Relations, inside: Iterable[tuple[Quantity, Quantity]]
) -> Iterator[Equation]:
    yield from _categories(values)
    yield from _indicators(values)
    yield from ((terms, "=") for terms in relate_times(values))
    yield from ((terms, "=") for terms in relate_flows(values, rules))
    yield from _sheets(values, rules)
    yield from _orders(values, rules)
    for part, whole in inside:
        if part in values and whole in values and part != whole:
            yield ((part, 1), (whole, -1)), "<="


def _relation(equation: Equation) -> Relation:
    terms, sense = equation
    factors: dict[str, int] = defaultdict(int)
    for quantity, factor in terms:
        factors[quantity.id] += factor
    parts = tuple(sorted((name, factor) for name, factor in factors.items() if factor))
    if sense == "=" and parts and parts[0][1] < 0:
        parts = tuple((name, -factor) for name, factor in parts)
    return Relation(parts, "=" if sense == "=" else "<=")


def _is_true(equation: Equation, values: Values) -> bool:
    terms, sense = equation
    total = sum(factor * values[quantity] for quantity, factor in terms)
    return total == 0 if sense == "=" else total <= 0


def _categories(values: Values) -> Iterator[Equation]:
    """Over each filter: a whole, or several categories together, and its single categories. Where
    not every part is there, the parts are at most the whole."""
    for group in _by_filter(values):
        singles = {chosen[0]: one for chosen, one in group.items() if len(chosen) == 1}
        singles.pop(ALL, None)
        for chosen, whole in group.items():
            parts = [one for name, one in singles.items() if chosen == (ALL,) or name in chosen]
            if not parts or whole in parts:
                continue
            terms = (*((part, 1) for part in parts), (whole, -1))
            exact = sum(values[part] for part in parts) == values[whole]
            yield terms, "=" if exact else "<="


def _by_filter(values: Values) -> Iterator[Mapping[tuple[str, ...], Quantity]]:
    """Counts that differ in the categories of one filter only, by those categories."""
    groups: dict[tuple[object, ...], dict[tuple[str, ...], Quantity]] = defaultdict(dict)
    for one in values:
        chosen = dict(one.where)
        for split in load_extracts()[one.extract].filter_ids:
            rest: Where = tuple(pair for pair in one.where if pair[0] != split)
            key = (one.extract, one.indicators, one.when, split, rest)
            groups[key][chosen.get(split, (ALL,))] = one
    yield from (group for group in groups.values() if len(group) > 1)


def _indicators(values: Values) -> Iterator[Equation]:
    """A count of several indicators and each of them."""
    for one in values:
        if len(one.indicators) < 2:
            continue
        parts = [(one.at(indicators=((name, 1),)), sign) for name, sign in one.indicators]
        if all(part in values for part, _ in parts):
            yield (*parts, (one, -1)), "="


def _sheets(values: Values, rules: Relations) -> Iterator[Equation]:
    """The same number on two sheets, where it is the same in the whole and in every category."""
    for same in rules.same:
        first, *others = (name.split(".") for name in same.counts)
        for other in others:
            pairs = _pairs(values, first, other)
            for when in sorted({one.when for one, _ in pairs}):
                then = [pair for pair in pairs if pair[0].when == when]
                if all(values[one] == values[two] for one, two in then):
                    yield from ((((one, 1), (two, -1)), "=") for one, two in then)


def _pairs(values: Values, first: list[str], other: list[str]) -> list[tuple[Quantity, Quantity]]:
    mine = load_extracts()[first[0]].filter_ids
    return [
        (one, two)
        for two in values
        if two.extract == other[0]
        and two.indicators == ((other[1], 1),)
        and all(name in mine for name, _ in two.where)
        and (one := two.at(extract=first[0], indicators=((first[1], 1),))) in values
    ]


def _orders(values: Values, rules: Relations) -> Iterator[Equation]:
    """What the sheets' rules say is never more than something else."""
    for order in rules.at_most:
        for one in values:
            if one.extract != order.extract:
                continue
            if one.indicators == ((order.small[0], 1),):
                terms = [(_of(one, name, rules), 1) for name in order.small]
                terms += [(_of(one, name, rules), -1) for name in order.big]
                if all(quantity in values for quantity, _ in terms):
                    yield tuple(terms), "<="


def _of(one: Quantity, name: str, rules: Relations) -> Quantity:
    """Another indicator of the same children and time; a headcount is of the whole year."""
    found = one.at(indicators=((name, 1),))
    if rules.is_yearly(one.extract, (name,)) and one.terms:
        return found.at(when=f"of {one.terms[-1].label[:7]}")
    return found
