"""The label of a version: 1.0; 1.1 when no headline and no verdict changed since; else 2.0."""

from sqlalchemy import Connection

from dashboard.analysis.verdict import judge
from dashboard.pages.statements import statements
from dashboard.releases.versions import Version, get_versions
from dashboard.settings import Settings
from dashboard.view import MeasureView
from dashboard.viewer import Viewer
from dashboard.views.overview import get_overview
from dashboard.words.values import figure_words

Said = dict[str, tuple[str, ...]]


def next_label(connection: Connection, version: Version, settings: Settings) -> str:
    """The label under which a version would be published now, while it is not."""
    every = get_versions(connection, version.area_code, version.term_label)
    labels = [_numbers(one.label) for one in every if one.was_published and one.label]
    if not labels:
        return "1.0"
    major, minor = max(labels)
    if _overviews(connection, version, settings, Viewer.partner) == _overviews(
        connection, version, settings, Viewer(preview=version.id)
    ):
        return f"{major}.{minor + 1}"
    return f"{major + 1}.0"


def _numbers(label: str) -> tuple[int, int]:
    major, _, minor = label.partition(".")
    return int(major), int(minor)


def _overviews(
    connection: Connection, version: Version, settings: Settings, viewer: Viewer
) -> tuple[Said, Said]:
    """What the overview says as of the version's own term, and of the newest."""
    area = settings.areas[version.area_code]
    measures = settings.measures_of(area)
    first, second = (
        get_overview(connection, viewer, area, measures, settings.notes, upto=term)
        for term in (version.term_label, "")
    )
    screened = area.screened_limits
    return (
        {one.measure.id: _said(one, screened) for one in first.views},
        {one.measure.id: _said(one, screened) for one in second.views},
    )


def _said(view: MeasureView, screened: bool) -> tuple[str, ...]:
    """The headline figure as people read it, and every verdict about it in a few words."""
    verdicts = judge(view, screened=screened)
    latest = view.latest
    headline = f"{figure_words(latest, view.measure)}, {latest.period}" if latest else ""
    return headline, *(f"{one.about}: {one.phrase}" for one in statements(view, verdicts))
