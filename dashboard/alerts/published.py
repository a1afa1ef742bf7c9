"""The digest of a publication: what the new edition says that the one before it did not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from dashboard.address import Address
from dashboard.alerts.digest import Digest, Looked, Thing
from dashboard.alerts.kinds import About, Kind
from dashboard.alerts.restated import count_restated, restated_words
from dashboard.alerts.signals import count_tests, find_signals, signal_words
from dashboard.analysis.verdict import Attention, Verdicts, judge
from dashboard.charts.description import describe
from dashboard.edition import Edition
from dashboard.pages.trend import trend_chart
from dashboard.queries.editions import get_newest_edition
from dashboard.queries.shown import visible_versions
from dashboard.releases.exceptions import unanswered
from dashboard.releases.figure_said import say_figure, say_reasons
from dashboard.releases.notices import get_notice
from dashboard.releases.to_do import term_address
from dashboard.releases.versions import Version, get_published_before
from dashboard.settings import Settings
from dashboard.view import MeasureView
from dashboard.viewer import Viewer
from dashboard.views.measure import get_measure_view
from dashboard.views.overview import get_overview
from dashboard.words.alerts import published_title
from schemas.area_settings import AreaSettings
from schemas.measure import Measure

_ASKING = {Attention.target_not_met, Attention.special_cause_concern}
_DUE = "Its owner is asked to say what happened, why, what is being done and by when."
Judged = Mapping[str, tuple[MeasureView, Verdicts]]


@dataclass(frozen=True)
class _Both:
    """An area as a version shows it, and as it was before; `owed` are the measures whose owner has
    not written about the version's term yet."""

    version: Version
    now: Judged
    before: Judged
    restated: Mapping[str, int]
    revised: bool
    owed: frozenset[str]


def published_occasion(version: Version) -> str:
    """`published:2025-26-summer.1`."""
    return f"published:{term_address(version.term)}.{version.number}"


def make_published(
    connection: Connection,
    settings: Settings,
    area: AreaSettings,
    version: Version,
    versions: Sequence[Version],
) -> Digest | None:
    """The digest of a version that is out; None when nothing of the area is to be seen any more.

    Args:
        versions: all of the area. Both editions are set beside the same published files, so that
            nothing but the release can make a difference.
    """
    newest = get_newest_edition(connection, area.code)
    if newest is None:
        return None
    edition = _edition(newest, version)
    earlier = published_before(version, versions)
    before = _edition(newest, earlier) if earlier else None
    replaced, told = get_published_before(connection, version), get_notice(connection, version)
    both = _Both(
        version,
        _judged(connection, settings, area, edition),
        _judged(connection, settings, area, before) if before else {},
        count_restated(connection, replaced.id, version.id) if replaced else {},
        told is not None and told.kind == "revision",
        _owed(connection, settings, area, version),
    )
    link = Address(area, "overview", query={"edition": str(edition.name)})
    things = [*_things(both, link)]
    done = ("revised" if both.revised else "corrected") if replaced else "published"
    return Digest(
        published_occasion(version),
        About.corrected if replaced else About.published,
        published_title(version.term, done),
        version.published_at or "",
        link.url,
        tuple(things),
        told.what if told else "",
        version.id,
        {
            name: Looked(view.measure.theme, count_tests(verdicts))
            for name, (view, verdicts) in both.now.items()
            if view.latest
        },
        _charts(connection, settings, area, edition, both.now, things),
        _rests_on(connection, area.code, edition, before),
        version.invented,
    )


def published_before(version: Version, versions: Sequence[Version]) -> Version | None:
    """What came out last before a version, of any term."""
    earlier = [one for one in versions if one.was_published and place_of(one) < place_of(version)]
    return max(earlier, key=place_of, default=None)


def place_of(version: Version) -> tuple[str, str, int]:
    """Sorts versions as they came out."""
    return version.published_at or "", version.term_label, version.number


def _edition(newest: Edition, version: Version) -> Edition:
    name = replace(newest.name, term=version.term_label, number=version.number)
    return Edition(name, version.published_at or "")


def _judged(
    connection: Connection, settings: Settings, area: AreaSettings, edition: Edition
) -> Judged:
    """Every measure as the overview of an edition shows and judges it."""
    measures = settings.measures_of(area)
    view = get_overview(connection, Viewer.partner, area, measures, settings.notes, edition)
    screened = area.screened_limits
    return {one.measure.id: (one, judge(one, screened=screened)) for one in view.views}


def _owed(
    connection: Connection, settings: Settings, area: AreaSettings, version: Version
) -> frozenset[str]:
    asked = unanswered(connection, settings, area, version.term_label)
    return frozenset(one.measure.id for one in asked)


def _things(both: _Both, link: Address) -> Iterator[Thing]:
    found = [
        Thing(
            kind,
            view.measure.short_title,
            (view.measure.id,),
            (view.measure.theme,),
            words,
            link.of_measure(view.measure).url,
        )
        for view, _ in both.now.values()
        for kind, words in _told(both, view.measure)
    ]
    order = [*Kind]
    yield from sorted(found, key=lambda one: order.index(one.kind))


def _told(both: _Both, measure: Measure) -> Iterator[tuple[Kind, str]]:
    view, verdicts = both.now[measure.id]
    then = both.before.get(measure.id)
    if then:
        for kind in find_signals(verdicts, then[1]):
            yield kind, signal_words(kind, view, verdicts)
    if number := both.restated.get(measure.id):
        kind = Kind.revised if both.revised else Kind.restated
        yield kind, restated_words(both.version.term_label, number, view, then and then[0])
    if measure.id in both.owed and _asks_newly(both, measure):
        yield Kind.commentary_due, " ".join([*say_reasons(view, verdicts), _DUE])


def _asks_newly(both: _Both, measure: Measure) -> bool:
    """Of this term nobody was asked before: a correction asks for no second word."""
    term = both.version.term_label
    return _asks(both.now, measure, term) and not _asks(both.before, measure, term)


def _asks(judged: Judged, measure: Measure, term: str) -> bool:
    """Whether a measure's newest figure is of this term and asks for its owner's word."""
    if measure.id not in judged:
        return False
    view, verdicts = judged[measure.id]
    newest = view.latest is not None and view.latest.period == term
    return newest and bool(_ASKING & {*verdicts.attention})


def _charts(
    connection: Connection,
    settings: Settings,
    area: AreaSettings,
    edition: Edition,
    judged: Judged,
    things: Sequence[Thing],
) -> dict[str, tuple[str, str]]:
    """Of each measure that something is told of: its figure, and its page's chart in words."""
    found = {}
    for name in dict.fromkeys(one for thing in things for one in thing.measures):
        measure = judged[name][0].measure
        about = (connection, Viewer.partner, measure, area, settings.notes, edition)
        view = get_measure_view(*about)
        verdicts = judge(view, screened=area.screened_limits)
        chart = trend_chart(view, verdicts, frozenset())
        found[name] = say_figure(view, verdicts), describe(view, chart) if chart else ""
    return found


def _rests_on(
    connection: Connection, area_code: str, edition: Edition, before: Edition | None
) -> tuple[int, ...]:
    found: set[int] = set()
    for one in filter(None, (edition, before)):
        found |= set(connection.scalars(visible_versions(Viewer.partner, [area_code], one)))
    return tuple(sorted(found))
