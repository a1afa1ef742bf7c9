"""What the planner starts from: the January counts of plans, and the special places there are."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from dashboard.analysis.runs import break_days, since_last_break
from dashboard.charts.projection import Counted
from dashboard.edition import Edition
from dashboard.queries.figures import get_published
from dashboard.settings import Settings
from dashboard.view import MeasureView, Part, Point
from dashboard.viewer import Viewer
from dashboard.views.comparators import best_published
from dashboard.views.measure import get_measure_view
from dashboard.views.points import point_of
from schemas.area_settings import AreaSettings
from schemas.term import Season, Term, parse_term

# Until 31 March 2018 statements were being turned into plans: growth of another kind.
SINCE = 2019
SPECIAL = ("special_maintained", "special_academy_free", "special_independent", "special_nmss")


@dataclass(frozen=True)
class Yearly:
    """January counts without a year between them missing, oldest first. `sources` names whose
    figures they are; `invented` when one of them is made up."""

    counts: tuple[Counted, ...]
    sources: tuple[str, ...]
    invented: bool

    @property
    def values(self) -> tuple[float, ...]:
        return tuple(one.value for one in self.counts)


@dataclass(frozen=True)
class Places:
    """Special school places that the council pays for and the pupils on roll in them at the end of
    a term. `schools_only` when resourced provision and alternative provision are left out."""

    term: str
    places: float
    roll: float
    schools_only: bool


@dataclass(frozen=True)
class Planner:
    """`latest` is the newest termly count of plans, the area's own."""

    plans: Yearly
    special: Yearly
    places: Places | None
    latest: Point | None
    invented: bool


def get_planner(
    connection: Connection,
    viewer: Viewer,
    settings: Settings,
    area: AreaSettings,
    edition: Edition | None = None,
) -> Planner:
    """Reads what is published for the area and what it sent of plans, placements and places."""

    def view(name: str) -> MeasureView:
        about = settings.measures[name]
        return get_measure_view(connection, viewer, about, area, settings.notes, edition)

    plans, placed = view("ehcp_active"), view("ehcp_placement")
    published = get_published(connection, placed.measure, [area.code], edition, "placement")
    by_category: dict[str, list[Point]] = {}
    for one in best_published(placed.measure, published):
        by_category.setdefault(one.observation.category, []).append(point_of(one))
    own = {one.category: one.history for one in _parts(placed, "placement")}
    lines = [line.points for line in plans.comparators if line.key == "published"]
    places, roll = view("special_places"), view("special_roll")
    return Planner(
        plans=_yearly(plans, [point for points in lines for point in points], plans.terms.points),
        special=_yearly(placed, _summed(by_category), _summed(own)),
        places=_places(places, roll),
        latest=plans.terms.latest,
        invented=any(one.invented for one in (plans, placed, places, roll)),
    )


def _parts(view: MeasureView, breakdown: str) -> Iterator[Part]:
    yield from (p for one in view.breakdowns if one.id == breakdown for p in one.parts)


def _summed(by_category: Mapping[str, Sequence[Point]]) -> list[Point]:
    """Special schools of every kind together, for periods in which every kind has a number."""
    found: dict[str, list[Point]] = {}
    for category in SPECIAL:
        for point in by_category.get(category, ()):
            if point.value is not None:
                found.setdefault(point.period, []).append(point)
    whole = (points for points in found.values() if len(points) == len(SPECIAL))
    return [replace(points[0], value=sum(p.value or 0.0 for p in points)) for points in whole]


def _yearly(view: MeasureView, published: Iterable[Point], own: Iterable[Point]) -> Yearly:
    """Published Januaries, and after the last of them the area's own last days of December."""
    days = break_days(view)
    kept = sorted((p for p in published if p.value is not None), key=lambda p: p.end)
    found = {int(p.period[:4]): p for p in since_last_break(kept, days)}
    newest = max(found, default=0)
    mine = since_last_break([p for p in own if p.value is not None], days)
    later = {term.year + 1: p for p in mine if (term := _autumn(p)) and term.year + 1 > newest}
    run = _newest_run({year: p for year, p in (found | later).items() if year >= SINCE})
    counts = tuple(Counted(year, p.value or 0.0, year in later) for year, p in run)
    sources = dict.fromkeys(p.source for _, p in run)
    return Yearly(counts, tuple(sources), view.invented and any(one.own for one in counts))


def _autumn(point: Point) -> Term | None:
    term = parse_term(point.period)
    return term if term and term.season is Season.autumn else None


def _newest_run(points: Mapping[int, Point]) -> list[tuple[int, Point]]:
    run: list[tuple[int, Point]] = []
    for year in sorted(points, reverse=True):
        if run and run[-1][0] != year + 1:
            break
        run.append((year, points[year]))
    return run[::-1]


def _places(places: MeasureView, roll: MeasureView) -> Places | None:
    """In special schools; where kinds of school are not sent, in all that was."""
    latest = places.terms.latest
    if latest is None:
        return None
    paid, filled = (
        {point.period: point for point in _summed(_histories(view))} for view in (places, roll)
    )
    if latest.period in paid and latest.period in filled:
        here = paid[latest.period].value, filled[latest.period].value
        return Places(latest.period, here[0] or 0.0, here[1] or 0.0, True)
    same = next((p for p in roll.terms.points if p.period == latest.period), None)
    if same is None or same.value is None or latest.value is None:
        return None
    return Places(latest.period, latest.value, same.value, False)


def _histories(view: MeasureView) -> dict[str, tuple[Point, ...]]:
    return {part.category: part.history for part in _parts(view, "school_type")}
