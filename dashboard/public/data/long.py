"""Everything as one long table: one figure a row, unrounded, with names and words beside codes."""

from collections.abc import Iterable, Iterator, Mapping

from dashboard.charts.table import Raw, row_period, unrounded
from dashboard.downloads.separated import Rows
from dashboard.public.data.labels import breakdown_words, category_words
from dashboard.public.data.neighbours import NEIGHBOURS, neighbours_together
from dashboard.public.data.tidy_rows import OWN, PUBLISHED
from dashboard.public.figures import PublicFigure
from dashboard.public.release import PublicRelease
from dashboard.words.sentences import theme_words
from dashboard.words.values import measured_in, symbol_words
from schemas.area import load_areas
from schemas.measure import Measure

COLUMNS: Mapping[str, str] = {
    "measure_id": "The measure’s name for machines",
    "measure": "The measure’s title",
    "theme": "The group of measures it belongs to",
    "area_code": "The area’s code; empty for the statistical neighbours together",
    "area_name": "The area’s name, or how the neighbours’ figure was made",
    "figures_from": "“Local partnership” or “Published statistics”",
    "period": "The term (2025-26 autumn), month (2026-01) or year",
    "period_words": "The same in words",
    "period_start": "First day counted",
    "period_end": "Last day counted; of a count on a day, that day",
    "basis": "How the time was counted, for machines",
    "basis_words": "The same in words",
    "breakdown": "The filters it is broken down by, joined by +; all for the whole",
    "breakdown_words": "The same in words",
    "category": "The categories, joined by +; all for the whole",
    "category_words": "The same in words",
    "numerator": "The number counted",
    "denominator": "Out of how many",
    "value": "The figure, unrounded, in its unit",
    "unit": "What the figure is measured in",
    "symbol": "Why there is no figure: c, x, z, low or u",
    "symbol_words": "The same in words",
    "unreliable": "yes for a rate of fewer than 20",
    "rounded": "yes where counts are rounded to the nearest 5 (figures of the NHS)",
    "status": "provisional, final or revised",
    "definition_version": "The version of the measure’s definition",
    "source": "Who sent or published it",
    "version": "Which release it stands in",
    "as_at_on": "The day the source was as it is shown",
    "invented": "yes for invented sample data",
}
_BASES = {
    "snapshot": "on the last day",
    "in_term": "in the term",
    "in_month": "in the month",
    "ytd": "school year to date",
    "rolling3": "three terms to the end of the term",
    "calendar_year": "calendar year",
    "academic_year": "school year",
    "financial_year": "financial year",
}


def long_rows(release: PublicRelease) -> Rows:
    """All measures, each with its own figures first."""
    found = (row for one in release.measures.values() for row in measure_rows(release, one))
    return Rows(tuple(COLUMNS), tuple(found))


def measure_rows(release: PublicRelease, measure: Measure) -> Iterator[tuple[Raw, ...]]:
    """The rows of one measure: the area's, the publishers', and the neighbours' together."""
    about = measure.id
    own = (one for one in release.own if one.measure_id == about)
    beside = [one for one in release.beside if one.measure_id == about]
    areas = load_areas()
    yield from _rows(own, measure, OWN, {release.area.code: release.area.name})
    names = {area.code: area.name for one in beside if (area := areas.get(one.area_code))}
    held = [one for one in beside if one.area_code]
    yield from _rows(held, measure, PUBLISHED, names)
    for together in neighbours_together(beside, measure, release).values():
        how = f"{NEIGHBOURS}: {together.how}"
        yield from _rows(together.figures, measure, PUBLISHED, {"": how})


def _rows(
    figures: Iterable[PublicFigure], measure: Measure, origin: str, names: Mapping[str, str]
) -> Iterator[tuple[Raw, ...]]:
    for one in figures:
        yield tuple(_cells(one, measure, origin, names.get(one.area_code, "")))


def _cells(one: PublicFigure, measure: Measure, origin: str, area_name: str) -> Iterator[Raw]:
    own = origin == OWN
    yield from (measure.id, measure.title, theme_words(measure.theme))
    yield from (one.area_code, area_name, origin)
    yield from (one.period, row_period(one.period, one.basis, own), one.period_start)
    yield from (one.period_end, one.basis, _BASES[one.basis])
    yield from (one.breakdown, breakdown_words(measure, one.breakdown), one.category)
    yield category_words(measure, one.breakdown, one.category)
    yield from (_number(one.numerator), _number(one.denominator), _number(one.value))
    yield measured_in(measure)
    symbol = None if one.value is not None else one.symbol
    yield from (symbol or "", symbol_words(symbol) if symbol else "")
    yield from (_yes(one.unreliable), _yes(one.rounded), one.status, one.definition_version)
    yield from (one.source, one.version, one.as_at_on, _yes(one.invented))


def _number(value: float | None) -> Raw:
    return "" if value is None else unrounded(value)


def _yes(fact: bool) -> str:
    return "yes" if fact else "no"
