"""The truth, which the test knows and the attacker does not: the counts as they were sent."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

from sqlalchemy import select

from schemas.database import Database
from schemas.extract import ALL
from schemas.extracts import load_extracts
from schemas.measure import load_measures
from schemas.observation import Observation
from schemas.tables import observation
from schemas.term import Month, Term, parse_period
from tests.public.attacker.atoms import Unknown, categories_of, known_as
from tests.public.attacker.facts import Fact, Name

COUNTED = ("sum", "ratio")
_FIELDS = [observation.c[name] for name in Observation._fields]


def read_sent(database: Database, area_code: str) -> list[Observation]:
    """The area's own figures, all that are current."""
    query = select(*_FIELDS).where(
        observation.c.release_version_id.is_not(None),
        observation.c.superseded_by_id.is_(None),
        observation.c.area_code == area_code,
    )
    with database.reading() as connection:
        return [Observation(*row) for row in connection.execute(query)]


def read_publishers(database: Database, area_code: str) -> dict[Name, Fact]:
    """What publishers say of the area."""
    query = select(*_FIELDS).where(
        observation.c.vintage_id.is_not(None), observation.c.area_code == area_code
    )
    with database.reading() as connection:
        every = (Observation(*row) for row in connection.execute(query.order_by(observation.c.id)))
        facts = (
            Fact(name_of(one), one.numerator, one.denominator, one.value, one.symbol or "")
            for one in every
        )
        return {fact.name: fact for fact in facts}


def name_of(one: Observation) -> Name:
    return Name(one.measure_id, one.period, one.basis, one.breakdown, one.category)


def true_counts(sent: Iterable[Observation]) -> dict[Unknown, float]:
    """The number behind each unknown. A cell that was not sent beside others of its sheet that
    were, or is not applicable, is nought."""
    found: dict[Unknown, float] = {}
    for one in sent:
        found |= dict(_counts(one))
    extracts = load_extracts()
    for unknown in list(found):
        filters = extracts[unknown.extract].filters
        for cell in product(*([c.id for c in f.categories] for f in filters)):
            found.setdefault(unknown._replace(cell=cell), 0.0)
    return found


def _counts(one: Observation) -> Iterator[tuple[Unknown, float]]:
    """What one observation says of single unknowns: only one by every filter does."""
    measure = load_measures()[one.measure_id]
    whens = one.basis in ("in_month", "in_term", "snapshot") and parse_period(one.period)
    if not isinstance(whens, Month | Term) or one.symbol == "z":
        return
    source, extract = measure.source, measure.source.extract
    tops = source.numerator
    chosen = dict(categories_of(name_of(one)))
    if source.columns_by:
        tops = (source.columns[chosen[source.columns_by]],) if source.columns_by in chosen else ()
    below = source.where_denominator or source.where
    for indicators, number, where in (
        (tops, one.numerator, source.where),
        (source.denominator, one.denominator, below),
    ):
        if source.derive not in COUNTED and indicators is tops:
            continue
        cell = _cell(one, extract, where)
        if cell is not None and len(indicators) == 1 and number is not None and not source.less:
            yield known_as(extract, indicators[0], cell, one.period), number


def _cell(
    one: Observation, extract: str, where: Mapping[str, Sequence[str]]
) -> tuple[str, ...] | None:
    """The category of every filter; None of a sum over several."""
    chosen = dict(categories_of(name_of(one)))
    cell = []
    for each in load_extracts()[extract].filters:
        kept = where.get(each.id, ())
        if each.id in chosen:
            cell.append(chosen[each.id])
        elif len(kept) == 1 and kept[0] != ALL:
            cell.append(kept[0])
        else:
            return None
    return tuple(cell)


def total_of(total: Mapping[Unknown, float], truth: Mapping[Unknown, float]) -> float | None:
    """The true number behind a sum; None when nobody sent it."""
    if not total or any(unknown not in truth for unknown in total):
        return None
    return sum(factor * truth[unknown] for unknown, factor in total.items())
