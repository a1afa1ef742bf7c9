"""A typed sheet + a measure → observations, for the whole and for every breakdown."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from loaders.cube import Amount, Categories, Cube, Reading
from loaders.typed import Table
from schemas.extract import ALL, Extract, Filter
from schemas.measure import Measure
from schemas.observation import JOIN, Observation, as_parts
from schemas.symbol import Symbol
from schemas.term import Period, Term


def observe(
    table: Table, measures: Sequence[Measure], area_code: str, status: str
) -> list[Observation]:
    """Every observation these measures make of one sheet, as sent: by term and by month."""
    cube = Cube(table)
    return [
        observation
        for measure in measures
        if measure.source.extract == table.extract.id
        for observation in _observe_one(cube, measure, area_code, status)
    ]


class Place(NamedTuple):
    """One breakdown's category: which cells make its numerator and denominator."""

    breakdown: str
    category: str
    reading: Reading
    top: Sequence[Categories]
    bottom: Sequence[Categories]


def _observe_one(
    cube: Cube, measure: Measure, area_code: str, status: str
) -> Iterator[Observation]:
    places = list(places_of(measure, cube.extract))
    below = Reading.sum_of(measure.source.denominator) if measure.is_rate else None
    for label, period in cube.table.periods.items():
        start, end, basis = _when(measure, period)
        for place in places:
            numerator = cube.added(place.reading, label, place.top)
            if numerator is None and not cube.is_part_known(place.reading, label, place.top):
                continue
            denominator = cube.added(below, label, place.bottom) if below else None
            value = measure.value(
                Symbol.x if numerator is None else numerator,
                Symbol.x if denominator is None else denominator,
            )
            number, symbol = as_parts(value)
            yield Observation(
                measure.id,
                area_code,
                label,
                start,
                end,
                basis,
                place.breakdown,
                place.category,
                _number(numerator),
                _number(denominator),
                number,
                symbol,
                status,
                measure.version,
            )


def places_of(measure: Measure, extract: Extract) -> Iterator[Place]:
    """The whole and every category of every breakdown, columns that are categories included."""
    source = measure.source
    readings: dict[str, Reading] = {"": Reading.of(source)}
    readings |= {name: Reading.sum_of((column,)) for name, column in source.columns.items()}
    for breakdown in ((), *source.breakdowns):
        filters = [extract.filter(name) for name in breakdown]
        for categories in product(*(_categories(measure, f) for f in filters)):
            at = dict(zip(breakdown, categories, strict=True))
            for column, reading in readings.items():
                names = (*breakdown, *((source.columns_by or "",) if column else ()))
                parts = (*categories, *((column,) if column else ()))
                yield Place(
                    JOIN.join(names) or ALL,
                    JOIN.join(parts) or ALL,
                    reading,
                    _wheres(extract, source.where, at),
                    _wheres(extract, source.where_denominator or source.where, at),
                )


def _categories(measure: Measure, split: Filter) -> Sequence[str]:
    allowed = measure.source.where.get(split.id)
    return [c.id for c in split.categories if allowed is None or c.id in allowed]


def _wheres(
    extract: Extract, where: Mapping[str, tuple[str, ...]], at: Mapping[str, str]
) -> list[Categories]:
    choices = [(at[f.id],) if f.id in at else where.get(f.id, (ALL,)) for f in extract.filters]
    return list(product(*choices))


def _number(amount: Amount) -> float | None:
    return None if amount is None or isinstance(amount, Symbol) else amount


def _when(measure: Measure, period: Period) -> tuple[str, str, str]:
    """First day, last day and basis; a stock is on the last day of its term or month."""
    if measure.basis == "snapshot":
        end = (period.flow_window if isinstance(period, Term) else period.window).end.isoformat()
        return end, end, "snapshot"
    if isinstance(period, Term):
        window = period.window(measure.clock)
        return window.start.isoformat(), window.end.isoformat(), "in_term"
    return period.window.start.isoformat(), period.window.end.isoformat(), "in_month"
