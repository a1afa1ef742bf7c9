"""A value, a period or a change as a person would say it: plain sentences that judge nothing."""

import datetime as dt
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from dashboard.view import Point
from schemas.measure import Measure
from schemas.symbol import Symbol
from schemas.term import Month, Season, Term, parse_period

_UNIT = {"percent": "%", "per_100": " per 100 pupils", "per_10k": " per 10,000 children"}
_ONE = {"days": "day", "weeks": "week", "months": "month"}
_MEASURED = {
    "count": "Number",
    "percent": "Per cent",
    "per_100": "For every 100 pupils",
    "per_10k": "For every 10,000 children",
}
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
}


def number(value: float, decimals: int) -> str:
    """`1,122`, `72.5`: halves are rounded away from nought, as people do it."""
    step = Decimal(1).scaleb(-decimals)
    rounded = Decimal(repr(float(value))).quantize(step, ROUND_HALF_UP)
    return f"{abs(rounded) if rounded == 0 else rounded:,}".replace("-", "−")


def format_value(value: float, measure: Measure) -> str:
    """With its unit: `72.5%`, `3.00 per 100 pupils`, `1,122`, `126 days`, `1 day`."""
    shown = number(value, measure.decimals)
    if measure.unit in _ONE:
        return f"{shown} {_ONE[measure.unit] if shown == '1' else measure.unit}"
    return shown + _UNIT.get(measure.unit, "")


def value_and_unit(value: float, measure: Measure) -> tuple[str, str]:
    """The same in two parts, for large type: (`424`, ` days`), (`72.5%`, "")."""
    whole = format_value(value, measure)
    shown = short_value(value, measure)
    return shown, whole.removeprefix(shown)


def short_value(value: float, measure: Measure) -> str:
    """For the ends of lines and the axis, where the unit stands in the subtitle: `72.5%`, `126`."""
    return number(value, measure.decimals) + ("%" if measure.unit == "percent" else "")


def round_value(value: float, measure: Measure) -> str:
    """With its unit and no needless decimals, for targets and axes: `100%`, `126 days`."""
    decimals = next((d for d in range(measure.decimals) if round(value, d) == value), None)
    shown = measure if decimals is None else measure.model_copy(update={"decimals": decimals})
    return format_value(value, shown)


def figure_words(point: Point, measure: Measure) -> str:
    """The value, or in words why there is none."""
    if point.value is not None:
        return format_value(point.value, measure)
    return symbol_words(point.symbol)


def symbol_words(symbol: str | None) -> str:
    return Symbol(symbol).meaning if symbol else "no figure"


def measured_in(measure: Measure) -> str:
    """The unit as an axis is headed: `Per cent`, `Days`."""
    return _MEASURED.get(measure.unit, measure.unit.capitalize())


def polarity_words(polarity: str) -> str:
    return _POLARITY[polarity]


def theme_words(theme: str) -> str:
    return _THEMES[theme]


def period_words(period: str, basis: str) -> str:
    """`Autumn term 2025/26`, `January 2025`, `calendar year 2024`, `school year 2023/24`."""
    return _period(period, basis, short=False)


def period_short(period: str, basis: str) -> str:
    """The same where space is short: `Autumn 2025/26`."""
    return _period(period, basis, short=True)


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
    change = now.value - before.value
    size = number(abs(change), measure.decimals)
    if change == 0:
        return f"the same as {earlier}"
    if not size.strip("0.,"):
        return f"almost the same as {earlier}"
    return f"{'up' if change > 0 else 'down'} {_amount(size, measure)} on {earlier}"


def _amount(size: str, measure: Measure) -> str:
    if measure.unit == "percent":
        return f"{size} percentage point{'' if size == '1' else 's'}"
    if measure.unit in _ONE:
        return f"{size} {_ONE[measure.unit] if size == '1' else measure.unit}"
    return size + _UNIT.get(measure.unit, "")


def headline_sentence(
    measure: Measure,
    area: str,
    about: str,
    latest: Point,
    change: str,
    beside: tuple[str, Point, str] | None,
) -> str:
    """The page in one breath: period, value, change, and England with a period of its own.

    Args:
        about: the group the headline is about (`EHC plan`), or "".
        change: what `change_words` gives, or "" to leave it out.
        beside: a comparator's name, its latest figure and basis.
    """
    whose = f"{possessive(area)} figure{f' ({about})' if about else ''}"
    opening = when(latest.period, measure.basis)
    if latest.value is None:
        return f"{opening} {whose} {_is(latest.symbol)}."
    status = " (provisional)" if latest.status == "provisional" else ""
    said = f"{opening} {whose} was {format_value(latest.value, measure)}{status}"
    said += f", {change}." if change else "."
    return f"{said} {_beside(measure, *beside)}".rstrip() if beside else said


def _beside(measure: Measure, name: str, point: Point, basis: str) -> str:
    said = f"The latest published figure for {name} is {figure_words(point, measure)}, for "
    said += period_words(point.period, basis)
    return f"{said}." if basis == measure.basis else f"{said}: another period, so for context only."


def _is(symbol: str | None) -> str:
    words = symbol_words(symbol)
    return words if words.startswith("rounds") else f"is {words}"


def possessive(name: str) -> str:
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def listed(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def file_size(size: int) -> str:
    """`340 bytes`, `1.2 KB`."""
    return f"{size} bytes" if size < 1000 else f"{number(size / 1000, 1)} KB"


def day_words(iso: str) -> str:
    """`31 August 2026` from an ISO date."""
    day = dt.date.fromisoformat(iso)
    return f"{day.day} {day:%B %Y}"
