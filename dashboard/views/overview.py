"""Everything the overview of an area shows: every measure's headline, gathered in two readings."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from dashboard.edition import Edition
from dashboard.queries.editions import get_areas_shown
from dashboard.queries.figures import get_overview_figures, get_overview_published
from dashboard.queries.notes import get_notes
from dashboard.queries.paths import get_paths
from dashboard.queries.records import get_neighbours
from dashboard.queries.shown import Shown
from dashboard.view import MeasureView
from dashboard.viewer import Viewer
from dashboard.views.comparators import comparators
from dashboard.views.measure import own_parts
from schemas.area import ENGLAND, load_areas
from schemas.area_settings import AreaSettings
from schemas.measure import Measure
from schemas.note import Note, notes_about
from schemas.term import parse_term


@dataclass(frozen=True)
class Group:
    """The measures of one of the partnership's priorities."""

    title: str
    views: tuple[MeasureView, ...]


@dataclass(frozen=True)
class Overview:
    """`terms` are those the area has figures for, newest first; `term` is the one shown, "" when
    nothing is published."""

    settings: AreaSettings
    region_name: str
    groups: tuple[Group, ...]
    terms: tuple[str, ...]
    term: str
    invented: bool

    @property
    def views(self) -> Iterator[MeasureView]:
        """Every measure once, though a measure may stand in several groups."""
        seen: dict[str, MeasureView] = {}
        for group in self.groups:
            seen |= {view.measure.id: view for view in group.views}
        yield from seen.values()


def get_overview(
    connection: Connection,
    viewer: Viewer,
    settings: AreaSettings,
    measures: Sequence[Measure],
    notes: Iterable[Note] = (),
    edition: Edition | None = None,
    upto: str = "",
) -> Overview:
    """Reads the overview of one area: six queries, however many measures there are.

    Args:
        notes: the packaged ones; those written on screen are added.
        upto: show what was known of this term and before; "" for the newest.
    """
    shown = get_areas_shown(connection, viewer, [settings.code], edition).get(settings.code)
    neighbours = get_neighbours(connection, settings.neighbour_model, settings.code)
    every_note = get_notes(connection, settings.code, notes, edition)
    paths = get_paths(connection, settings.code, edition)
    beside = [settings.code, ENGLAND, settings.region_code, *neighbours]
    own = get_overview_figures(connection, viewer, settings.code, measures, edition)
    others = get_overview_published(connection, list(dict.fromkeys(beside)), measures, edition)
    terms = _terms(own)
    term = upto if upto in terms else (shown.latest_term if shown else "")
    mine, theirs = _by_measure(_until(own, term)), _by_measure(_until(others, term))
    views = [
        MeasureView(
            **own_parts(measure, settings, mine.get(measure.id, ())),
            comparators=tuple(
                comparators(measure, settings, neighbours, theirs.get(measure.id, ()))
            ),
            breakdowns=(),
            area_latest_term=term,
            notes=notes_about(every_note, measure, settings.code),
            path=paths.get(measure.id, ()),
        )
        for measure in measures
    ]
    region = load_areas().get(settings.region_code)
    return Overview(
        settings=settings,
        region_name=region.name if region else "Region",
        groups=tuple(_grouped(settings, views)),
        terms=terms,
        term=term,
        invented=any(view.invented for view in views),
    )


def _terms(own: Iterable[Shown]) -> tuple[str, ...]:
    periods = {one.observation.period for one in own}
    return tuple(sorted((p for p in periods if parse_term(p)), reverse=True))


def _until(shown: Iterable[Shown], label: str) -> Iterator[Shown]:
    """What ends no later than the term does, on either clock of terms; without a term, all."""
    term = parse_term(label)
    if term is None:
        yield from shown
        return
    end = max(term.flow_window.end, term.dfe_window.end).isoformat()
    yield from (one for one in shown if one.observation.period_end <= end)


def _by_measure(shown: Iterable[Shown]) -> Mapping[str, Sequence[Shown]]:
    found: dict[str, list[Shown]] = {}
    for one in shown:
        found.setdefault(one.observation.measure_id, []).append(one)
    return found


def _grouped(settings: AreaSettings, views: Sequence[MeasureView]) -> Iterator[Group]:
    """The area's priorities in their order, then what none of them names."""
    named: set[str] = set()
    for priority in settings.priorities:
        here = [view for view in views if priority.names(view.measure)]
        named |= {view.measure.id for view in here}
        if here:
            yield Group(priority.title, tuple(here))
    others = tuple(view for view in views if view.measure.id not in named)
    if others:
        yield Group("Other measures", others)
