"""A day or a term in full, as families read it: `Tuesday 3 March 2026`, `summer 2026`."""

import datetime as dt
from collections.abc import Sequence

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


def counted(spans: Sequence[tuple[dt.date, dt.date]], catalogue: Catalogue) -> tuple[str, ...]:
    """`We counted from … to …` for each time, `We counted on …` for a day by itself, `We counted
    some things on …` for a day beside other times."""
    one_day = "counted_on" if len(spans) == 1 else "counted_also"
    return tuple(_counted(start, end, one_day, catalogue) for start, end in spans)


def _counted(start: dt.date, end: dt.date, one_day: str, catalogue: Catalogue) -> str:
    day = day_in_full(end, catalogue)
    if start == end:
        return fill(catalogue.dates[one_day], day=day)
    return fill(catalogue.dates["counted_from"], start=day_in_full(start, catalogue), end=day)


def term_in_year(term: Term, catalogue: Catalogue) -> str:
    """The season with the calendar year it lies in: `summer 2026`."""
    season = catalogue.calendar.seasons[term.season.name]
    return fill(catalogue.dates["season"], season=season, year=str(term.year))
