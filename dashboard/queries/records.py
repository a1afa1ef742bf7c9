"""Smaller records: neighbours, publishers' files, what owners said."""

from collections.abc import Sequence

from sqlalchemy import Connection, RowMapping, func, or_, select

from dashboard.edition import Edition
from dashboard.queries.shown import visible_versions
from dashboard.viewer import Viewer
from schemas.tables import (
    commentary,
    neighbour,
    observation,
    release,
    release_version,
    vintage,
)


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


def get_commentary(
    connection: Connection,
    viewer: Viewer,
    area_code: str,
    measure_id: str = "",
    edition: Edition | None = None,
) -> Sequence[RowMapping]:
    """What owners say of one measure, or of all, the newest term first; what was replaced (by the
    time of an edition) is left out, and what is said of a term this person may not see yet."""
    replaced_by = commentary.c.replaced_by_id
    terms = (
        select(release.c.term)
        .join(release_version, release_version.c.release_id == release.c.id)
        .where(release_version.c.id.in_(visible_versions(viewer, [area_code], edition)))
    )
    wanted = [commentary.c.area_code == area_code, commentary.c.term.in_(terms)]
    if edition:
        then = edition.name.commentary_id
        wanted += [commentary.c.id <= then, or_(replaced_by.is_(None), replaced_by > then)]
    else:
        wanted.append(replaced_by.is_(None))
    if measure_id:
        wanted.append(commentary.c.measure_id == measure_id)
    query = select(commentary).where(*wanted).order_by(commentary.c.term.desc(), commentary.c.id)
    return connection.execute(query).mappings().all()
