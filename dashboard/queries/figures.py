"""The figures a page is made of: of one measure, of an overview, of every area at once."""

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, and_, or_
from sqlalchemy.sql.expression import ColumnElement

from dashboard.edition import Edition
from dashboard.queries.shown import Shown, own_rows, published_rows
from dashboard.viewer import Viewer
from schemas.measure import Measure
from schemas.observation import JOIN
from schemas.tables import observation

TERM_BASES = ("in_term", "snapshot")
_IS_TERM = observation.c.period.like("% %")  # a term's label has a space, a month's has none


def get_observations(
    connection: Connection,
    viewer: Viewer,
    measure_id: str,
    area_codes: Sequence[str] | None = None,
    breakdowns: Sequence[str] | None = None,
) -> list[Shown]:
    """Everything current that this person may see of one measure, in time order; without codes or
    breakdowns, of every area and breakdown."""
    wanted = [observation.c.measure_id == measure_id]
    if breakdowns is not None:
        wanted.append(observation.c.breakdown.in_(breakdowns))
    if area_codes is not None:
        wanted.append(observation.c.area_code.in_(area_codes))
    own = [*wanted, observation.c.release_version_id.is_not(None)]
    return _in_time_order(
        [*own_rows(connection, viewer, area_codes, own), *published_rows(connection, wanted)]
    )


def get_measure_figures(
    connection: Connection,
    viewer: Viewer,
    measure: Measure,
    area_code: str,
    published_codes: Sequence[str],
    edition: Edition | None = None,
) -> list[Shown]:
    """What one measure's page shows: of the area the headline on every basis and the terms by one
    filter at a time, and the publishers' figures like the headline or by its filter."""
    about = observation.c.measure_id == measure.id
    single = and_(
        observation.c.breakdown.not_like(f"%{JOIN}%"),
        observation.c.basis.in_(TERM_BASES),
        _IS_TERM,
    )
    own = [about, observation.c.area_code == area_code, or_(_like_headline(measure), single)]
    beside = [about, observation.c.area_code.in_(published_codes), _like_headline(measure)]
    return _in_time_order(
        [
            *own_rows(connection, viewer, [area_code], own, edition),
            *published_rows(connection, beside, edition),
        ]
    )


def get_published(
    connection: Connection,
    measure: Measure,
    area_codes: Sequence[str],
    edition: Edition | None = None,
    breakdown: str | None = None,
) -> list[Shown]:
    """Publishers' figures of one measure for many areas: like its headline, or every category of
    a breakdown."""
    kind = observation.c.breakdown == breakdown if breakdown else _like_headline(measure)
    wanted = [observation.c.measure_id == measure.id, kind]
    return _in_time_order(
        published_rows(connection, [*wanted, observation.c.area_code.in_(area_codes)], edition)
    )


def get_headlines(connection: Connection, viewer: Viewer, area_code: str) -> dict[str, list[Shown]]:
    """The area's own observations of every measure, whole and by each breakdown, by measure."""
    found: dict[str, list[Shown]] = {}
    wanted = [observation.c.area_code == area_code]
    for one in own_rows(connection, viewer, [area_code], wanted):
        found.setdefault(one.observation.measure_id, []).append(one)
    return found


def get_overview_figures(
    connection: Connection,
    viewer: Viewer,
    area_code: str,
    measures: Collection[Measure],
    edition: Edition | None = None,
) -> list[Shown]:
    """The area's own figures like each measure's headline, on every basis, in time order."""
    wanted = [observation.c.area_code == area_code, _like_headlines(measures)]
    return _in_time_order(own_rows(connection, viewer, [area_code], wanted, edition))


def get_overview_published(
    connection: Connection,
    area_codes: Sequence[str],
    measures: Collection[Measure],
    edition: Edition | None = None,
) -> list[Shown]:
    """Publishers' figures like each measure's headline, for the areas an overview is set beside."""
    wanted = [observation.c.area_code.in_(area_codes), _like_headlines(measures)]
    wanted.append(observation.c.measure_id.in_([measure.id for measure in measures]))
    return _in_time_order(published_rows(connection, wanted, edition))


def _like_headline(measure: Measure) -> ColumnElement[bool]:
    headline = measure.headline
    return and_(
        observation.c.breakdown == headline.breakdown, observation.c.category == headline.category
    )


def _like_headlines(measures: Collection[Measure]) -> ColumnElement[bool]:
    kinds = {(one.headline.breakdown, one.headline.category) for one in measures}
    return or_(
        *(
            and_(observation.c.breakdown == breakdown, observation.c.category == category)
            for breakdown, category in sorted(kinds)
        )
    )


def _in_time_order(shown: list[Shown]) -> list[Shown]:
    return sorted(
        shown,
        key=lambda one: (one.observation.period_end, one.observation.period, one.vintage_id),
    )
