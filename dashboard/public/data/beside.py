"""What an area is set beside, as lines: England, its region, its neighbours, and itself."""

from collections.abc import Iterable, Iterator, Sequence

from dashboard.public.data.neighbours import NEIGHBOURS, neighbours_together
from dashboard.public.data.points import is_headline, point_of
from dashboard.public.figures import PublicFigure
from dashboard.public.release import PublicRelease
from dashboard.view import Line
from schemas.area import ENGLAND, load_areas
from schemas.measure import Measure


def beside_lines(
    beside: Iterable[PublicFigure], measure: Measure, release: PublicRelease
) -> Iterator[Line]:
    """One line for each place and basis, in time order."""
    headline = [one for one in beside if is_headline(one, measure)]
    for basis in dict.fromkeys(one.basis for one in headline):
        here = [one for one in headline if one.basis == basis]
        note, comparable = _said_of(measure, basis)
        for key, code, label in _places(release):
            points = tuple(point_of(one) for one in here if one.area_code == code)
            if points:
                yield Line(key, label, basis, points, note, comparable)
    yield from _neighbours(headline, measure, release)


def _places(release: PublicRelease) -> Iterator[tuple[str, str, str]]:
    region = load_areas().get(release.area.region_code)
    yield "published", release.area.code, f"{release.area.name} (published)"
    yield "england", ENGLAND, "England"
    yield "region", release.area.region_code, region.name if region else "Region"


def _said_of(measure: Measure, basis: str) -> tuple[str, bool]:
    """What the measure's definition says of publishers' numbers on this basis."""
    said = [one for one in measure.benchmarks if one.basis == basis]
    if said and not any(one.comparable for one in said):
        return said[0].note, False
    return "", True


def _neighbours(
    headline: Sequence[PublicFigure], measure: Measure, release: PublicRelease
) -> Iterator[Line]:
    for basis, figures in neighbours_together(headline, measure, release).items():
        comparable = _said_of(measure, basis)[1]
        points = tuple(point_of(one) for one in figures.figures)
        yield Line("neighbours", NEIGHBOURS, basis, points, figures.how, comparable)
