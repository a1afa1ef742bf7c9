"""PublicFigure: one number as everyone may see it; nothing of what was hidden is left in it."""

from typing import NamedTuple

from schemas.observation import Key


class PublicFigure(NamedTuple):
    """One observation after disclosure control, or a publisher's as published.

    Dates are ISO texts. A hidden figure has the symbol `c` and neither numerator, denominator nor
    value, except that a denominator that is shown elsewhere may stay. `unreliable` marks a rate of
    fewer than 20 (`u` in the open data). `source` is the organisation, or the publisher and
    publication; `version` is the release of a publisher's file, or `2025-26 summer v1.0`.
    `rounded` says that the counts are rounded to the nearest 5 (figures of the NHS).
    """

    measure_id: str
    area_code: str
    period: str
    period_start: str
    period_end: str
    basis: str
    breakdown: str
    category: str
    numerator: float | None
    denominator: float | None
    value: float | None
    symbol: str | None
    unreliable: bool
    rounded: bool
    status: str
    definition_version: int
    source: str
    version: str
    as_at_on: str
    invented: bool

    @property
    def key(self) -> Key:
        return Key(*self[:3], *self[5:8])
