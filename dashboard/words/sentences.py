"""Sentences about a value and its change that judge nothing."""

from dashboard.analysis.difference import difference_of
from dashboard.view import Point
from dashboard.words.periods import when
from dashboard.words.values import (
    amount_words,
    format_value,
    number,
    possessive,
    symbol_words,
)
from schemas.measure import Measure
from schemas.term import Month, Term, parse_period

_POLARITY = {
    "higher_better": "A higher number is better.",
    "lower_better": "A lower number is better.",
    "neutral": "Neither a higher nor a lower number is better.",
}

_THEMES = {
    "plans": "EHC plans",
    "timeliness": "How long plans take",
    "health_waits": "Waits for health services",
    "in_school": "In school",
    "where_learning": "Where children learn",
    "families": "Families’ experience",
}


def polarity_words(polarity: str) -> str:
    return _POLARITY[polarity]


def theme_words(theme: str) -> str:
    return _THEMES[theme]


def change_words(now: Point | None, before: Point | None, measure: Measure, earlier: str) -> str:
    """`up 3.2 percentage points on Autumn 2024/25`; says so when there is nothing to compare.

    `earlier` is the earlier period in words, needed when there is no earlier figure.
    """
    if before is None:
        return f"no figure for {earlier}"
    if before.value is None:
        return f"{earlier} is {symbol_words(before.symbol)}, so no change is shown"
    if now is None or now.value is None:
        return "no change is shown"
    change = difference_of(measure, now, before) or 0.0
    size = number(abs(change), measure.decimals)
    if change == 0:
        return f"the same as {earlier}"
    if not size.strip("0.,"):
        return f"almost the same as {earlier}"
    return f"{'up' if change > 0 else 'down'} {amount_words(change, measure)} on {earlier}"


def a_year_before(period: str) -> str:
    """The same term last year as it stands in a sentence: `Autumn 2024/25`."""
    term = parse_period(period)
    if isinstance(term, Month):
        return f"{term.title[:-4]}{term.year - 1}"
    return term.last_year.short_title if isinstance(term, Term) else "the year before"


def headline_sentence(measure: Measure, area: str, about: str, latest: Point, change: str) -> str:
    """The newest figure in one breath: period, value, change.

    Args:
        about: the group the headline is about (`EHC plan`), or "".
        change: what `change_words` gives, or "" to leave it out.
    """
    whose = f"{possessive(area)} figure{f' ({about})' if about else ''}"
    opening = when(latest.period, measure.basis)
    if latest.value is None:
        return f"{opening} {whose} {_is(latest.symbol)}."
    status = " (provisional)" if latest.status == "provisional" else ""
    said = f"{opening} {whose} was {format_value(latest.value, measure)}{status}"
    return said + (f", {change}." if change else ".")


def _is(symbol: str | None) -> str:
    words = symbol_words(symbol)
    return words if words.startswith("rounds") else f"is {words}"
