"""Everything one measure's page shows, gathered once: own figures, comparators, sources."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from dashboard.analysis.benchmark import Figure, neighbours_value
from dashboard.queries import Shown, get_areas_shown, get_neighbours, get_observations
from dashboard.view import Breakdown, Line, MeasureView, Part, Point
from dashboard.viewer import Viewer
from schemas.area import ENGLAND, AreaSettings, load_areas
from schemas.extract import ALL
from schemas.measure import Measure
from schemas.term import Month, parse_period

TERM_BASES = ("in_term", "snapshot")
ENOUGH = 0.5  # with figures for fewer of its neighbours an area is not set beside them


def get_measure_view(
    connection: Connection, viewer: Viewer, measure: Measure, settings: AreaSettings
) -> MeasureView:
    """Reads one measure for one area with its comparators: four queries, whatever is loaded."""
    neighbours = get_neighbours(connection, settings.neighbour_model, settings.code)
    codes = [settings.code, ENGLAND, settings.region_code, *neighbours, *settings.nhs_areas]
    published_codes = list(dict.fromkeys(codes))
    shown = get_observations(connection, viewer, measure.id, [settings.code], published_codes)
    own = [one for one in shown if not one.file_kind]
    headline = [one for one in own if is_headline(one, measure)]
    terms = [one for one in headline if one.observation.basis in TERM_BASES and _is_term(one)]
    months = [one for one in headline if not _is_term(one)]
    area_shown = get_areas_shown(connection, viewer, [settings.code]).get(settings.code)
    return MeasureView(
        measure=measure,
        settings=settings,
        headline_label=category_label(
            measure, measure.headline.breakdown, measure.headline.category
        ),
        terms=Line("own", settings.name, measure.basis, tuple(map(point_of, terms))),
        months=Line("own", settings.name, "monthly", tuple(map(point_of, months)))
        if months
        else None,
        comparators=tuple(_comparators(measure, settings, neighbours, shown)),
        breakdowns=tuple(_breakdowns(measure, own)),
        invented=any(one.invented for one in own),
        area_latest_term=area_shown.latest_term if area_shown else "",
    )


def category_label(measure: Measure, breakdown: str, category: str) -> str:
    """A category in the words of its filter: `EHC plan`, `Autism, Under 5`; "" for the whole."""
    from schemas.extracts import load_extracts

    if breakdown == ALL:
        return ""
    extract = load_extracts()[measure.source.extract]
    filters = {f.id: f for f in extract.filters}
    labels = []
    for name, part in zip(breakdown.split("+"), category.split("+"), strict=True):
        if name in filters:
            labels.append(filters[name].label_of(part))
        else:
            labels.append(extract.indicator(measure.source.columns[part]).heading)
    return ", ".join(labels)


def breakdown_title(measure: Measure, breakdown: str) -> str:
    """`Phase`, `Pathway and age band`, `Wait band`."""
    from schemas.extracts import load_extracts

    extract = load_extracts()[measure.source.extract]
    headings = {f.id: f.heading for f in extract.filters}
    names = [headings.get(name, name.replace("_", " ")).lower() for name in breakdown.split("+")]
    return " and ".join(names).capitalize().replace("Sen status", "SEN status")


def best_published(measure: Measure, shown: Iterable[Shown]) -> list[Shown]:
    """One published number for each area, period, basis and category: the publisher's own release
    before another's copy of it, and the newest vintage of each."""
    order = {benchmark.file: i for i, benchmark in reversed(list(enumerate(measure.benchmarks)))}
    best: dict[tuple[str, ...], Shown] = {}
    for one in shown:
        if not one.file_kind:
            continue
        key = one.observation.key
        rank = (-order.get(one.file_kind, 99), one.as_at_on, one.vintage_id)
        held = best.get(key)
        if held is None or rank > (-order.get(held.file_kind, 99), held.as_at_on, held.vintage_id):
            best[key] = one
    return sorted(best.values(), key=lambda o: (o.observation.period_end, o.observation.period))


def _comparators(
    measure: Measure, settings: AreaSettings, neighbours: Sequence[str], shown: Iterable[Shown]
) -> Iterable[Line]:
    published = [one for one in best_published(measure, shown) if is_headline(one, measure)]
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


def _breakdowns(measure: Measure, own: Sequence[Shown]) -> Iterable[Breakdown]:
    terms = [one for one in own if _is_term(one) and one.observation.basis in TERM_BASES]
    names = dict.fromkeys(o.observation.breakdown for o in terms if o.observation.breakdown != ALL)
    for name in names:
        here = [one for one in terms if one.observation.breakdown == name]
        latest = max(one.observation.period for one in here)
        parts = tuple(
            Part(
                one.observation.category,
                category_label(measure, name, one.observation.category),
                point_of(one),
            )
            for one in sorted(here, key=_place(measure, name))
            if one.observation.period == latest
        )
        yield Breakdown(name, breakdown_title(measure, name), latest, parts)


def _place(measure: Measure, breakdown: str) -> Callable[[Shown], tuple[int, ...]]:
    """Where a category stands in the order of its filter: `Early years` before `Primary`."""
    from schemas.extracts import load_extracts

    filters = {f.id: f for f in load_extracts()[measure.source.extract].filters}
    orders = [
        [category.id for category in filters[name].categories]
        if name in filters
        else [*measure.source.columns]
        for name in breakdown.split("+")
    ]

    def place(one: Shown) -> tuple[int, ...]:
        parts = one.observation.category.split("+")
        return tuple(
            order.index(part) if part in order else len(order)
            for order, part in zip(orders, parts, strict=True)
        )

    return place


def is_headline(one: Shown, measure: Measure) -> bool:
    observation, headline = one.observation, measure.headline
    return (observation.breakdown, observation.category) == (headline.breakdown, headline.category)


def _is_term(one: Shown) -> bool:
    return not isinstance(parse_period(one.observation.period), Month)


def _figure(one: Shown | None) -> Figure | None:
    if one is None:
        return None
    o = one.observation
    return Figure(o.value, o.numerator, o.denominator)


def point_of(one: Shown) -> Point:
    o = one.observation
    return Point(
        o.period,
        o.period_start,
        o.period_end,
        o.value,
        o.symbol,
        o.numerator,
        o.denominator,
        o.status,
        one.source,
        one.vintage,
        one.as_at_on,
    )


def _with_value(point: Point, value: float, note: str) -> Point:
    return replace(
        point,
        value=value,
        symbol=None,
        numerator=None,
        denominator=None,
        note=note,
    )
