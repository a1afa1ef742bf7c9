"""A value, a symbol or a list as a person would say it: `72.5%`, `a, b and c`."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from dashboard.view import Point
from schemas.measure import Measure
from schemas.symbol import Symbol

_UNIT = {"percent": "%", "per_100": " per 100 pupils", "per_10k": " per 10,000 children"}

_ONE = {"days": "day", "weeks": "week", "months": "month"}

_MEASURED = {
    "count": "Number",
    "percent": "Per cent",
    "per_100": "For every 100 pupils",
    "per_10k": "For every 10,000 children",
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


def amount_words(size: float, measure: Measure) -> str:
    """How large a change is, without its sign: `3.2 percentage points`, `1 day`, `12`."""
    shown = number(abs(size), measure.decimals)
    if measure.unit == "percent":
        return f"{shown} percentage point{'' if shown == '1' else 's'}"
    if measure.unit in _ONE:
        return f"{shown} {_ONE[measure.unit] if shown == '1' else measure.unit}"
    return shown + _UNIT.get(measure.unit, "")


def measured_in(measure: Measure) -> str:
    """The unit as an axis is headed: `Per cent`, `Days`."""
    return _MEASURED.get(measure.unit, measure.unit.capitalize())


def possessive(name: str) -> str:
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def the_name(name: str) -> str:
    """A region as it stands in a sentence: `the North East`, `London`."""
    compass = name.split(" ")[0] in ("North", "South", "East", "West")
    return f"the {name}" if compass else name


def capital(words: str) -> str:
    """As it begins a sentence; the rest is left alone."""
    return words[:1].upper() + words[1:]


def listed(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def file_size(size: int) -> str:
    """`340 bytes`, `1.2 KB`."""
    return f"{size} bytes" if size < 1000 else f"{number(size / 1000, 1)} KB"
