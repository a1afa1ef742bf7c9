"""Finding: what one check says of one place; Check: the shape that all checks have."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from dashboard.releases.checks.material import Material

Severity = Literal["must", "should"]
MARK = "|"  # parts a key
_MOST = 3  # places that a finding names


@dataclass(frozen=True)
class Finding:
    """`must` stands in the way until it is mended; `should` until it is mended or explained.

    `key` says which finding this is, today and at the next look: it holds the figures a `should`
    is about, so that other figures need another explanation. `link` is an address of the area
    where it is mended, `send-in`. `measure_id` is "" when it is about a sheet or a file.
    """

    check_id: str
    severity: Severity
    key: str
    measure_id: str
    extract: str
    period: str
    words: str
    link: str

    @property
    def may_stand_beside(self) -> bool:
        """Whether its explanation may be shown beside a chart: it is about one measure's figure."""
        return self.severity == "should" and bool(self.measure_id)


def never(_material: "Material") -> str:
    """The check can always be made."""
    return ""


@dataclass(frozen=True)
class Check:
    """One of Q01 to Q20. `look` finds what is wrong; `not_yet` says why the check, or the rest of
    it, cannot be made now, "" when it can: what could not be made has not been passed."""

    id: str
    severity: Severity
    title: str
    looks_at: str
    look: "Callable[[Material], Iterable[Finding]]"
    not_yet: "Callable[[Material], str]" = never


def key_of(*parts: str) -> str:
    return MARK.join(parts)


def parts_of(key: str) -> list[str]:
    return key.split(MARK)


def listed_places(places: Sequence[str]) -> str:
    """The first places, and how many more: nobody reads forty."""
    named = "; ".join(places[:_MOST])
    more = len(places) - _MOST
    if more <= 0:
        return named
    return f"{named}; and {more} more {'place' if more == 1 else 'places'}"
