"""What an area is set beside: the best published number of each area and period, as lines."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from dashboard.analysis.benchmark import Figure, neighbours_value
from dashboard.queries.shown import Shown
from dashboard.view import Line, Point
from dashboard.views.compared_periods import counted_alike
from dashboard.views.points import is_headline, point_of
from schemas.area import ENGLAND, load_areas
from schemas.area_settings import AreaSettings
from schemas.measure import Measure
from schemas.symbol import Symbol

ENOUGH = 0.5  # with figures for fewer of its neighbours an area is not set beside them


def best_published(measure: Measure, shown: Iterable[Shown]) -> list[Shown]:
    """One published number for each area, period, basis and category: the publisher's own release
    before another's copy of it, and the newest vintage of each."""
    order = {benchmark.file: i for i, benchmark in reversed(list(enumerate(measure.benchmarks)))}
    best: dict[tuple[str, ...], Shown] = {}
    for one in shown:
        if not one.file_kind:
            continue
        key = one.observation.key
        held = best.get(key)
        if held is None or _standing(one, order) > _standing(held, order):
            best[key] = one
    return sorted(best.values(), key=lambda o: (o.observation.period_end, o.observation.period))


def _standing(one: Shown, order: Mapping[str, int]) -> tuple[bool, int, str, int]:
    """What a publisher does not have, another may; what one hides stays hidden."""
    had = one.observation.symbol != Symbol.x
    return had, -order.get(one.file_kind, 99), one.as_at_on, one.vintage_id


def comparators(
    measure: Measure, settings: AreaSettings, neighbours: Sequence[str], shown: Iterable[Shown]
) -> Iterable[Line]:
    theirs = [one for one in shown if one.file_kind and is_headline(one, measure)]
    health = [one for one in theirs if one.observation.area_code in settings.nhs_areas]
    councils = [one for one in theirs if one.observation.area_code not in settings.nhs_areas]
    published = best_published(measure, [*counted_alike(measure, councils), *health])
    bases = dict.fromkeys(one.observation.basis for one in published)
    for basis in bases:
        here = [one for one in published if one.observation.basis == basis]
        own = [one for one in here if one.observation.area_code == settings.code]
        if own:
            label = f"{settings.name} (published)"
            points = tuple(map(point_of, own))
            yield Line("published", label, basis, points, *benchmark_note(measure, own[-1]))
        for key, code in (("england", ENGLAND), ("region", settings.region_code)):
            yield from _area_line(key, code, basis, here, measure)
        yield from _neighbours_line(measure, settings, neighbours, basis, here)
        for code in settings.nhs_areas:
            for line in _area_line(code, code, basis, here, measure):
                yield replace(line, note="NHS area: for context only", comparable=False)


def _area_line(
    key: str, code: str, basis: str, shown: Sequence[Shown], measure: Measure
) -> Iterable[Line]:
    here = [one for one in shown if one.observation.area_code == code]
    area = load_areas().get(code)
    if here and area:
        points = tuple(map(point_of, here))
        yield Line(key, area.name, basis, points, *benchmark_note(measure, here[-1]))


def benchmark_note(measure: Measure, one: Shown) -> tuple[str, bool]:
    """What the measure's definition says of this publisher's number: a note, and if comparable."""
    for benchmark in measure.benchmarks:
        if (benchmark.file, benchmark.basis) == (one.file_kind, one.observation.basis):
            return benchmark.note, benchmark.comparable
    return "", True


def _neighbours_line(
    measure: Measure,
    settings: AreaSettings,
    neighbours: Sequence[str],
    basis: str,
    shown: Sequence[Shown],
) -> Iterable[Line]:
    by_period: dict[str, dict[str, Shown]] = {}
    for one in shown:
        if one.observation.area_code in neighbours:
            by_period.setdefault(one.observation.period, {})[one.observation.area_code] = one
    points, counts = [], set()
    for found in by_period.values():
        figures = {code: _figure(found.get(code)) for code in neighbours}
        made = neighbours_value(figures, settings.neighbour_method, measure.multiplier)
        if made.value is None or made.with_data < ENOUGH * made.of:
            continue
        example = point_of(next(iter(found.values())))
        counts.add(made.with_data)
        points.append(_with_value(example, made.value, f"{made.with_data} of {made.of} with data"))
    if points:
        note = (
            f"{settings.neighbour_method} of {min(counts)} to {max(counts)} of {len(neighbours)} "
            if len(counts) > 1
            else f"{settings.neighbour_method} of {counts.pop()} of {len(neighbours)} "
        )
        note += f"statistical neighbours with data, {settings.neighbour_model} model"
        _, comparable = benchmark_note(
            measure, next(reversed(by_period[points[-1].period].values()))
        )
        yield Line("neighbours", "Statistical neighbours", basis, tuple(points), note, comparable)


def _figure(one: Shown | None) -> Figure | None:
    if one is None:
        return None
    o = one.observation
    return Figure(o.value, o.numerator, o.denominator)


def _with_value(point: Point, value: float, note: str) -> Point:
    return replace(
        point,
        value=value,
        symbol=None,
        numerator=None,
        denominator=None,
        note=note,
    )
