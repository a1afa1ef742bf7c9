"""One measure in many areas at one time, from publishers' figures alone."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from dashboard.analysis.benchmark import Figure, neighbours_value
from dashboard.analysis.rank import why_no_spans
from dashboard.charts.strip import Role
from dashboard.compared import Choice, ComparedArea, CompareView, PublishedPeriod
from dashboard.edition import Edition
from dashboard.queries.figures import get_published
from dashboard.queries.records import get_neighbours
from dashboard.queries.shown import Shown
from dashboard.view import Point
from dashboard.views.comparators import benchmark_note, best_published
from dashboard.views.compared_periods import counted_alike, of_period, periods_of
from dashboard.views.compared_standing import with_standing
from dashboard.views.points import point_of
from schemas.area import ENGLAND, load_areas
from schemas.area_settings import AreaSettings
from schemas.measure import Measure

ENOUGH = 20  # areas that a period needs to be shown unless it is asked for
_MOSTLY = 0.75  # of the fullest period's areas, where no period has so many


def get_compare_view(
    connection: Connection,
    measure: Measure,
    settings: AreaSettings,
    choice: Choice,
    edition: Edition | None = None,
) -> CompareView | None:
    """None when nothing is published for single councils. Two queries, whatever is loaded."""
    councils = [area.code for area in load_areas().local_authorities()]
    codes = [*councils, ENGLAND, settings.region_code]
    published = get_published(connection, measure, codes, edition)
    shown = best_published(measure, counted_alike(measure, published))
    periods = periods_of(shown, frozenset(councils))
    if not periods:
        return None
    choice = _resolved(choice, periods, settings)
    near = get_neighbours(connection, settings.neighbour_model, settings.code)
    return _view(measure, settings, choice, periods, of_period(shown, choice), near)


def _resolved(choice: Choice, periods: Sequence[PublishedPeriod], settings: AreaSettings) -> Choice:
    """With a period and a pool that there are."""
    asked = [
        one
        for one in periods
        if one.period.replace(" ", "-") == choice.period.replace(" ", "-")
        and choice.basis in ("", one.basis)
    ]
    enough = min(ENOUGH, _MOSTLY * max(one.areas for one in periods))
    shown = asked[0] if asked else next(one for one in periods if one.areas >= enough)
    pools = ["england", "neighbours", "region", *(group.key for group in settings.groups)]
    if choice.chosen:
        pools.append("chosen")
    among = choice.among if choice.among in pools else "england"
    return replace(choice, period=shown.period, basis=shown.basis, among=among)


def _view(
    measure: Measure,
    settings: AreaSettings,
    choice: Choice,
    periods: tuple[PublishedPeriod, ...],
    shown: Mapping[str, Shown],
    near: Sequence[str],
) -> CompareView:
    points = {code: point_of(one) for code, one in shown.items()}
    pool = _pool(choice, settings, near)
    areas = [_area(code, points, settings, choice, near) for code in pool]
    valued = {one.code: one.point for one in areas if one.point and one.value is not None}
    method = choice.method or settings.neighbour_method
    region = load_areas().get(settings.region_code)
    view = CompareView(
        measure=measure,
        settings=settings,
        choice=choice,
        method=method,
        periods=periods,
        areas=tuple(one for one in areas if one.code in valued),
        without=tuple(one for one in areas if one.code not in valued),
        england=points.get(ENGLAND),
        region=points.get(settings.region_code),
        region_name=region.name if region else settings.region_code,
        near=tuple(_area(code, points, settings, choice, near) for code in near),
        neighbours=neighbours_value(
            {code: _figure(points.get(code)) for code in near}, method, measure.multiplier
        ),
        apart=None,
        no_spans=why_no_spans(valued.values(), measure),
        remarks=_remarks(measure, shown),
        known=frozenset(points) - {ENGLAND, settings.region_code},
    )
    return with_standing(view, valued)


def _pool(choice: Choice, settings: AreaSettings, near: Sequence[str]) -> list[str]:
    """The codes of the areas to show, the area's own among them, by name."""
    areas = load_areas()
    groups = {group.key: group.areas for group in settings.groups}
    pools: Mapping[str, Callable[[], Iterable[str]]] = {
        "england": lambda: (area.code for area in areas.local_authorities()),
        "neighbours": lambda: near,
        "region": lambda: (area.code for area in areas.within(settings.region_code)),
        "chosen": lambda: choice.chosen,
    }
    make = pools.get(choice.among)
    codes = make() if make else groups[choice.among]
    return sorted({*codes, settings.code}, key=_name)


def _name(code: str) -> str:
    area = load_areas().get(code)
    return area.name if area else code


def _area(
    code: str,
    points: Mapping[str, Point],
    settings: AreaSettings,
    choice: Choice,
    near: Sequence[str],
) -> ComparedArea:
    own_choice = choice.among not in ("england", "neighbours", "region")
    role: Role = "group" if own_choice else "neighbour" if code in near else "other"
    if code == settings.code:
        role = "own"
    return ComparedArea(code, _name(code), role, points.get(code))


def _figure(point: Point | None) -> Figure | None:
    return Figure(point.value, point.numerator, point.denominator) if point else None


def _remarks(measure: Measure, shown: Mapping[str, Shown]) -> tuple[str, ...]:
    """What the measure's definition says of the publishers' numbers, each once."""
    notes = (benchmark_note(measure, one)[0] for one in shown.values())
    return tuple(dict.fromkeys(note for note in notes if note))
