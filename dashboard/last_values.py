"""What an area sent last term, cell by cell, for the template's greyed figures."""

from collections.abc import Mapping

from dashboard.queries.figures import get_headlines
from dashboard.viewer import Viewer
from loaders.template import LastValues
from schemas.area_settings import AreaSettings
from schemas.database import Database
from schemas.extract import ALL
from schemas.extracts import load_extracts
from schemas.measure import Measure, load_measures
from schemas.observation import Observation
from schemas.term import Term

Place = tuple[str, str, str]  # extract, indicator, categories in the order of the filters


def last_values(database: Database, settings: AreaSettings, term: Term) -> LastValues:
    """Finds last term's figure of any cell; None where it is not known.

    Only figures that stand in the store as they were sent can be found: the whole-detail
    observations of counts, and values that are sent ready-made (medians and the like).
    """
    before = term.shifted(-1).label
    known: dict[Place, float | str] = {}
    with database.reading() as connection:
        shown = get_headlines(connection, Viewer.staff, settings.code)
    for measure in load_measures().values():
        for one in shown.get(measure.id, ()):
            if one.observation.period == before:
                known |= _cells(measure, one.observation)

    def find(
        extract_id: str, indicator_id: str, categories: Mapping[str, str]
    ) -> float | str | None:
        wanted = "+".join(categories.values()) or ALL
        return known.get((extract_id, indicator_id, wanted))

    return find


def _cells(measure: Measure, one: Observation) -> dict[Place, float | str]:
    """The cells of the sheet that an observation shows as they were sent."""
    source, extract = measure.source, load_extracts()[measure.source.extract]
    if one.basis not in ("in_term", "snapshot"):
        return {}
    names, parts = one.breakdown.split("+"), one.category.split("+")
    by_filter = dict(zip(names, parts, strict=True)) if one.breakdown != ALL else {}
    column = source.columns.get(by_filter.pop(source.columns_by or "", ""))
    for name, allowed in source.where.items():
        if len(allowed) == 1:
            by_filter.setdefault(name, allowed[0])
    if set(by_filter) != set(extract.filter_ids):
        return {}
    place = "+".join(by_filter[name] for name in extract.filter_ids) or ALL
    cells: dict[Place, float | str] = {}
    if column:
        cells[extract.id, column, place] = _shown(one.numerator, one.symbol)
    elif len(source.numerator) == 1 and not source.less and source.derive != "weighted_mean":
        cells[extract.id, source.numerator[0], place] = _shown(one.numerator, one.symbol)
    elif source.derive == "weighted_mean":
        cells[extract.id, source.numerator[0], place] = _shown(one.value, one.symbol)
    if (
        len(source.denominator) == 1
        and one.denominator is not None
        and not source.where_denominator
    ):
        cells[extract.id, source.denominator[0], place] = one.denominator
    return cells


def _shown(number: float | None, symbol: str | None) -> float | str:
    return number if number is not None else (symbol or "x")
