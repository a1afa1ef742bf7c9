"""What publishers say of an area's groups of children, year by year."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from dashboard.edition import Edition
from dashboard.queries.figures import get_published
from dashboard.queries.shown import Shown
from dashboard.view import Breakdown, Part
from dashboard.views.categories import breakdown_title, category_label, category_place
from dashboard.views.comparators import best_published
from dashboard.views.points import point_of
from schemas.measure import Measure


def read_by_year(
    connection: Connection, measures: Sequence[Measure], area_code: str, edition: Edition
) -> dict[str, tuple[Breakdown, ...]]:
    """By measure, each breakdown by one filter; of several lengths of time the one with the most
    periods."""
    found = {one.id: tuple(_breakdowns(connection, one, area_code, edition)) for one in measures}
    return {name: breakdowns for name, breakdowns in found.items() if breakdowns}


def _breakdowns(
    connection: Connection, measure: Measure, area_code: str, edition: Edition
) -> Iterator[Breakdown]:
    for names in measure.source.breakdowns:
        if len(names) == 1:
            shown = get_published(connection, measure, [area_code], edition, names[0])
            longest = _longest(best_published(measure, shown))
            if longest:
                yield _breakdown(measure, names[0], longest)


def _longest(shown: Sequence[Shown]) -> list[Shown]:
    periods: dict[str, set[str]] = {}
    for one in shown:
        periods.setdefault(one.observation.basis, set()).add(one.observation.period)
    if not periods:
        return []
    basis = max(periods, key=lambda name: (len(periods[name]), name))
    return [one for one in shown if one.observation.basis == basis]


def _breakdown(measure: Measure, name: str, shown: Sequence[Shown]) -> Breakdown:
    place = category_place(measure, name)
    by_category: dict[str, list[Shown]] = {}
    for one in sorted(shown, key=place):
        by_category.setdefault(one.observation.category, []).append(one)
    parts = tuple(_part(measure, name, found) for found in by_category.values())
    latest = max(one.observation.period for one in shown)
    return Breakdown(name, breakdown_title(measure, name), latest, parts)


def _part(measure: Measure, name: str, shown: Sequence[Shown]) -> Part:
    """`shown` is in time order: sorting by place keeps it."""
    category = shown[0].observation.category
    history = tuple(map(point_of, shown))
    return Part(category, category_label(measure, name, category), history[-1], history)
