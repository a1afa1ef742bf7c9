"""The figure of one measure in one term in sentences, as its page says it."""

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.access.person import Person
from dashboard.access.service import service
from dashboard.access.tasks import Task
from dashboard.analysis.verdict import Attention, Verdicts, judge
from dashboard.settings import Settings
from dashboard.view import MeasureView
from dashboard.viewer import Viewer
from dashboard.views.overview import get_overview
from dashboard.words.changes import raw_change
from dashboard.words.sentences import a_year_before, headline_sentence
from dashboard.words.steadiness import variation_sentence
from dashboard.words.verdicts import target_sentence
from schemas.database import Database
from schemas.measure import Measure


@dataclass(frozen=True)
class FigureSaid:
    """`reasons` say why a report is asked for; none when nothing is."""

    words: str
    reasons: tuple[str, ...]


@service(Task.see_published)
def say_published(
    database: Database,
    actor: Person,
    area_code: str,
    /,
    settings: Settings,
    measure: Measure,
    term: str,
) -> FigureSaid | None:
    """As partners see it; None when no figure of this term is published."""
    return _said(database, settings, area_code, measure, term, Viewer.partner)


@service(Task.see_drafts)
def say_draft(
    database: Database,
    actor: Person,
    area_code: str,
    /,
    settings: Settings,
    measure: Measure,
    term: str,
) -> FigureSaid | None:
    """As it stands now, published or not; None when there is none."""
    return _said(database, settings, area_code, measure, term, Viewer.staff)


def say_figure(view: MeasureView, verdicts: Verdicts) -> str:
    """The newest figure in one breath, as the measure's page says it; "" without one."""
    latest = view.latest
    if latest is None:
        return ""
    change = raw_change(verdicts.change, view.measure, a_year_before(latest.period))
    return headline_sentence(view.measure, view.settings.name, view.headline_label, latest, change)


def say_reasons(view: MeasureView, verdicts: Verdicts) -> Iterator[str]:
    """Why a report is asked for, as the measure's page says it."""
    if Attention.target_not_met in verdicts.attention:
        yield target_sentence(verdicts.target, view.measure, view.settings.name)
    if Attention.special_cause_concern in verdicts.attention:
        yield variation_sentence(verdicts.control, view.measure, view.settings.name)


def _said(
    database: Database,
    settings: Settings,
    area_code: str,
    measure: Measure,
    term: str,
    viewer: Viewer,
) -> FigureSaid | None:
    area = settings.areas[area_code]
    measures = [area.measure_for(measure)]
    with database.reading() as connection:
        found = get_overview(connection, viewer, area, measures, settings.notes, upto=term)
    [view] = found.views
    if view.latest is None or view.latest.period != term:
        return None
    verdicts = judge(view, screened=area.screened_limits)
    return FigureSaid(say_figure(view, verdicts), tuple(say_reasons(view, verdicts)))
