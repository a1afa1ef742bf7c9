"""What was written beside a chart about a figure that was unusual, once that is published."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, or_, select

from dashboard.edition import Edition
from dashboard.queries.shown import visible_versions
from dashboard.view import Point
from dashboard.viewer import Viewer
from schemas.round_tables import explanation
from schemas.tables import release_version


class Beside(NamedTuple):
    """An explanation of the figure of a period, and the role of who wrote it."""

    period: str
    words: str
    written_by_role: str
    written_at: str


def get_beside_chart(
    connection: Connection,
    viewer: Viewer,
    area_code: str,
    measure_id: str,
    points: Sequence[Point],
    edition: Edition | None = None,
) -> list[Beside]:
    """The newest term first. An explanation is shown with the very figure it was written about,
    when that is among the points, and never before the version it was written for is out."""
    visible = visible_versions(viewer, [area_code], edition).subquery()
    query = (
        select(explanation)
        .join(release_version, release_version.c.release_id == explanation.c.release_id)
        .where(
            release_version.c.id.in_(select(visible.c.id)),
            explanation.c.measure_id == measure_id,
            or_(
                release_version.c.published_at.is_(None),
                explanation.c.written_at < release_version.c.published_at,
            ),
        )
        .order_by(explanation.c.id)
    )
    newest = {row.finding: row for row in connection.execute(query)}
    figures = {(point.period, _figure(point)) for point in points}
    shown = [
        Beside(_about(finding)[0], row.words, row.written_by_role, row.written_at)
        for finding, row in newest.items()
        if row.beside_chart and _about(finding) in figures
    ]
    return sorted(shown, key=lambda one: (one.period, one.written_at), reverse=True)


def _about(finding: str) -> tuple[str, str]:
    """The period and the exact figure, as the key of a finding about a measure holds them."""
    parts = finding.split("|")
    return (parts[2], parts[3]) if len(parts) > 3 else ("", "")


def _figure(point: Point) -> str:
    return repr(point.value) if point.value is not None else str(point.symbol)
