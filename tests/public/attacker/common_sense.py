"""What anybody who knows the field supposes: how the counts of one sheet and of several hang
together. Each is a guess; an outsider drops those that the figures contradict."""

from collections.abc import Callable, Iterable, Iterator

from schemas.term import parse_term
from tests.public.attacker.atoms import Sum, Unknown, cells_of, known_as
from tests.public.attacker.rows import Row, at_least, exactly

# extract: (these together, are at most these together)
AT_MOST: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "ehc_timeliness": [
        (("within_20w",), ("issued",)),
        (("within_20w_excl",), ("issued_excl",)),
        (("issued_excl",), ("issued",)),
        (("within_20w_excl",), ("within_20w",)),
        (("after_1_year", "within_20w"), ("issued",)),
        (("issued_excl", "within_20w"), ("issued", "within_20w_excl")),
    ],
    "ehc_requests": [
        (("decided_6w",), ("agreed", "refused")),
        (("not_issued",), ("assessments",)),
        (("agreed", "refused"), ("requests",)),
    ],
    "annual_reviews": [(("decided_4w",), ("held",)), (("held",), ("due",))],
    "attendance": [
        (("severe",), ("persistent",)),
        (("persistent",), ("enrolments",)),
        (("authorised", "unauthorised"), ("possible",)),
    ],
    "exclusions": [
        (("pupils_suspended",), ("suspensions",)),
        (("pupils_suspended",), ("roll",)),
        (("permanent_exclusions",), ("roll",)),
    ],
    "nd_waits": [(("first_13w",), ("first_appointments",))],
    "appeals": [(("appeals",), ("decisions",))],
}
FLOW = {"plans_start": 1.0, "new_plans": 1.0, "transferred_in": 1.0}
FLOW |= {"ceased": -1.0, "transferred_out": -1.0, "plans_end": -1.0}
STOCKS = ("ehc_plans", "ehc_plans_by_need", "ehc_plans_by_placement")  # the same plans


def suppose(whens: Callable[[str], Iterable[str]]) -> Iterator[Row]:
    """`whens` says in which months and terms the figures of an extract are counted."""
    for extract in AT_MOST:
        for when in whens(extract):
            yield from _parts(extract, when)
    for term in whens("ehc_plans"):
        yield from _plans(term)
        yield _same("ehc_plans", "new_plans", "ehc_timeliness", "issued", term)
        yield from (_same(STOCKS[0], "plans_end", one, "plans_end", term) for one in STOCKS[1:])
        for cell in cells_of("ehc_plans"):
            total = {
                Unknown("ehc_plans", "new_plans", cell, term): 1.0,
                Unknown("ehc_timeliness", "issued", cell, term): -1.0,
            }
            yield exactly(total, 0, "the same new plans on two sheets", guess=True)


def _parts(extract: str, when: str) -> Iterator[Row]:
    for parts, wholes in AT_MOST[extract]:
        for cell in cells_of(extract):
            total = {known_as(extract, one, cell, when): -1.0 for one in parts}
            total |= {known_as(extract, one, cell, when): 1.0 for one in wholes}
            why = f"{'+'.join(parts)} within {'+'.join(wholes)}"
            yield at_least(total, 0, why, guess=True)


def _plans(term: str) -> Iterator[Row]:
    """What comes and goes, and the opening stock that is the last closing one."""
    found = parse_term(term)
    assert found is not None
    before = found.shifted(-1).label
    for cell in cells_of("ehc_plans"):
        flow = {Unknown("ehc_plans", one, cell, term): sign for one, sign in FLOW.items()}
        yield exactly(flow, 0, "stock and flow", guess=True)
        opening = {
            Unknown("ehc_plans", "plans_start", cell, term): 1.0,
            Unknown("ehc_plans", "plans_end", cell, before): -1.0,
        }
        yield exactly(opening, 0, "opening is the last closing", guess=True)


def _same(first: str, indicator: str, second: str, other: str, term: str) -> Row:
    total: Sum = {Unknown(first, indicator, cell, term): 1.0 for cell in cells_of(first)} | {
        Unknown(second, other, cell, term): -1.0 for cell in cells_of(second)
    }
    return exactly(total, 0, f"{first} and {second} have the same total", guess=True)
