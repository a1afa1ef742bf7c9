"""Everything one measure's page shows, gathered once: own figures, comparators, sources."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypedDict

from sqlalchemy import Connection

from dashboard.edition import Edition
from dashboard.queries.editions import get_areas_shown
from dashboard.queries.figures import TERM_BASES, get_measure_figures
from dashboard.queries.notes import get_notes
from dashboard.queries.paths import get_paths
from dashboard.queries.records import get_neighbours
from dashboard.queries.shown import Shown
from dashboard.view import Breakdown, Line, MeasureView, Part
from dashboard.viewer import Viewer
from dashboard.views.categories import breakdown_title, category_label, category_place
from dashboard.views.comparators import comparators
from dashboard.views.points import is_headline, is_term, point_of
from schemas.area import ENGLAND
from schemas.area_settings import AreaSettings
from schemas.extract import ALL
from schemas.measure import Measure
from schemas.note import Note, notes_about
from schemas.observation import JOIN

SUMS = ("ytd", "rolling3")


def get_measure_view(
    connection: Connection,
    viewer: Viewer,
    measure: Measure,
    settings: AreaSettings,
    notes: Iterable[Note] = (),
    edition: Edition | None = None,
) -> MeasureView:
    """Reads one measure for one area with its comparators: six queries, whatever is loaded.

    Args:
        notes: the packaged ones; those written on screen are added.
    """
    measure = settings.measure_for(measure)
    neighbours = get_neighbours(connection, settings.neighbour_model, settings.code)
    codes = [settings.code, ENGLAND, settings.region_code, *neighbours, *settings.nhs_areas]
    shown = get_measure_figures(
        connection, viewer, measure, settings.code, list(dict.fromkeys(codes)), edition
    )
    own = [one for one in shown if not one.file_kind]
    area_shown = get_areas_shown(connection, viewer, [settings.code], edition).get(settings.code)
    return MeasureView(
        **own_parts(measure, settings, own),
        comparators=tuple(comparators(measure, settings, neighbours, shown)),
        breakdowns=tuple(_breakdowns(measure, own)),
        area_latest_term=area_shown.latest_term if area_shown else "",
        notes=notes_about(
            get_notes(connection, settings.code, notes, edition), measure, settings.code
        ),
        path=get_paths(connection, settings.code, edition).get(measure.id, ()),
    )


class OwnParts(TypedDict):
    """The parts of a view that are made of the area's own figures."""

    measure: Measure
    settings: AreaSettings
    headline_label: str
    terms: Line
    months: Line | None
    sums: tuple[Line, ...]
    invented: bool


def own_parts(measure: Measure, settings: AreaSettings, own: Sequence[Shown]) -> OwnParts:
    """The area's headline as lines: its terms, its months and its sums of terms."""
    headline = [one for one in own if is_headline(one, measure)]
    lines: dict[str, list[Shown]] = {}
    for one in headline:
        basis = one.observation.basis
        kind = "monthly" if not is_term(one) else "terms" if basis in TERM_BASES else basis
        lines.setdefault(kind, []).append(one)
    made = {kind: _line(settings, kind, shown) for kind, shown in lines.items()}
    return {
        "measure": measure,
        "settings": settings,
        "headline_label": category_label(
            measure, measure.headline.breakdown, measure.headline.category
        ),
        "terms": replace(made["terms"], basis=measure.basis)
        if "terms" in made
        else Line("own", settings.name, measure.basis, ()),
        "months": made.get("monthly"),
        "sums": tuple(made[basis] for basis in SUMS if basis in made),
        "invented": any(one.invented for one in own),
    }


def _line(settings: AreaSettings, basis: str, shown: Sequence[Shown]) -> Line:
    return Line("own", settings.name, basis, tuple(map(point_of, shown)))


def _breakdowns(measure: Measure, own: Sequence[Shown]) -> Iterator[Breakdown]:
    by_name: dict[str, dict[str, list[Shown]]] = {}
    for one in own:
        o = one.observation
        single = o.breakdown != ALL and JOIN not in o.breakdown
        if single and o.basis in TERM_BASES and is_term(one):
            by_name.setdefault(o.breakdown, {}).setdefault(o.category, []).append(one)
    for name, categories in by_name.items():
        latest = max(shown[-1].observation.period for shown in categories.values())
        place = category_place(measure, name)
        parts = [
            _part(measure, name, shown)
            for shown in sorted(categories.values(), key=lambda shown: place(shown[-1]))
            if shown[-1].observation.period == latest
        ]
        yield Breakdown(name, breakdown_title(measure, name), latest, tuple(parts))


def _part(measure: Measure, breakdown: str, shown: Sequence[Shown]) -> Part:
    history = tuple(map(point_of, shown))
    category = shown[-1].observation.category
    label = category_label(measure, breakdown, category)
    return Part(category, label, history[-1], history)
