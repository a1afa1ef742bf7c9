"""The publication in the DfE's tidy layout: one table for each sheet and each kind of time."""

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.downloads.separated import Rows
from dashboard.public.data.columns import (
    FilterColumn,
    Indicator,
    filter_column,
    filter_item,
    indicators_of,
)
from dashboard.public.data.labels import by_filter
from dashboard.public.data.metadata import filter_columns, meta_rows
from dashboard.public.data.places import COLUMNS, place_of
from dashboard.public.data.tidy_rows import OWN, PUBLISHED, Found, Gaps, RowKey, row_cells
from dashboard.public.data.times import KINDS, Kind, time_of
from dashboard.public.figures import PublicFigure
from dashboard.public.release import PublicRelease
from schemas.extracts import load_extracts
from schemas.measure import Measure


@dataclass(frozen=True)
class TidyTable:
    """One data file with its metadata file. `name` is that of the files without their endings,
    `about` says in words what stands in it."""

    name: str
    about: str
    indicators: tuple[Indicator, ...]
    filters: tuple[FilterColumn, ...]
    data: Rows
    meta: Rows


def tidy_tables(release: PublicRelease) -> Iterator[TidyTable]:
    """In the order of the sheets. Figures of places the standard has no level for (NHS areas, the
    neighbours together) are left out: they stand in the long file."""
    found = _gather(release)
    for extract in load_extracts():
        for kind in KINDS:
            if (extract, kind) in found:
                yield _table(release, extract, kind, found[extract, kind])


def _gather(release: PublicRelease) -> dict[tuple[str, Kind], Found]:
    found: dict[tuple[str, Kind], Found] = {}
    for origin, figures in ((OWN, release.own), (PUBLISHED, release.beside)):
        for one in figures:
            place = place_of(one.area_code)
            if place:
                measure = release.measures[one.measure_id]
                row = RowKey(time_of(one), place, origin, _filters(one, measure))
                here = found.setdefault((measure.source.extract, row.time.kind), {})
                _put(here.setdefault(row, {}), one)
    return found


def _filters(one: PublicFigure, measure: Measure) -> tuple[tuple[str, str], ...]:
    labels = by_filter(measure, one.breakdown, one.category)
    items = ((filter_column(name), filter_item(name, labels[name])) for name in labels)
    return tuple(sorted(items))


def _put(held: dict[str, PublicFigure], one: PublicFigure) -> None:
    """Of two copies of a published figure the newer."""
    before = held.get(one.measure_id)
    if before is None or before.as_at_on <= one.as_at_on:
        held[one.measure_id] = one


def _table(release: PublicRelease, extract: str, kind: Kind, found: Found) -> TidyTable:
    used = {name for figures in found.values() for name in figures}
    measures = [one for one in release.measures.values() if one.id in used]
    indicators = tuple(column for one in measures for column in indicators_of(one))
    filters = tuple(filter_columns(found, measures))
    gaps = Gaps(found, release.left_out)
    names = (*(one.name for one in filters), *(one.name for one in indicators))
    rows = sorted(found, key=lambda row: row.sorts)
    return TidyTable(
        name=f"send-{release.area.slug}-{extract.replace('_', '-')}-{kind}",
        about=f"{load_extracts()[extract].sheet}, {KINDS[kind]}",
        indicators=indicators,
        filters=filters,
        data=Rows(
            ("time_period", "time_identifier", *COLUMNS, *names),
            tuple(tuple(row_cells(row, found[row], filters, indicators, gaps)) for row in rows),
        ),
        meta=meta_rows(filters, indicators),
    )
