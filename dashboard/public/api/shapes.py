"""The JSON Schemas of the API: what stands in every document, field by field."""

from collections.abc import Mapping
from typing import Any, get_args

from dashboard.public.star.shape import Column, TableShape
from dashboard.public.star.shapes import (
    AREA,
    BASIS,
    BREAKDOWN,
    EDITION,
    FACT,
    PERIOD,
    SOURCE,
    SYMBOL,
)
from dashboard.public.star.words import BASES
from schemas.measure import Measure
from schemas.observation import STATUSES
from schemas.symbol import Symbol

Schema = dict[str, Any]
_TEXT: Schema = {"type": "string"}
_FLAG: Schema = {"type": "boolean"}
_WHOLE: Schema = {"type": "integer"}
_TEXT_OR_NONE: Schema = {"type": ["string", "null"]}
_NUMBER_OR_NONE: Schema = {"type": ["number", "null"]}
_DAY: Schema = {"type": "string", "format": "date"}
_LINKS: Schema = {"type": "object", "additionalProperties": _TEXT}
_KINDS: Mapping[str, Schema] = {
    "text": _TEXT,
    "whole number": _WHOLE,
    "number": _NUMBER_OR_NONE,
    "date": _DAY,
    "yes or no": _FLAG,
}
_ABOUT = {column.name: column.about for column in FACT.columns}


def schemas() -> dict[str, Schema]:
    """Every schema by its name."""
    return {
        "Figure": _figure(),
        "Measure": _measure(),
        "Definition": _definition(),
        "Area": _row(AREA),
        "Period": _row(PERIOD),
        "Breakdown": _row(BREAKDOWN),
        "Source": _row(SOURCE),
        "Symbol": _row(SYMBOL),
        "Publication": _row(EDITION, {"next_on": {"type": ["string", "null"], "format": "date"}}),
        "AreaDocument": _document(
            area=_object(code=_TEXT, slug=_TEXT, name=_TEXT, partnership=_TEXT),
            publication=_ref("Publication"),
            symbols=_array(_ref("Symbol")),
        ),
        "MeasuresDocument": _document(measures=_array(_listed_measure())),
        "MeasureDocument": _document(
            measure=_ref("Definition"),
            left_out=_array(_object(breakdown=_TEXT, words=_TEXT)),
            **_figures(),
        ),
        "PeriodsDocument": _document(periods=_array(_ref("Period"))),
        "BreakdownsDocument": _document(breakdowns=_array(_ref("Breakdown"))),
        "FiguresDocument": _document(**_figures()),
        "AreasList": _object(areas=_array(_published_area())),
        "VersionsList": _object(versions=_array(_version())),
        "Problem": _object(type=_TEXT, title=_TEXT, status=_WHOLE, detail=_TEXT),
    }


def _object(**fields: Schema) -> Schema:
    return {"type": "object", "properties": fields, "required": list(fields)}


def _array(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _one_of(values: Any, about: str = "") -> Schema:
    return {"type": "string", "enum": list(values)} | ({"description": about} if about else {})


def _row(table: TableShape, more: Mapping[str, Schema] | None = None) -> Schema:
    fields = {column.name: _column(column) for column in table.columns}
    return _object(**fields, **(more or {})) | {"description": table.about}


def _column(column: Column) -> Schema:
    return _KINDS[column.kind] | {"description": column.about}


def _document(**fields: Schema) -> Schema:
    return _object(
        api_version=_TEXT, area_code=_TEXT, edition=_TEXT, invented=_FLAG, links=_LINKS, **fields
    )


def _figures() -> dict[str, Schema]:
    return {
        "areas": _array(_ref("Area")),
        "sources": _array(_ref("Source")),
        "figures": _array(_ref("Figure")),
    }


def _figure() -> Schema:
    """Either a value or a symbol that says why there is none."""
    symbols = {"type": ["string", "null"], "enum": [*(one.value for one in Symbol), None]}
    fields = {
        "measure_id": _TEXT,
        "area_code": _TEXT,
        "period_id": _TEXT,
        "period": _TEXT | {"description": "2025-26 autumn, 2026-01, 2025 or 2024-25"},
        "basis": _one_of(BASES),
        "breakdown": _TEXT,
        "category": _TEXT,
        "numerator": _NUMBER_OR_NONE,
        "denominator": _NUMBER_OR_NONE,
        "value": _NUMBER_OR_NONE,
        "symbol": symbols,
        "unreliable": _FLAG,
        "rounded": _FLAG,
        "status": _one_of(STATUSES),
        "definition_version": _WHOLE,
        "source_id": _TEXT,
    }
    told = {
        name: field | ({"description": _ABOUT[name]} if name in _ABOUT else {})
        for name, field in fields.items()
    }
    hidden = {"properties": {"symbol": {"const": "c"}}}
    nothing = {"properties": {"value": {"type": "null"}, "numerator": {"type": "null"}}}
    return _object(**told) | {
        "description": f"{FACT.about}. {BASIS.about}: see basis.",
        "if": hidden,
        "then": nothing,
    }


def _measure_fields() -> dict[str, Schema]:
    def of(name: str) -> Schema:
        return _one_of(get_args(Measure.model_fields[name].annotation))

    return {
        "id": _TEXT,
        "title": _TEXT,
        "short_title": _TEXT,
        "theme": of("theme"),
        "core": _FLAG,
        "unit": of("unit"),
        "decimals": _WHOLE,
        "polarity": of("polarity"),
        "basis": of("basis"),
        "headline": _object(breakdown=_TEXT, category=_TEXT),
        "definition_version": _WHOLE,
    }


def _measure() -> Schema:
    return _object(**_measure_fields())


def _listed_measure() -> Schema:
    newest = {"anyOf": [_ref("Figure"), {"type": "null"}]}
    return {"allOf": [_ref("Measure"), _object(newest=newest, address=_TEXT)]}


def _definition() -> Schema:
    target = _object(value={"type": "number"}, kind=_TEXT, source=_TEXT)
    return _object(
        **_measure_fields(),
        description=_TEXT,
        numerator=_TEXT,
        denominator=_TEXT_OR_NONE,
        exclusions=_TEXT_OR_NONE,
        why_it_matters=_TEXT,
        can_mislead=_TEXT,
        cannot_tell=_TEXT_OR_NONE,
        target={"anyOf": [target, {"type": "null"}]},
        owner=_TEXT,
        next_review=_DAY,
    )


def _published_area() -> Schema:
    return _object(code=_TEXT, slug=_TEXT, name=_TEXT, latest=_TEXT, address=_TEXT, versions=_TEXT)


def _version() -> Schema:
    return _object(
        name=_TEXT,
        published_at={"type": "string", "format": "date-time"},
        state=_one_of(("current", "superseded", "withdrawn")),
        superseded_by=_TEXT_OR_NONE,
        address=_TEXT,
    )
