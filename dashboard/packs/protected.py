"""The figures of a pack as everyone may see them: those that the edition's publication was made
of, after disclosure control, and what publishers say. Nothing else of the area's own is shown."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import Connection, select

from dashboard.address import Address
from dashboard.edition import Edition
from dashboard.packs.by_year import read_by_year
from dashboard.packs.held import Figures, Held, judge_groups
from dashboard.packs.pack import OwnersWords
from dashboard.packs.public_editions import PublicOne, find_public, get_public_before
from dashboard.packs.reading import read_notices
from dashboard.packs.refused import PackRefused
from dashboard.public.data.view import measure_view
from dashboard.public.release import PublicRelease
from dashboard.queries.figures import get_published
from dashboard.queries.notes import get_notes
from dashboard.queries.records import get_commentary
from dashboard.releases.uk_time import uk_day
from dashboard.settings import Settings
from dashboard.view import MeasureView
from dashboard.viewer import Viewer
from dashboard.views.comparators import best_published
from dashboard.views.gaps import BY, MEASURES, SenGap, build_sen_gap
from dashboard.views.measure import get_measure_view
from dashboard.views.overview import Group, get_overview
from schemas.area import ENGLAND
from schemas.area_settings import AreaSettings
from schemas.public_tables import public_bundle
from schemas.term import parse_term

_PARTNER = Viewer.partner


def read_protected(
    connection: Connection, settings: Settings, address: Address, edition: Edition
) -> Held:
    """The figures as everyone may see them.

    Raises:
        PackRefused: nothing of this edition was published to everyone, or it was withdrawn.
    """
    area = address.area
    public = find_public(connection, area.code, edition)
    if public is None:
        raise PackRefused(why_not_protected(connection, area, edition))
    told = _release(connection, settings, area, edition, public)
    views = {
        one.id: _protected(
            told, get_measure_view(connection, _PARTNER, one, area, settings.notes, edition)
        )
        for one in settings.measures_of(area)
    }
    earlier = get_public_before(connection, area.code, public)
    then = earlier.edition if earlier else None
    notices, since = read_notices(connection, area.code, edition, then)
    return Held(
        address=address,
        edition=edition,
        numbers="protected",
        term=told.term.label,
        now=_figures(connection, settings, area, edition, told),
        before=_before(connection, settings, area, earlier) if earlier else None,
        views=views,
        commentary=_for_families(connection, edition, told),
        beside={},
        by_year=read_by_year(connection, settings.measures_of(area), area.code, edition),
        left_out=_left_out(told),
        notices=notices,
        since=since,
        sen=tuple(_sen_gaps(connection, settings, area, edition)),
        invented=told.invented,
    )


def why_not_protected(connection: Connection, area: AreaSettings, edition: Edition) -> str:
    """Why there are no protected figures of an edition; "" when there are."""
    if find_public(connection, area.code, edition):
        return ""
    if area.public is None:
        return f"{area.name} publishes to its partners only, so there are no protected figures."
    return (
        f"{edition.words} was not published to everyone, or was withdrawn, so there are no "
        "protected figures of it. Choose true figures or another term."
    )


def _release(
    connection: Connection,
    settings: Settings,
    area: AreaSettings,
    edition: Edition,
    public: PublicOne,
) -> PublicRelease:
    """The area's own figures as that publication has them, and nothing beside them."""
    from dashboard.publication.before import unpack_decided  # scipy: a second

    query = select(public_bundle.c.figures).where(public_bundle.c.id == public.id)
    terms = unpack_decided(connection.execute(query).scalar_one()).terms
    newest = parse_term(max(terms))
    assert newest is not None
    own = [figure for one in terms.values() for figure in one.figures]
    return PublicRelease(
        area=area,
        name=public.name,
        term=newest,
        label=edition.words,
        published_on=uk_day(edition.published_at),
        invented=any(figure.invented for figure in own),
        measures={one.id: one for one in settings.measures_of(area)},
        own=tuple(sorted(own, key=lambda one: (one.period_end, one.period, one.key))),
        beside=(),
        left_out=terms[newest.label].left_out,
        notes=get_notes(connection, area.code, settings.notes, edition),
    )


def _protected(told: PublicRelease, view: MeasureView) -> MeasureView:
    """The own figures as everyone sees them, beside what publishers say. What is left out as a
    whole was sent, so nobody is told that it was not."""
    made = measure_view(told, view.measure)
    headline = view.measure.headline.breakdown
    hidden = any(
        (one.measure_id, one.breakdown) == (view.measure.id, headline) for one in told.left_out
    )
    own = bool(made.terms.points)
    return replace(
        made,
        comparators=view.comparators,
        area_latest_term=made.area_latest_term if own and not hidden else "",
        invented=made.invented and own,
    )


def _figures(
    connection: Connection,
    settings: Settings,
    area: AreaSettings,
    edition: Edition,
    told: PublicRelease,
) -> Figures:
    measures = settings.measures_of(area)
    view = get_overview(connection, _PARTNER, area, measures, settings.notes, edition)
    groups = tuple(
        Group(group.title, tuple(_protected(told, one) for one in group.views))
        for group in view.groups
    )
    versions = {one.measure_id: one.definition_version for one in told.own}
    return judge_groups(groups, area, edition.words, versions)


def _before(
    connection: Connection, settings: Settings, area: AreaSettings, earlier: PublicOne
) -> Figures:
    told = _release(connection, settings, area, earlier.edition, earlier)
    return _figures(connection, settings, area, earlier.edition, told)


def _for_families(
    connection: Connection, edition: Edition, told: PublicRelease
) -> dict[str, tuple[OwnersWords, ...]]:
    """Of what owners say only the sentence that families read, with the owner that the definition
    names and the day it came out."""
    day, term = told.published_on.isoformat(), told.term.label
    rows = get_commentary(connection, _PARTNER, told.area.code, edition=edition)
    said = {
        str(row["measure_id"]): str(row["family_sentence"])
        for row in rows
        if row["term"] == term and row["family_sentence"] and not row["returned_at"]
    }
    return {
        one.id: (OwnersWords(term, one.owner, day, (("For families", said[one.id]),)),)
        for one in told.measures.values()
        if one.id in said
    }


def _left_out(told: PublicRelease) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for one in told.left_out:
        found[one.measure_id] = (*found.get(one.measure_id, ()), one.words)
    return found


def _sen_gaps(
    connection: Connection, settings: Settings, area: AreaSettings, edition: Edition
) -> list[SenGap]:
    """Of what publishers say only: the terms by SEN status are too small to be shown whole."""
    sent = {one.id: one for one in settings.measures_of(area) if (BY,) in one.source.breakdowns}
    found = []
    for measure in (sent[name] for name in MEASURES if name in sent):
        beside = get_published(connection, measure, [area.code, ENGLAND], edition, BY)
        gap = build_sen_gap(measure, area, (), best_published(measure, beside))
        found += [gap] if gap else []
    return found
