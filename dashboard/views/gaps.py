"""The SEND gap of an area: suspensions and absence by SEN status, local and England's."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from dashboard.edition import Edition
from dashboard.queries.figures import TERM_BASES, get_measure_figures, get_published
from dashboard.queries.shown import Shown
from dashboard.view import Point
from dashboard.viewer import Viewer
from dashboard.views.comparators import benchmark_note, best_published
from dashboard.views.points import is_term, point_of
from schemas.area import ENGLAND
from schemas.area_settings import AreaSettings
from schemas.measure import Measure

BY = "sen_status"
GROUPS = ("ehc_plan", "sen_support", "no_sen")
MEASURES = (
    "suspension_rate",
    "pupils_suspended_pct",
    "absence_overall_pct",
    "absence_unauth_pct",
    "persistent_absence_pct",
    "severe_absence_pct",
)


@dataclass(frozen=True)
class BySen:
    """One area's figures of one period by SEN status; a group nobody counted has no point."""

    area: str
    basis: str
    period: str
    points: Mapping[str, Point]
    note: str = ""


@dataclass(frozen=True)
class SenGap:
    """One measure by SEN status. `context` says that England's figures are of another period or
    counted another way; `published` that the area's own are a publisher's."""

    measure: Measure
    own: BySen
    england: BySen | None
    context: bool
    published: bool
    invented: bool


def get_sen_gaps(
    connection: Connection,
    viewer: Viewer,
    settings: AreaSettings,
    measures: Iterable[Measure],
    edition: Edition | None = None,
) -> Iterator[SenGap]:
    """Of the measures that have a SEND gap those with any figures here, in the order above."""
    sent = {one.id: one for one in measures if (BY,) in one.source.breakdowns}
    for measure in (sent[name] for name in MEASURES if name in sent):
        shown = get_measure_figures(connection, viewer, measure, settings.code, (), edition)
        beside = get_published(connection, measure, [settings.code, ENGLAND], edition, BY)
        found = build_sen_gap(measure, settings, shown, best_published(measure, beside))
        if found:
            yield found


def build_sen_gap(
    measure: Measure, settings: AreaSettings, shown: Iterable[Shown], beside: Sequence[Shown]
) -> SenGap | None:
    """Of what the area sent, else of its published figures; None when there is neither."""
    sent = [one for one in shown if _is_sent_by_sen(one)]
    public = [one for one in beside if one.observation.area_code == settings.code]
    own = _newest(settings.name, sent or public, measure)
    if own is None:
        return None
    theirs = [one for one in beside if one.observation.area_code == ENGLAND]
    same = [one for one in theirs if _kind(one) == (own.basis, own.period)]
    england = _newest("England", same or _for_context(theirs, own.basis), measure)
    return SenGap(
        measure,
        own,
        england,
        context=not same or not _comparable(measure, same[-1]),
        published=not sent,
        invented=any(one.invented for one in sent),
    )


def _for_context(theirs: Sequence[Shown], basis: str) -> Sequence[Shown]:
    """The newest period that has pupils with no SEN to be set beside: of the same basis if
    there is one."""
    whole = [one for one in theirs if _is_base(one)]
    alike = [one for one in whole if one.observation.basis == basis]
    if not whole:
        return theirs
    last = (alike or whole)[-1]
    return [one for one in theirs if _kind(one) == _kind(last)]


def _is_base(one: Shown) -> bool:
    return one.observation.category == GROUPS[-1] and one.observation.value is not None


def _is_sent_by_sen(one: Shown) -> bool:
    o = one.observation
    return not one.file_kind and o.breakdown == BY and o.basis in TERM_BASES and is_term(one)


def _newest(area: str, shown: Sequence[Shown], measure: Measure) -> BySen | None:
    """The figures of the newest period; `shown` is in time order."""
    if not shown:
        return None
    last = shown[-1]
    here = {
        one.observation.category: point_of(one)
        for one in shown
        if _kind(one) == _kind(last) and one.observation.category in GROUPS
    }
    note, _ = benchmark_note(measure, last)
    return BySen(area, *_kind(last), here, note)


def _kind(one: Shown) -> tuple[str, str]:
    return one.observation.basis, one.observation.period


def _comparable(measure: Measure, one: Shown) -> bool:
    return benchmark_note(measure, one)[1]
