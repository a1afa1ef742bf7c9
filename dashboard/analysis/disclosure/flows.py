"""Stock and flow between counts: what there was, came and went makes what there is."""

from collections.abc import Iterator, Mapping

from dashboard.analysis.disclosure.quantity import Quantity, window
from schemas.relations import Flow, Relations
from schemas.term import Term, parse_term

Values = Mapping[Quantity, int]
Terms = tuple[tuple[Quantity, int], ...]
_AT = "at "


def relate_flows(values: Values, rules: Relations) -> Iterator[Terms]:
    """Sums that are 0: opening + came − went − closing over a term or several, and an opening
    less the closing of the term before."""
    for flow in rules.flow:
        for closing in values:
            term = _end(closing, flow)
            if term is not None:
                yield from _balances(values, flow, closing, term)
                yield from _goes_on(values, flow, closing, term)


def _end(one: Quantity, flow: Flow) -> Term | None:
    is_closing = one.extract == flow.extract and one.indicators == ((flow.closing, 1),)
    return parse_term(one.when.removeprefix(_AT)) if is_closing else None


def _balances(values: Values, flow: Flow, closing: Quantity, term: Term) -> Iterator[Terms]:
    """Over this term, the year so far and three terms."""
    for back in range(3):
        terms = tuple(term.shifted(-number) for number in range(back, -1, -1))
        opening = closing.at(indicators=((flow.opening, 1),), when=f"{_AT}{terms[0].label}")
        moved = [(name, 1) for name in flow.came] + [(name, -1) for name in flow.went]
        flows = [
            (closing.at(indicators=((name, 1),), when=window(terms)), sign) for name, sign in moved
        ]
        found = ((opening, 1), *flows, (closing, -1))
        if all(quantity in values for quantity, _ in found):
            yield found


def _goes_on(values: Values, flow: Flow, closing: Quantity, term: Term) -> Iterator[Terms]:
    after = f"{_AT}{term.shifted(1).label}"
    opening = closing.at(indicators=((flow.opening, 1),), when=after)
    if opening in values:
        yield (closing, 1), (opening, -1)
