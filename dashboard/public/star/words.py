"""What the keys of the star are called: bases, groups, periods."""

from collections.abc import Mapping

from dashboard.analysis.disclosure.merge import label_of
from dashboard.public.data.labels import breakdown_words
from dashboard.words.periods import period_short, period_words
from schemas.extract import ALL
from schemas.measure import Measure
from schemas.term import Month, Period, parse_period

# By basis: its name and what it means.
BASES: Mapping[str, tuple[str, str]] = {
    "snapshot": ("On a day", "Counted on the last day of the period, or on a census day."),
    "in_term": ("In a term", "What happened in the term."),
    "in_month": ("In a month", "What happened in the month."),
    "ytd": ("School year so far", "What happened from the start of the school year to the end."),
    "rolling3": ("Three terms", "What happened in the term and the two before it."),
    "calendar_year": ("Calendar year", "January to December, as publishers count it."),
    "academic_year": ("School year", "A whole school year, as publishers count it."),
    "financial_year": ("Financial year", "April to March, as publishers count it."),
}
# By basis of a whole year: whose it is, its name, the last day of it, and how many years later.
_YEARS: Mapping[str, tuple[str, str, str, int]] = {
    "calendar_year": ("calendar", "Calendar year", "1231", 0),
    "academic_year": ("academic", "School year", "0831", 1),
    "financial_year": ("financial", "Financial year", "0331", 1),
}


def group_words(measure: Measure, breakdown: str, category: str) -> tuple[str, str]:
    """`("Phase", "Primary")`; everyone is `("Everyone", "Everyone")`."""
    if breakdown == ALL:
        return "Everyone", "Everyone"
    return breakdown_words(measure, breakdown), label_of(measure, breakdown, category)


def period_names(period: str, basis: str) -> tuple[str, str]:
    """`("Autumn term 2025/26", "Autumn 2025/26")`."""
    if basis in _YEARS:
        name = f"{_YEARS[basis][1]} {period.replace('-', '/')}"
        return name, name
    words, short = period_words(period, basis), period_short(period, basis)
    return f"{words[0].upper()}{words[1:]}", f"{short[0].upper()}{short[1:]}"


def calendar_of(period: str, basis: str, start: str, end: str) -> str:
    """Whose year or term it is: `flow`, `dfe`, `month`, `calendar`, `academic`, `financial`."""
    if basis in _YEARS:
        return _YEARS[basis][0]
    found = _parse(period)
    if isinstance(found, Month):
        return "month"
    easter = end == found.dfe_window.end.isoformat() != found.flow_window.end.isoformat()
    return "dfe" if easter or start.endswith("-08-01") else "flow"


def year_and_term(period: str, basis: str) -> tuple[str, str]:
    """`("2025-26", "autumn")`; "" where there is none."""
    if basis in _YEARS:
        return (period if basis == "academic_year" else ""), ""
    found = _parse(period)
    term = found.term if isinstance(found, Month) else found
    return term.label.split(" ")[0], term.season.name


def sort_order(period: str, basis: str) -> int:
    """A day as a number, 20251231: one for each name, or Power BI could not sort by it."""
    if basis in _YEARS:
        _, _, day, later = _YEARS[basis]
        return int(f"{int(period[:4]) + later}{day}")
    found = _parse(period)
    window = found.window if isinstance(found, Month) else found.flow_window
    return int(f"{window.end:%Y%m%d}")


def _parse(period: str) -> Period:
    """Not for whole years: the school year `2011-12` is written like a month."""
    found = parse_period(period)
    assert found is not None, f"{period} is neither a term nor a month"
    return found
