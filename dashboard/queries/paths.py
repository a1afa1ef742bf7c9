"""The agreed paths to targets of an area, as they held when an edition was shown."""

from collections.abc import Mapping

from sqlalchemy import Connection, or_, select

from dashboard.edition import Edition
from dashboard.view import PathPoint
from schemas.plan_tables import plan_path


def get_paths(
    connection: Connection, area_code: str, edition: Edition | None = None
) -> Mapping[str, tuple[PathPoint, ...]]:
    """Each measure's path in time order; with an edition, what held then, else what holds now."""
    ended = plan_path.c.ended_at
    wanted = [plan_path.c.area_code == area_code]
    if edition:
        wanted += [
            plan_path.c.written_at <= edition.notes_at,
            or_(ended.is_(None), ended > edition.notes_at),
        ]
    else:
        wanted.append(ended.is_(None))
    query = select(
        plan_path.c.measure_id,
        plan_path.c.term,
        plan_path.c.value,
        plan_path.c.agreed,
        plan_path.c.invented,
    ).where(*wanted)
    found: dict[str, list[PathPoint]] = {}
    for measure_id, term, value, agreed, invented in connection.execute(query):
        point = PathPoint(term, float(value), agreed, bool(invented))
        found.setdefault(measure_id, []).append(point)
    return {
        measure_id: tuple(sorted(points, key=lambda point: point.term))
        for measure_id, points in found.items()
    }
