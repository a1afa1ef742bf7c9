"""The only SELECTs of the dashboard. Every one says who is looking."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, Select, func, select
from sqlalchemy.sql.expression import ColumnElement

from dashboard.viewer import Viewer
from schemas.observation import Observation
from schemas.tables import extract_file, neighbour, observation, release, release_version, vintage

PUBLISHED = ("published", "corrected")
_FIELDS = [observation.c[name] for name in Observation._fields]


class Shown(NamedTuple):
    """One observation with where it comes from.

    `file_kind` is "" for the area's own figures; `source` is an organisation or publisher;
    `vintage` is the release of a publisher's file, or the term and version of a local one;
    `as_at_on` is an ISO date; `vintage_id` grows with every file loaded (0 for a local one).
    """

    observation: Observation
    file_kind: str
    source: str
    vintage: str
    as_at_on: str
    invented: bool
    vintage_id: int


def get_observations(
    connection: Connection,
    viewer: Viewer,
    measure_id: str,
    own_codes: Sequence[str] | None = None,
    published_codes: Sequence[str] | None = None,
    breakdowns: Sequence[str] | None = None,
) -> list[Shown]:
    """Everything current that this person may see of one measure, in time order.

    The own figures of `own_codes` and the published ones of `published_codes`; without codes or
    breakdowns, of every area and breakdown.
    """
    wanted = [observation.c.measure_id == measure_id]
    if breakdowns is not None:
        wanted.append(observation.c.breakdown.in_(breakdowns))
    own = [*wanted, observation.c.release_version_id.is_not(None), *_among(own_codes)]
    published = [*wanted, *_among(published_codes)]
    return sorted(
        (*_local(connection, viewer, own_codes, own), *_published(connection, published)),
        key=lambda one: (one.observation.period_end, one.observation.period, one.vintage_id),
    )


def _among(codes: Sequence[str] | None) -> list[ColumnElement[bool]]:
    return [] if codes is None else [observation.c.area_code.in_(codes)]


def get_headlines(connection: Connection, viewer: Viewer, area_code: str) -> dict[str, list[Shown]]:
    """The area's own observations of every measure, whole and by each breakdown, by measure."""
    found: dict[str, list[Shown]] = {}
    wanted = [observation.c.area_code == area_code]
    for one in _local(connection, viewer, [area_code], wanted):
        found.setdefault(one.observation.measure_id, []).append(one)
    return found


class AreaShown(NamedTuple):
    """What a person may see of an area: the newest term, and whether any of it is invented."""

    latest_term: str
    invented: bool


def get_areas_shown(
    connection: Connection, viewer: Viewer, area_codes: Sequence[str]
) -> dict[str, AreaShown]:
    """Those of the areas that have figures this person may see, by code."""
    query = (
        select(release.c.area_code, func.max(release.c.term), func.max(release_version.c.invented))
        .join(release_version, release_version.c.release_id == release.c.id)
        .where(release_version.c.id.in_(_visible_versions(viewer, area_codes)))
        .group_by(release.c.area_code)
    )
    rows = connection.execute(query)
    return {code: AreaShown(term, bool(invented)) for code, term, invented in rows}


def get_overview_terms(
    connection: Connection, viewer: Viewer, area_code: str, breakdowns: Collection[str]
) -> list[Shown]:
    """The area's own terms (no months, no sums of terms) of every measure, in time order."""
    wanted = [
        observation.c.area_code == area_code,
        observation.c.breakdown.in_(breakdowns),
        observation.c.basis.in_(("in_term", "snapshot")),
        observation.c.period.like("% %"),  # a term's label has a space, a month's has none
    ]
    shown = _local(connection, viewer, [area_code], wanted)
    return sorted(shown, key=lambda one: one.observation.period)


