"""The metadata file beside each tidy file: what every filter and indicator is, for a machine."""

from collections.abc import Iterable, Iterator, Sequence

from dashboard.downloads.separated import Rows, csv_bytes
from dashboard.public.data.columns import TOTAL, FilterColumn, Indicator, filter_column
from dashboard.public.data.labels import heading
from dashboard.public.data.tidy_rows import OWN, Found
from dashboard.words.values import listed
from schemas.extract import ALL
from schemas.extracts import load_extracts
from schemas.measure import Measure
from schemas.observation import JOIN

HEADINGS = (
    "col_name",
    "col_type",
    "label",
    "indicator_grouping",
    "indicator_unit",
    "indicator_dp",
    "filter_hint",
    "filter_grouping_column",
    "filter_default",
)
_OWN_LABELS = {"time_covered": "Length of time", "figures_from": "Where the figures come from"}
_MOST = 3  # items that a hint names


def filter_columns(found: Found, measures: Iterable[Measure]) -> Iterator[FilterColumn]:
    """The columns that have more than one item; the standard wants no others."""
    headings = _OWN_LABELS | {
        filter_column(name): heading(measure, name)
        for measure in measures
        for name in _names(found, measure)
    }
    for name, label in headings.items():
        items = sorted({row.items.get(name, TOTAL) for row in found}, key=_default_first)
        if len(items) > 1:
            yield FilterColumn(name, label, tuple(items))


def _names(found: Found, measure: Measure) -> list[str]:
    """In the order of its sheet, so that every edition has its columns in one order."""
    used = {figures[measure.id].breakdown for figures in found.values() if measure.id in figures}
    names = {name for breakdown in used for name in breakdown.split(JOIN)} - {ALL}
    order = [one.id for one in load_extracts()[measure.source.extract].filters]
    return sorted(names, key=lambda name: order.index(name) if name in order else len(order))


def _default_first(item: str) -> tuple[bool, str]:
    return item not in (TOTAL, "Term", OWN), item


def meta_rows(filters: Sequence[FilterColumn], indicators: Sequence[Indicator]) -> Rows:
    rows = [*map(_filter_row, filters), *map(_indicator_row, indicators)]
    return Rows(HEADINGS, tuple(rows))


def meta_bytes(rows: Rows) -> bytes:
    """As `csv_bytes` writes it, but a lone `%` stays as the standard wants it: no formula is one
    sign long."""
    return csv_bytes(rows).replace(b",'%,", b",%,")


def _filter_row(one: FilterColumn) -> tuple[str, ...]:
    shown = one.items[:_MOST]
    rest = len(one.items) - len(shown)
    hint = listed([*shown, f"{rest} more"] if rest else shown)
    return (one.name, "Filter", one.label, "", "", "", hint, "", one.items[0])


def _indicator_row(one: Indicator) -> tuple[str | float, ...]:
    return (one.name, "Indicator", one.label, one.group, one.unit, one.decimals, "", "", "")
