"""Everything the overview of an area shows: every measure's latest figure, gathered in one go."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from dashboard.measure_view import benchmark_note, best_published, category_label, point_of
from dashboard.queries import Shown, get_areas_shown, get_newest_published, get_overview_terms
from dashboard.view import Point, same_term_last_year
from dashboard.viewer import Viewer
from schemas.area import ENGLAND, AreaSettings, load_areas
from schemas.measure import Measure


@dataclass(frozen=True)
class Beside:
    """The latest published figure of a bigger area, which has a period and a basis of its own."""

    point: Point
    basis: str
    comparable: bool


@dataclass(frozen=True)
class Row:
    """One measure. `about` is the group its headline is about; `late` that a newer term is out."""

    measure: Measure
    about: str
    latest: Point | None
    last_year: Point | None
    england: Beside | None
    region: Beside | None
    late: bool


@dataclass(frozen=True)
class Group:
    """The measures of one of the partnership's priorities."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Overview:
    """`latest_term` is the newest term the area has published, "" when there is none."""

    settings: AreaSettings
    region_name: str
    groups: tuple[Group, ...]
    latest_term: str
    invented: bool


def get_overview(
    connection: Connection,
    viewer: Viewer,
    settings: AreaSettings,
    measures: Sequence[Measure],
) -> Overview:
    """Reads the overview of one area: three queries, however many measures there are."""
    shown = get_areas_shown(connection, viewer, [settings.code]).get(settings.code)
    breakdowns = {measure.headline.breakdown for measure in measures}
    terms = _by_measure(get_overview_terms(connection, viewer, settings.code, breakdowns))
    areas = (ENGLAND, settings.region_code)
    published = _by_measure(get_newest_published(connection, areas, breakdowns))
    newest = shown.latest_term if shown else ""
    rows = [
        _row(m, terms.get(m.id, ()), published.get(m.id, ()), settings, newest) for m in measures
    ]
    region = load_areas().get(settings.region_code)
    return Overview(
        settings=settings,
        region_name=region.name if region else "Region",
        groups=tuple(_grouped(settings, rows)),
        latest_term=newest,
        invented=bool(shown and shown.invented),
    )


def _by_measure(shown: Iterable[Shown]) -> Mapping[str, Sequence[Shown]]:
    found: dict[str, list[Shown]] = {}
    for one in shown:
        found.setdefault(one.observation.measure_id, []).append(one)
    return found


def _row(
    measure: Measure,
    own: Sequence[Shown],
    published: Sequence[Shown],
    settings: AreaSettings,
    newest: str,
) -> Row:
    headline = measure.headline.breakdown, measure.headline.category
    points = [point_of(one) for one in own if _is_about(one, headline)]
    beside = [one for one in best_published(measure, published) if _is_about(one, headline)]
    return Row(
        measure=measure,
        about=category_label(measure, *headline),
        latest=points[-1] if points else None,
        last_year=same_term_last_year(points),
        england=_beside(measure, beside, ENGLAND),
        region=_beside(measure, beside, settings.region_code),
        late=bool(points and points[-1].period < newest),
    )


def _is_about(one: Shown, headline: tuple[str, str]) -> bool:
    return (one.observation.breakdown, one.observation.category) == headline


def _beside(measure: Measure, published: Sequence[Shown], code: str) -> Beside | None:
    """The newest figure on the measure's own basis; failing that, the newest on another."""
    here = [one for one in published if one.observation.area_code == code]
    if not here:
        return None
    best = max(here, key=lambda o: (o.observation.basis == measure.basis, o.observation.period_end))
    return Beside(point_of(best), best.observation.basis, benchmark_note(measure, best)[1])


def _grouped(settings: AreaSettings, rows: Sequence[Row]) -> Iterable[Group]:
    """The area's priorities in their order, then what none of them names."""
    named = [theme for priority in settings.priorities for theme in priority.themes]
    for priority in settings.priorities:
        here = tuple(row for row in rows if row.measure.theme in priority.themes)
        if here:
            yield Group(priority.title, here)
    others = tuple(row for row in rows if row.measure.theme not in named)
    if others:
        yield Group("Other measures", others)
