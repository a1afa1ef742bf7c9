"""Exception reports: which measures of a term ask their owner for a word, and who has given it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, select

from dashboard.access.person import Person
from dashboard.access.service import service
from dashboard.access.tasks import Task
from dashboard.analysis.verdict import Attention, judge
from dashboard.queries.records import get_commentary
from dashboard.queries.shown import visible_versions
from dashboard.releases.figure_said import say_figure, say_reasons
from dashboard.settings import Settings
from dashboard.view import MeasureView
from dashboard.viewer import Viewer
from dashboard.views.overview import get_overview
from schemas.area_settings import AreaSettings
from schemas.database import Database
from schemas.measure import Measure
from schemas.tables import release, release_version

# What asks for a report: the target is missed, or the control chart shows a change for the worse.
_ASKING = (Attention.target_not_met, Attention.special_cause_concern)


@dataclass(frozen=True)
class Asked:
    """A measure whose owner is asked for a report. `figure` and `reasons` are sentences; `said` is
    the owner's newest word on this term, returned or not."""

    measure: Measure
    term: str
    why: tuple[Attention, ...]
    figure: str
    reasons: tuple[str, ...]
    asked_on: str
    said: RowMapping | None

    @property
    def answered(self) -> bool:
        return self.said is not None and not self.said["returned_at"]

    @property
    def returned(self) -> bool:
        return self.said is not None and bool(self.said["returned_at"])


@dataclass(frozen=True)
class Report:
    """The exceptions of one term; `draft` when its figures are not published."""

    term: str
    draft: bool
    measures: int
    asked: tuple[Asked, ...]


def find_exceptions(
    connection: Connection,
    settings: Settings,
    area: AreaSettings,
    term: str,
    viewer: Viewer = Viewer.partner,
) -> list[Asked]:
    """The measures with a figure of this term that misses its target or shows special-cause
    concern, by the verdicts that the pages give.

    Args:
        term: its label; of a term whose figures this viewer may not see nothing is asked.
    """
    began = _begun(connection, area.code, term, viewer)
    if began is None:
        return []
    measures = settings.measures_of(area)
    view = get_overview(connection, viewer, area, measures, settings.notes, upto=term)
    every = get_commentary(connection, viewer, area.code)
    said = {row["measure_id"]: row for row in every if row["term"] == term}
    return [*_asked(view.views, area, term, began, said)] if view.term == term else []


def unanswered(
    connection: Connection,
    settings: Settings,
    area: AreaSettings,
    term: str,
    viewer: Viewer = Viewer.partner,
) -> list[Asked]:
    """Those nobody has written about yet, or whose words were returned."""
    found = find_exceptions(connection, settings, area, term, viewer)
    return [one for one in found if not one.answered]


@service(Task.see_published)
def report_exceptions(
    database: Database, actor: Person, area_code: str, /, settings: Settings, term: str
) -> Report | None:
    """The exceptions of a published term, as partners may read them; None when it is not."""
    return _report(database, settings, area_code, term, Viewer.partner)


@service(Task.see_drafts)
def report_draft_exceptions(
    database: Database, actor: Person, area_code: str, /, settings: Settings, term: str
) -> Report | None:
    """The exceptions of a term's newest figures, published or not; None when there are none."""
    return _report(database, settings, area_code, term, Viewer.staff)


def _asked(
    views: Iterable[MeasureView],
    area: AreaSettings,
    term: str,
    began: str,
    said: dict[str, RowMapping],
) -> Iterator[Asked]:
    for view in views:
        verdicts = judge(view, screened=area.screened_limits)
        why = tuple(one for one in _ASKING if one in verdicts.attention)
        if why and view.latest and view.latest.period == term:
            yield Asked(
                view.measure,
                term,
                why,
                say_figure(view, verdicts),
                tuple(say_reasons(view, verdicts)),
                began[:10],
                said.get(view.measure.id),
            )


def _begun(connection: Connection, area_code: str, term: str, viewer: Viewer) -> str | None:
    """When the figures of a term that this viewer may see began to come in."""
    return connection.scalar(
        select(release_version.c.created_at)
        .join(release, release.c.id == release_version.c.release_id)
        .where(
            release.c.term == term,
            release_version.c.id.in_(visible_versions(viewer, [area_code])),
        )
    )


def _report(
    database: Database, settings: Settings, area_code: str, term: str, viewer: Viewer
) -> Report | None:
    area = settings.areas[area_code]
    with database.reading() as connection:
        if _begun(connection, area_code, term, viewer) is None:
            return None
        draft = _begun(connection, area_code, term, Viewer.partner) is None
        asked = find_exceptions(connection, settings, area, term, viewer)
    return Report(term, draft, len(settings.measures_of(area)), tuple(asked))
