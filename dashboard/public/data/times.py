"""When a figure is of, as the Department for Education writes it: `202526`, `Autumn term`."""

from dataclasses import dataclass
from typing import Literal

from dashboard.public.figures import PublicFigure
from schemas.measure import ANNUAL
from schemas.term import Month, Term, parse_period

Kind = Literal["terms", "months", "calendar-years", "academic-years", "financial-years"]
KINDS: dict[Kind, str] = {
    "terms": "terms",
    "months": "months",
    "calendar-years": "calendar years",
    "academic-years": "school years",
    "financial-years": "financial years",
}
_YEARS: dict[str, tuple[str, Kind]] = {
    "calendar_year": ("Calendar year", "calendar-years"),
    "academic_year": ("Academic year", "academic-years"),
    "financial_year": ("Financial year", "financial-years"),
}
_COVERED = {"ytd": "School year to date", "rolling3": "Three terms to the end of the term"}


@dataclass(frozen=True, order=True)
class Time:
    """`place` is that of the term or month in its year; times sort. `kind` says in which file it
    may stand: the standard keeps terms, months and each kind of year apart. `covered` says how
    long the time is where a file holds several."""

    period: str
    place: int
    identifier: str
    kind: Kind
    covered: str


def time_of(one: PublicFigure) -> Time:
    """A term belongs to its school year (`202526`), a month to its calendar year (`2026`)."""
    found = None if one.basis in ANNUAL else parse_period(one.period)
    if isinstance(found, Term):
        years = found.label[:7].replace("-", "")
        name = f"{found.season.name.capitalize()} term"
        return Time(years, found.season, name, "terms", _COVERED.get(one.basis, "Term"))
    if isinstance(found, Month):
        name = found.title.split(" ")[0]
        return Time(str(found.year), found.month, name, "months", "Month")
    identifier, kind = _YEARS[one.basis]
    return Time(one.period.replace("-", "").replace("/", ""), 0, identifier, kind, "Year")
