"""What the files of the API are put together from: figures, measures, sources, areas."""

from typing import Any

from dashboard.public.figures import PublicFigure
from dashboard.public.star.dimensions import table_rows
from dashboard.public.star.facts import numbers
from dashboard.public.star.keys import period_id, source_id
from dashboard.public.star.shape import TableShape
from dashboard.public.star.star import Star
from schemas.measure import Measure

Record = dict[str, Any]


def figure_record(figure: PublicFigure) -> Record:
    """A figure that is not a number is `{"value": null, "symbol": "c"}`."""
    numerator, denominator, value = numbers(figure)
    return {
        "measure_id": figure.measure_id,
        "area_code": figure.area_code,
        "period_id": period_id(figure),
        "period": figure.period,
        "basis": figure.basis,
        "breakdown": figure.breakdown,
        "category": figure.category,
        "numerator": numerator,
        "denominator": denominator,
        "value": value,
        "symbol": figure.symbol,
        "unreliable": figure.unreliable,
        "rounded": figure.rounded,
        "status": figure.status,
        "definition_version": figure.definition_version,
        "source_id": source_id(figure),
    }


def measure_record(measure: Measure) -> Record:
    """What a list says of a measure."""
    return {
        "id": measure.id,
        "title": measure.title,
        "short_title": measure.short_title,
        "theme": measure.theme,
        "core": measure.core,
        "unit": measure.unit,
        "decimals": measure.decimals,
        "polarity": measure.polarity,
        "basis": measure.basis,
        "headline": {
            "breakdown": measure.headline.breakdown,
            "category": measure.headline.category,
        },
        "definition_version": measure.version,
    }


def definition_record(measure: Measure) -> Record:
    """The same with the whole definition."""
    target = measure.target
    return measure_record(measure) | {
        "description": measure.description,
        "numerator": measure.definition.numerator,
        "denominator": measure.definition.denominator or None,
        "exclusions": measure.definition.exclusions or None,
        "why_it_matters": measure.why_it_matters,
        "can_mislead": measure.can_mislead,
        "cannot_tell": measure.cannot_tell or None,
        "target": {"value": target.value, "kind": target.kind, "source": target.source}
        if target
        else None,
        "owner": measure.owner,
        "next_review": measure.next_review.isoformat(),
    }


def table_records(table: TableShape, star: Star) -> list[Record]:
    """The rows of a table of the star as records."""
    return [dict(zip(table.headings, row, strict=True)) for row in table_rows(table, star)]
