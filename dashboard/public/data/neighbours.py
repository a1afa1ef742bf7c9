"""The statistical neighbours together: one number made from the councils' published ones."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dashboard.analysis.benchmark import Figure, neighbours_value
from dashboard.public.data.points import is_headline
from dashboard.public.figures import PublicFigure
from dashboard.public.release import PublicRelease
from schemas.area import load_areas
from schemas.measure import Measure

NEIGHBOURS = "Statistical neighbours"
ENOUGH = 0.5  # with figures for fewer of its neighbours an area is not set beside them


@dataclass(frozen=True)
class Together:
    """Figures without an area code, in time order, and how they were made."""

    figures: tuple[PublicFigure, ...]
    how: str


def neighbours_together(
    beside: Iterable[PublicFigure], measure: Measure, release: PublicRelease
) -> dict[str, Together]:
    """By basis; as the release holds them, else made here from the councils' own figures."""
    headline = [one for one in beside if is_headline(one, measure)]
    near = neighbour_codes(release)
    found = {}
    for basis in dict.fromkeys(one.basis for one in headline):
        here = [one for one in headline if one.basis == basis]
        ready = tuple(one for one in here if not one.area_code)
        made = [] if ready else [*_made(here, near, measure, release)]
        if ready or made:
            figures = ready or tuple(one for one, _ in made)
            found[basis] = Together(figures, _how(release, [n for _, n in made], len(near)))
    return found


def neighbour_codes(release: PublicRelease) -> tuple[str, ...]:
    """The councils whose published figures the release holds, other than the area itself."""
    areas = load_areas()
    found = ((code, areas.get(code)) for code in {one.area_code for one in release.beside})
    councils = (code for code, area in found if area and area.level == "local_authority")
    return tuple(sorted(code for code in councils if code != release.area.code))


def _how(release: PublicRelease, counted: Sequence[int], of: int) -> str:
    """`mean of 9 to 10 of 10 statistical neighbours with data, 2025 model`."""
    method, model = release.area.neighbour_method, release.area.neighbour_model
    if not counted:
        return f"{method} of the statistical neighbours with data, {model} model"
    least, most = min(counted), max(counted)
    span = f"{least}" if least == most else f"{least} to {most}"
    return f"{method} of {span} of {of} statistical neighbours with data, {model} model"


def _made(
    here: Sequence[PublicFigure], near: Sequence[str], measure: Measure, release: PublicRelease
) -> Iterator[tuple[PublicFigure, int]]:
    by_period: dict[str, dict[str, PublicFigure]] = {}
    for one in here:
        if one.area_code in near:
            by_period.setdefault(one.period, {})[one.area_code] = one
    for found in by_period.values():
        figures = {code: _figure(found.get(code)) for code in near}
        made = neighbours_value(figures, release.area.neighbour_method, measure.multiplier)
        if made.value is not None and made.with_data >= ENOUGH * made.of:
            example = next(iter(found.values()))
            bare = example._replace(area_code="", symbol=None, numerator=None, denominator=None)
            yield bare._replace(value=made.value), made.with_data


def _figure(one: PublicFigure | None) -> Figure | None:
    return Figure(one.value, one.numerator, one.denominator) if one else None
