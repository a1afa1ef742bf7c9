"""How findings are worded and keyed, so that all checks say the same thing in the same way."""

from dashboard.releases.checks.finding import Finding, Severity, key_of
from dashboard.releases.checks.material import Material
from dashboard.views.categories import breakdown_title, category_label
from dashboard.words.periods import period_short
from dashboard.words.values import format_value, symbol_words
from schemas.extract import ALL
from schemas.extracts import load_extracts
from schemas.measure import Measure
from schemas.observation import JOIN, Observation


def about_measure(
    material: Material,
    check_id: str,
    severity: Severity,
    measure: Measure,
    words: str,
    facts: tuple[str, ...] = (),
    headline: Observation | None = None,
) -> Finding:
    """A finding about a measure. Its key holds the headline figure it was found beside: when that
    is another, what was written about this one is no longer about it."""
    shown = headline or material.headline(measure)
    figure = amount_key(shown)
    period = shown.period if shown else material.version.term_label
    return Finding(
        check_id,
        severity,
        key_of(check_id, measure.id, period, figure, *facts),
        measure.id,
        measure.source.extract,
        period,
        f"{measure.short_title}: {words}",
        f"preview/{material.version.id}/measure/{measure.id}"
        if severity == "should"
        else "send-in",
    )


def about_sheet(
    material: Material,
    check_id: str,
    severity: Severity,
    subject: str,
    words: str,
    facts: tuple[str, ...] = (),
    link: str = "send-in",
) -> Finding:
    """A finding about a sheet or a file; `subject` is the extract's id or the file's number."""
    period = material.version.term_label
    extract = subject if subject in load_extracts() else ""
    key = key_of(check_id, subject, period, *facts)
    return Finding(check_id, severity, key, "", extract, period, words, link)


def amount_key(one: Observation | None) -> str:
    """A figure as it stands in a key, exact: `61.0`, `c`, "" when there is none."""
    if one is None:
        return ""
    return repr(one.value) if one.value is not None else str(one.symbol)


def figure_words(one: Observation, measure: Measure) -> str:
    return format_value(one.value, measure) if one.value is not None else symbol_words(one.symbol)


def place_words(one: Observation, measure: Measure) -> str:
    """`Phase: Primary, Summer 2025/26`, `Summer 2025/26`."""
    period = period_short(one.period, one.basis)
    where = category_words(one, measure)
    return f"{where}, {period}" if where else period


def category_words(one: Observation, measure: Measure) -> str:
    """The part a figure is about, in the words of its sheet, or as stored when it has none."""
    if one.breakdown == ALL:
        return ""
    if not is_known(one, measure):
        return f"{one.breakdown}: {one.category}"
    label = category_label(measure, one.breakdown, one.category)
    return f"{breakdown_title(measure, one.breakdown)}: {label}"


def is_known(one: Observation, measure: Measure) -> bool:
    """Whether the breakdown and its category are in the lists of the measure's sheet."""
    if ALL in (one.breakdown, one.category):
        return one.breakdown == one.category
    names, parts = one.breakdown.split(JOIN), one.category.split(JOIN)
    if len(names) != len(parts):
        return False
    filters = {f.id: f for f in load_extracts()[measure.source.extract].filters}
    return all(
        any(part == category.id for category in filters[name].categories)
        if name in filters
        else name == measure.source.columns_by and part in measure.source.columns
        for name, part in zip(names, parts, strict=True)
    )
