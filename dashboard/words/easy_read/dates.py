"""A day or a term in full, as families read it: `Tuesday 3 March 2026`, `summer 2026`."""

import datetime as dt

from dashboard.words.easy_read.catalogue import Catalogue, fill
from schemas.term import Term


def day_in_full(day: dt.date, catalogue: Catalogue) -> str:
    """`Tuesday 3 March 2026`."""
    return fill(
        catalogue.dates["day"],
        weekday=catalogue.calendar.days[day.weekday()],
        day=str(day.day),
        month=month_name(day.month, catalogue),
        year=str(day.year),
    )


def months_in_full(start: dt.date, end: dt.date, catalogue: Catalogue) -> str:
    """`January to December 2025`, or `August 2024 to July 2025`; of one month `May 2025`."""
    first, last = month_and_year(start, catalogue), month_and_year(end, catalogue)
    if first == last:
        return last
    if start.year == end.year:
        first = month_name(start.month, catalogue)
    return fill(catalogue.dates["from_to"], start=first, end=last)


def month_and_year(day: dt.date, catalogue: Catalogue) -> str:
    """`May 2025`."""
    name = month_name(day.month, catalogue)
    return fill(catalogue.dates["month"], month=name, year=str(day.year))


def month_name(number: int, catalogue: Catalogue) -> str:
    """`January` for 1."""
    return catalogue.calendar.names[number - 1]


def counted(start: dt.date, end: dt.date, catalogue: Catalogue) -> str:
    """`We counted on …` for a day, else `We counted from … to …`."""
    if start == end:
        return fill(catalogue.dates["counted_on"], day=day_in_full(end, catalogue))
    return fill(
        catalogue.dates["counted_from"],
        start=day_in_full(start, catalogue),
        end=day_in_full(end, catalogue),
    )


def term_in_year(term: Term, catalogue: Catalogue) -> str:
    """The season with the calendar year it lies in: `summer 2026`."""
    season = catalogue.calendar.seasons[term.season.name]
    return fill(catalogue.dates["season"], season=season, year=str(term.year))
