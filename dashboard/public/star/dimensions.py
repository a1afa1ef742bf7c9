"""The rows of the tables that explain figures: of what the figures name, and of nothing else."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from dashboard.public.data.labels import place_of
from dashboard.public.star.facts import fact_rows
from dashboard.public.star.keys import breakdown_id, period_id, source_id
from dashboard.public.star.shape import Row, TableShape
from dashboard.public.star.star import Star
from dashboard.public.star.words import (
    BASES,
    calendar_of,
    group_words,
    period_names,
    sort_order,
    year_and_term,
)
from schemas.area import ENGLAND, load_areas
from schemas.extract import ALL
from schemas.measure import Measure
from schemas.symbol import Symbol


def table_rows(table: TableShape, star: Star) -> Iterator[Row]:
    """The rows of one table, as wide as its columns; sorted, but for those of the figures."""
    return _ROWS[table.name](star)


def _measures(star: Star) -> Iterator[Row]:
    for place, measure in enumerate(star.measures.values(), start=1):
        yield _measure(measure, place)


def _measure(measure: Measure, place: int) -> Row:
    target = measure.target
    return (
        measure.id,
        measure.title,
        measure.short_title,
        measure.description,
        measure.theme,
        measure.core,
        measure.unit,
        measure.decimals,
        measure.polarity,
        measure.basis,
        measure.definition.numerator,
        measure.definition.denominator,
        measure.definition.exclusions,
        measure.can_mislead,
        measure.cannot_tell,
        target.value if target else None,
        target.source if target else "",
        measure.version,
        place,
    )


def _areas(star: Star) -> Iterator[Row]:
    known = load_areas()
    for code in sorted({star.area.code, *(one.area_code for one in star.figures())}):
        area = known.get(code)
        if area is None:
            yield code, code, "", "", "", "other"
            continue
        region = area.part_of if area.level == "local_authority" else ""
        yield code, area.name, area.level, area.old_code, region, _relation(star, code)


def _relation(star: Star, code: str) -> str:
    named = {star.area.code: "own", ENGLAND: "england", star.area.region_code: "region"}
    return named.get(code, "other")


def _periods(star: Star) -> Iterator[Row]:
    found: dict[str, Row] = {}
    for one in star.figures():
        key = period_id(one)
        if key not in found:
            period, basis = one.period, one.basis
            found[key] = (
                key,
                period,
                *period_names(period, basis),
                one.period_start,
                one.period_end,
                *year_and_term(period, basis),
                calendar_of(period, basis, one.period_start, one.period_end),
                sort_order(period, basis),
            )
    yield from sorted(found.values(), key=lambda row: (row[-1], row[0]))


def _breakdowns(star: Star) -> Iterator[Row]:
    """As the first measure that has the group calls it; everyone first."""
    found: dict[tuple[str, str], Measure] = {}
    for one in star.figures():
        found.setdefault((one.breakdown, one.category), star.measures[one.measure_id])
    ordered = sorted(found, key=lambda group: _place(found[group], *group))
    for number, group in enumerate(ordered, start=1):
        words = group_words(found[group], *group)
        label = words[0] if group[0] == ALL else ": ".join(words)
        yield breakdown_id(*group), *group, label, *words, number


def _place(measure: Measure, breakdown: str, category: str) -> tuple[object, ...]:
    if breakdown == ALL:
        return False, breakdown, (), category
    return True, breakdown, place_of(measure, breakdown, category), category


def _symbols(_star: Star) -> Iterator[Row]:
    for symbol in Symbol:
        yield symbol.value, symbol.meaning


def _bases(_star: Star) -> Iterator[Row]:
    for basis, words in BASES.items():
        yield basis, *words


def _sources(star: Star) -> Iterator[Row]:
    own = star.area.organisations
    found: dict[str, Row] = {}
    for one in star.figures():
        kind = "own" if one.source in own else "published"
        told = (one.source, one.version, one.as_at_on, kind, one.invented)
        found.setdefault(key := source_id(one), (key, *told))
    yield from _sorted_by_key(found)


def _sorted_by_key(found: Mapping[str, Row]) -> Iterable[Row]:
    return (found[key] for key in sorted(found))


def _edition(star: Star) -> Iterator[Row]:
    edition = star.edition
    yield (
        edition.name,
        star.area.code,
        edition.term,
        edition.label,
        edition.published_on,
        edition.licence,
        edition.licence_address,
        edition.sharing,
        edition.invented,
    )


_ROWS: Mapping[str, Callable[[Star], Iterator[Row]]] = {
    "fact_observation": fact_rows,
    "dim_measure": _measures,
    "dim_area": _areas,
    "dim_period": _periods,
    "dim_breakdown": _breakdowns,
    "dim_symbol": _symbols,
    "dim_basis": _bases,
    "dim_source": _sources,
    "dim_edition": _edition,
}
