"""Small releases made by hand, and those of the invented sample, as observations."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from loaders.definitions import Definitions
from loaders.derive import derive
from loaders.prepare import prepare
from schemas.measure import load_measures
from schemas.observation import Observation, term_of
from schemas.symbol import Symbol

AREA = "E06000005"
SUMMER = "2025-26 summer"
_NEWEST = (
    "2024-25_spring",
    "2024-25_summer",
    "2025-26_autumn",
    "2025-26_spring",
    "2025-26_summer",
)
_SAMPLE = Path(__file__).parents[3] / "data" / "sample"


def row(
    measure_id: str,
    numerator: float,
    denominator: float | None = None,
    *,
    by: str = "all",
    category: str = "all",
    period: str = SUMMER,
    basis: str = "",
) -> Observation:
    """One observation; its value is worked out as the loader does."""
    measure = load_measures()[measure_id]
    value = measure.value(numerator, denominator)
    return Observation(
        measure_id,
        AREA,
        period,
        "2026-05-01",
        "2026-08-31",
        basis or measure.basis,
        by,
        category,
        numerator,
        denominator,
        None if isinstance(value, Symbol) else float(value),
        value.value if isinstance(value, Symbol) else None,
        "final",
        1,
    )


def table(measure_id: str, by: str, counts: Mapping[str, float], **facts: str) -> list[Observation]:
    """A count in all and by one filter."""
    whole = row(measure_id, sum(counts.values()), **facts)  # type: ignore[arg-type]
    parts = (
        row(measure_id, count, by=by, category=category, **facts)  # type: ignore[arg-type]
        for category, count in counts.items()
    )
    return [whole, *parts]


def of_terms(rows: Iterable[Observation]) -> list[Observation]:
    """With the year so far and three terms, as the loader works them out."""
    sent = list(rows)
    return [*sent, *derive(load_measures(), sent)]


@cache
def sample_terms() -> Mapping[str, tuple[Observation, ...]]:
    """The newest five terms of the invented sample, with all that is worked out of them."""
    definitions = Definitions.real()
    sent: list[Observation] = []
    for label in _NEWEST:
        path = _SAMPLE / f"darlington_{label}.xlsx"
        sent += prepare(path.read_bytes(), path.name, definitions=lambda: definitions).observations
    every = [*sent, *derive(load_measures(), sent)]
    terms: dict[str, list[Observation]] = {}
    for one in {one.key: one for one in every}.values():
        terms.setdefault(term_of(one.period).label, []).append(one)
    return {label: tuple(ones) for label, ones in sorted(terms.items())}
