"""What a person asks the planner: the choices and the three fields, read and checked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from dashboard.address import Address
from dashboard.analysis.projection import Model

MOST_AHEAD = 5
_USUAL_AHEAD = 3
_NUMBER = re.compile(r"[+-]?\d{1,6}(\.\d{1,4})?")
FIELDS = ("growth", "share", "places")


@dataclass(frozen=True)
class Bounds:
    """The least and the most a field takes, and what it is called where it is wrong."""

    low: float
    high: float
    what: str
    unit: str
    whole: bool = False


BOUNDS: Mapping[str, Bounds] = {
    "growth": Bounds(-20, 30, "Growth", " per cent a year"),
    "share": Bounds(0, 100, "The share in special schools", " per cent"),
    "places": Bounds(-500, 1000, "Extra places", "", whole=True),
}


@dataclass(frozen=True)
class Asked:
    """`series` is `all` plans or those in `special` schools; `model` is None for the one that did
    best. A field is None where nothing, or something wrong, is given; `faults` are by field."""

    series: str
    ahead: int
    model: Model | None
    growth: float | None
    share: float | None
    places: int | None
    given: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_what_if(self) -> bool:
        return any(one is not None for one in (self.growth, self.share, self.places))


def parse_asked(address: Address) -> Asked:
    """Choices that are not known are the usual ones; a field that is wrong is said."""
    query = address.query
    ahead, method = query.get("ahead", ""), query.get("method", "")
    known = ahead.isdecimal() and ahead.isascii() and 1 <= int(ahead[:2]) <= MOST_AHEAD
    given = {name: query.get(name, "").strip() for name in FIELDS}
    read = {name: _read(text, BOUNDS[name]) for name, text in given.items()}
    numbers = {name: one if isinstance(one, float) else None for name, one in read.items()}
    places = numbers["places"]
    return Asked(
        series="special" if query.get("by") == "special" else "all",
        ahead=int(ahead) if known else _USUAL_AHEAD,
        model=Model(method) if method in [*Model] else None,
        growth=numbers["growth"],
        share=numbers["share"],
        places=None if places is None else int(places),
        given=given,
        faults={name: one for name, one in read.items() if isinstance(one, str) and one},
    )


def _read(text: str, bounds: Bounds) -> float | str:
    """The number; "" for nothing given; else a sentence that says what is wrong."""
    plain = text.replace("−", "-").replace(",", "").removesuffix("%").strip()
    if not plain:
        return ""
    if not _NUMBER.fullmatch(plain):
        return f"{bounds.what} must be a number, like {'30' if bounds.whole else '7.5'}"
    value = float(plain)
    if bounds.whole and value != int(value):
        return f"{bounds.what} must be a whole number"
    if not bounds.low <= value <= bounds.high:
        low, high = (f"{end:g}".replace("-", "−") for end in (bounds.low, bounds.high))
        return f"{bounds.what} must be between {low} and {high}{bounds.unit}"
    return value
