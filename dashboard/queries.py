"""The only SELECTs of the dashboard. Every one says who is looking."""

from collections.abc import Sequence
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
    area_codes: Sequence[str] | None = None,
    breakdowns: Sequence[str] | None = None,
) -> list[Shown]:
    """Everything current that this person may see of one measure, in time order.

    Without area codes or breakdowns, of every area and breakdown.
    """
    wanted = [observation.c.measure_id == measure_id]
    if area_codes is not None:
        wanted.append(observation.c.area_code.in_(area_codes))
    if breakdowns is not None:
        wanted.append(observation.c.breakdown.in_(breakdowns))
    return sorted(
        (*_local(connection, viewer, wanted), *_published(connection, wanted)),
        key=lambda one: (one.observation.period_end, one.observation.period, one.vintage_id),
    )


def get_headlines(connection: Connection, viewer: Viewer, area_code: str) -> dict[str, list[Shown]]:
    """The area's own observations of every measure, whole and by each breakdown, by measure."""
    found: dict[str, list[Shown]] = {}
    for one in _local(connection, viewer, [observation.c.area_code == area_code]):
        found.setdefault(one.observation.measure_id, []).append(one)
    return found


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
    connection: Connection, viewer: Viewer, wanted: list[ColumnElement[bool]]
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
        .where(release_version.c.id.in_(_visible_versions(viewer)))
    )
    size = len(_FIELDS)
    shown = []
    for row in connection.execute(query):
        organisation, term, number, state, as_at_on, invented = row[size:]
        version = f"{term} v{number}" + ("" if state in PUBLISHED else f" ({state})")
        one = Observation(*row[:size])
        shown.append(Shown(one, "", organisation, version, as_at_on, bool(invented), 0))
    return shown


def _visible_versions(viewer: Viewer) -> Select[tuple[int]]:
    """The newest version of each release that this person may see."""
    newest = select(
        func.max(release_version.c.number).label("number"), release_version.c.release_id
    )
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
        .where(*wanted)
    )
    size = len(_FIELDS)
    shown = []
    for row in connection.execute(query):
        kind, publisher, publication, name, as_at_on, vintage_id = row[size:]
        source = f"{publisher}, {publication}"
        one = Observation(*row[:size])
        shown.append(Shown(one, kind, source, name, as_at_on, False, vintage_id))
    return shown