def get_newest_published(
    connection: Connection, area_codes: Sequence[str], breakdowns: Collection[str]
) -> list[Shown]:
    """For every measure, area, basis and category the newest period with a published number."""
    about = ("measure_id", "area_code", "basis", "breakdown", "category")
    columns = [observation.c[name] for name in about]
    wanted = (
        observation.c.area_code.in_(area_codes),
        observation.c.breakdown.in_(breakdowns),
        observation.c.vintage_id.is_not(None),
        observation.c.value.is_not(None),
    )
    newest = (
        select(*columns, func.max(observation.c.period_end).label("newest_end"))
        .where(*wanted)
        .group_by(*columns)
        .subquery()
    )
    matching = select(newest.c.measure_id).where(
        *(newest.c[name] == observation.c[name] for name in about),
        newest.c.newest_end == observation.c.period_end,
    )
    return _published(connection, [*wanted, matching.exists()])


def get_neighbours(connection: Connection, model: str, area_code: str) -> tuple[str, ...]:
    """The codes of an area's statistical neighbours, nearest first."""
    query = (
        select(neighbour.c.neighbour_code)
        .where(neighbour.c.model == model, neighbour.c.area_code == area_code)
        .order_by(neighbour.c.rank)
    )
    return tuple(connection.scalars(query))


def get_vintages(connection: Connection) -> list[dict[str, object]]:
    """Every published file that was loaded, newest last, with how many observations it gave."""
    counted = (
        select(observation.c.vintage_id, func.count().label("observations"))
        .group_by(observation.c.vintage_id)
        .subquery()
    )
    query = (
        select(vintage, func.coalesce(counted.c.observations, 0).label("observations"))
        .outerjoin(counted, counted.c.vintage_id == vintage.c.id)
        .order_by(vintage.c.id)
    )
    return [dict(row._mapping) for row in connection.execute(query)]


def _local(
    connection: Connection,
    viewer: Viewer,
    area_codes: Sequence[str] | None,
    wanted: list[ColumnElement[bool]],
) -> list[Shown]:
    query = (
        select(
            *_FIELDS,
            extract_file.c.organisation,
            release.c.term,
            release_version.c.number,
            release_version.c.state,
            extract_file.c.as_at_on,
            release_version.c.invented,
        )
        .join(release_version, release_version.c.id == observation.c.release_version_id)
        .join(release, release.c.id == release_version.c.release_id)
        .join(extract_file, extract_file.c.id == observation.c.extract_file_id)
        .where(*wanted, observation.c.superseded_by_id.is_(None))
        .where(release_version.c.id.in_(_visible_versions(viewer, area_codes)))
    )
    size = len(_FIELDS)
    shown = []
    for row in connection.execute(query):
        organisation, term, number, state, as_at_on, invented = row[size:]
        version = f"{term} v{number}" + ("" if state in PUBLISHED else f" ({state})")
        one = Observation(*row[:size])
        shown.append(Shown(one, "", organisation, version, as_at_on, bool(invented), 0))
    return shown


def _visible_versions(viewer: Viewer, area_codes: Sequence[str] | None) -> Select[tuple[int]]:
    """The newest version of each release of these areas that this person may see."""
    newest = select(
        func.max(release_version.c.number).label("number"), release_version.c.release_id
    )
    if area_codes is not None:  # so that the areas of others cost nothing
        newest = newest.join(release, release.c.id == release_version.c.release_id)
        newest = newest.where(release.c.area_code.in_(area_codes))
    if viewer is Viewer.partner:
        newest = newest.where(release_version.c.state.in_(PUBLISHED))
    found = newest.group_by(release_version.c.release_id).subquery()
    return select(release_version.c.id).join(
        found,
        (release_version.c.release_id == found.c.release_id)
        & (release_version.c.number == found.c.number),
    )


def _published(connection: Connection, wanted: list[ColumnElement[bool]]) -> list[Shown]:
    query = (
        select(
            *_FIELDS,
            vintage.c.file_kind,
            vintage.c.publisher,
            vintage.c.publication,
            vintage.c.release,
            vintage.c.as_at_on,
            vintage.c.id,
        )
        .join(vintage, vintage.c.id == observation.c.vintage_id)
        .where(*wanted, observation.c.vintage_id.is_not(None))
    )
    size = len(_FIELDS)
    shown = []
    for row in connection.execute(query):
        kind, publisher, publication, name, as_at_on, vintage_id = row[size:]
        source = f"{publisher}, {publication}"
        one = Observation(*row[:size])
        shown.append(Shown(one, kind, source, name, as_at_on, False, vintage_id))
    return shown
