"""A period or a day as a person would say it: `Autumn term 2025/26`, `31 August 2026`."""

import datetime as dt

from schemas.term import Month, Season, Term, parse_period


def period_words(period: str, basis: str) -> str:
    """`Autumn term 2025/26`, `January 2025`, `calendar year 2024`, `school year 2023/24`."""
    return _period(period, basis, short=False)


def period_short(period: str, basis: str) -> str:
    """The same where space is short: `Autumn 2025/26`."""
    return _period(period, basis, short=True)


def period_shortest(period: str, basis: str) -> str:
    """Where space is shorter still and the kind of period is known: `2025`, `2023/24`."""
    words = period_short(period, basis)
    for kind in ("calendar year ", "school year ", "financial year "):
        words = words.removeprefix(kind)
    return words


def _period(period: str, basis: str, short: bool) -> str:
    found = parse_period(period)
    if isinstance(found, Term) and basis == "ytd":
        return _year_to(found)
    if isinstance(found, Term) and basis == "rolling3":
        return f"three terms to {found.short_title}"
    if isinstance(found, Term):
        return found.short_title if short else found.title
    if isinstance(found, Month):
        return found.title
    kind = {"academic_year": "school year", "financial_year": "financial year"}.get(basis)
    return f"{kind or 'calendar year'} {period.replace('-', '/')}"


def _year_to(term: Term) -> str:
    years = term.title.rsplit(" ", 1)[1]
    if term.season is Season.summer:
        return f"school year {years}"
    return f"Autumn and spring terms {years}" if term.season is Season.spring else term.title


def when(period: str, basis: str) -> str:
    """As a sentence begins: `In the autumn term 2025/26`, `At the end of the summer term 2025/26`,
    `At the end of March 2026`."""
    found = parse_period(period)
    words = period_words(period, basis)
    if isinstance(found, Term) and basis in ("in_term", "snapshot"):
        words = f"the {words[0].lower()}{words[1:]}"
    return f"At the end of {words}" if basis == "snapshot" else f"In {words}"


def day_words(iso: str) -> str:
    """`31 August 2026` from an ISO date."""
    day = dt.date.fromisoformat(iso)
    return f"{day.day} {day:%B %Y}"
