"""The columns of the DfE's layout: what a measure's numbers and a sheet's filters are called."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from dashboard.charts.table import Raw, unrounded
from dashboard.public.figures import PublicFigure
from schemas.measure import Measure
from schemas.symbol import Symbol

Part = Literal["number", "out_of", "value"]
TOTAL = "Total"

# The DfE's harmonised names, which every file of its own and of ours must use for these.
FILTER_COLUMNS: Mapping[str, str] = {
    "phase": "education_phase",
    "school_phase": "education_phase",
    "primary_need": "sen_primary_need",
    "sen_status": "sen_provision",
    "school_type": "establishment_type",
}
_ITEMS: Mapping[tuple[str, str], str] = {
    ("sen_status", "EHC plan"): "Education, health and care plan",
    ("sen_status", "SEN support"): "SEN support / SEN without an EHC plan",
    ("sen_status", "No SEN"): "No SEN provision",
}
# Names with `sen_` or `primary_need` in them are kept for the DfE's own filters.
_STEMS: Mapping[str, str] = {
    "sen_support_pct": "support_without_plan",
    "ehcp_primary_need": "ehcp_main_need",
    "ehcp_pct_pupils": "ehcp_pupils",
}
_ENDINGS = {"count": "count", "percent": "percent", "per_100": "rate", "per_10k": "rate"}
_CUT = ("_pct", "_rate", "_days", "_weeks", "_months")
_ADDED = {"number": ": number counted", "out_of": ": out of", "value": ""}


@dataclass(frozen=True)
class Indicator:
    """One column of numbers. `unit` and `decimals` as the metadata file has them."""

    name: str
    label: str
    group: str
    unit: str
    decimals: int
    measure_id: str
    part: Part


@dataclass(frozen=True)
class FilterColumn:
    """One column of categories. `items` are all that stand in it, its default first."""

    name: str
    label: str
    items: tuple[str, ...]


def indicators_of(measure: Measure) -> tuple[Indicator, ...]:
    """A share or rate with the two counts it is made of; an average with what it is over."""
    parts: tuple[Part, ...] = ("value",)
    if measure.source.derive == "ratio":
        parts = ("number", "out_of", "value")
    elif measure.source.derive == "weighted_mean":
        parts = ("out_of", "value")
    return tuple(_indicator(measure, part) for part in parts)


def _indicator(measure: Measure, part: Part) -> Indicator:
    stem = _STEMS.get(measure.id, measure.id)
    for ending in _CUT:
        stem = stem.removesuffix(ending)
    is_value = part == "value"
    return Indicator(
        name=f"{stem}_{_ENDINGS.get(measure.unit, measure.unit) if is_value else part}",
        label=measure.title + _ADDED[part],
        group=measure.short_title,
        unit="%" if is_value and measure.unit == "percent" else "",
        decimals=measure.decimals if is_value else 0,
        measure_id=measure.id,
        part=part,
    )


def cell(one: PublicFigure, part: Part) -> Raw:
    """The number, or the symbol in its place. A rate of fewer than 20 has the symbol `u`, since a
    cell holds one thing; the two counts beside it are shown."""
    if part == "out_of" and one.denominator is not None:
        return unrounded(one.denominator)
    if one.value is None:
        return one.symbol or Symbol.x.value
    if part == "value" and one.unreliable:
        return Symbol.u.value
    found = {"number": one.numerator, "out_of": one.denominator, "value": one.value}[part]
    return Symbol.x.value if found is None else unrounded(found)


def filter_column(name: str) -> str:
    return FILTER_COLUMNS.get(name, name)


def filter_item(name: str, label: str) -> str:
    """A category as the DfE writes it, where it has one like it."""
    return _ITEMS.get((name, label), label)
